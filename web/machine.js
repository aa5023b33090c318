// The machine's JSON, read for the page: where a conversation stands in it, what its last step was,
// what each state takes, and how one gets there. Pure; `view/` draws it.

import { spaced } from "./words.js";

/** `{title, hash, states, ids, transitions}`: states by id, each with the ids `around` it, the nearest first, and its `leaves`; ids by name. */
export function readMachine({ title, hash, states: roots, transitions }) {
  const states = new Map();
  const ids = new Map();
  const add = ({ id, name, kind, path = null, states: parts = [] }, around) => {
    const state = { id, name, kind, path, around, leaves: [] };
    states.set(id, state);
    ids.set(name, id);
    for (const part of parts) add(part, [id, ...around]);
    if (parts.length === 0) for (const over of [id, ...around]) states.get(over).leaves.push(id);
  };
  for (const root of roots) add(root, []);
  return { title, hash, states, ids, transitions };
}

/** The ids of the states that a step ended in, the outermost first; null if one of them is not known here. */
export function placeOf({ ids }, step) {
  const place = (step?.state ?? []).map((name) => ids.get(name));
  return place.includes(undefined) ? null : place;
}

/**
 * The transition of a step as it is drawn: from the level that handled it, `{from, to, stays}` by ids. Null if there
 * is nothing to mark, as at the start; undefined if it is not known here.
 */
export function transitionOf({ ids, transitions }, step) {
  const { from, to, handledBy, input, exited, entered } = step?.transition ?? {};
  if ((from ?? null) === null || (handledBy ?? null) === null) return null;
  const stays = !exited?.length && !entered?.length;
  const drawn = { from: ids.get(handledBy), to: ids.get(stays ? handledBy : to), stays };
  const isKnown = transitions.some((known) => isSame(known, drawn) && known.input === input);
  return isKnown ? drawn : undefined;
}

const isSame = (known, { from, to, stays }) => known.from === from && known.to === to && known.internal === stays;

/** What one arrow or line of text stands for: `[{input, reply}]`. */
export const inputsOf = ({ transitions }, drawn) =>
  transitions.filter((known) => isSame(known, drawn)).map(({ input, reply }) => ({ input, reply: reply ?? null }));

/** What a state takes, by who handles it, itself first, then outwards: `[{handler, ways: [{inputs, to, stays}]}]`. */
export function takes({ states, transitions }, id) {
  const { around, leaves } = states.get(id);
  const isSeen = (transition) => transition.leaves?.some((leaf) => leaves.includes(leaf)) ?? true;
  return [id, ...around].map((handler) => ({
    handler,
    ways: gathered(transitions.filter((transition) => transition.from === handler && isSeen(transition))),
  })).filter(({ ways }) => ways.length > 0);
}

/** Transitions of one level, those with the same end together. */
function gathered(transitions) {
  const ways = [];
  for (const { input, to, internal: stays } of transitions) {
    const way = ways.find((known) => known.to === to && known.stays === stays);
    if (way) way.inputs.push(input);
    else ways.push({ inputs: [input], to, stays });
  }
  return ways;
}

/** The shortest conversation that reaches a state or a part of it; null if none is known. */
export function wayTo({ states }, id) {
  const ways = states.get(id).leaves.map((leaf) => states.get(leaf).path).filter((path) => path !== null);
  return ways.reduce((shortest, path) => (shortest && shortest.length <= path.length ? shortest : path), null);
}

/** A turn of such a conversation: what `you` do, or what else `happens`; and the bot's reply. */
export function turn({ did, reply, cause }) {
  switch (cause?.kind) {
    case "option":
      return { you: cause.listed ? `choose ${cause.id}` : `write “${cause.id}”`, reply };
    case "text":
      return { you: "write something that means nothing here", reply };
    case "idle":
      return { you: "stay silent for long", reply };
    default:
      return { happens: did, reply };
  }
}

/** What happened last, for a person: `{what, input, handledBy}`; null before the first step. */
export function lastStep(step) {
  const transition = step?.transition;
  if (!transition) return null;
  const { input, handledBy } = transition;
  return {
    what: movement(transition),
    // A machine starts by itself: nobody's input, and no level that handled it.
    input: input ? spaced(input) : null,
    handledBy: handledBy ? spaced(handledBy) : null,
  };
}

function movement({ from, to, exited, entered }) {
  if (from === null || from === undefined) return { from: null, to: spaced(to), stayed: false };
  const stayed = from === to && !exited?.length && !entered?.length;
  return { from: spaced(from), to: spaced(to), stayed };
}
