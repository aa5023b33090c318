// The exports of every bot that there is, as `cargo test` writes them; STATECHAT_EXPORTS names another folder.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const folder = process.env.STATECHAT_EXPORTS ?? fileURLToPath(new URL("../../target/tmp/exports", import.meta.url));

const EXPANDED = ".expanded.json";

/** The names of the bots, by what is in the folder: none of them is named in a test. */
export const bots = readdirSync(folder).filter((name) => name.endsWith(EXPANDED)).map((name) => name.slice(0, -EXPANDED.length)).sort();
if (bots.length === 0) throw new Error(`there are no exports in ${folder}; run: cargo test`);

export const text = (name) => readFileSync(join(folder, name), "utf8");
export const json = (name) => JSON.parse(text(name));
export const expanded = (bot) => json(bot + EXPANDED);

/** Each leaf's id, with the ids of the levels that it is in, itself the last. */
export function leaves(graph) {
  const found = new Map();
  const add = ({ id, states }, above) => {
    const path = [...above, id];
    if (states.length === 0) found.set(id, path);
    for (const part of states) add(part, path);
  };
  for (const root of graph.states) add(root, []);
  return found;
}

/** The transitions that do something, or that some level takes. What nobody takes, no program needs to be told. */
export const taken = ({ transitions }) =>
  transitions.filter(({ handledBy, internal, from, to }) => handledBy !== null || !internal || from !== to);

/**
 * Walks from the start that together take every transition of a graph: each a list of transitions, of which the next
 * begins where the one before ends.
 */
export function walks({ initial, transitions }) {
  const from = groups(transitions, (transition) => transition.from);
  const left = new Set(transitions);
  const untaken = (state) => (from.get(state) ?? []).find((transition) => left.has(transition));
  const found = [];
  while (left.size > 0) {
    const walk = [];
    for (let way = wayTo(initial, from, untaken); way !== null; way = wayTo(walk.at(-1).to, from, untaken)) {
      walk.push(...way);
      for (const transition of way) left.delete(transition);
    }
    if (walk.length === 0) throw new Error(`no way leads from ${initial} to ${[...left][0].from}`);
    found.push(walk);
  }
  return found;
}

/** The items under each key, in their order. */
export function groups(items, keyOf) {
  const found = new Map();
  for (const item of items) {
    const key = keyOf(item);
    found.has(key) ? found.get(key).push(item) : found.set(key, [item]);
  }
  return found;
}

/** A shortest way from a state that ends with a transition not taken yet; null if there is none. */
function wayTo(start, from, untaken) {
  const ways = new Map([[start, []]]);
  for (const [state, way] of ways) {
    const next = untaken(state);
    if (next) return [...way, next];
    for (const transition of from.get(state) ?? []) {
      if (!ways.has(transition.to)) ways.set(transition.to, [...way, transition]);
    }
  }
  return null;
}

/** Says how much of a bot's machine another program walked. */
export function report(t, program, bot, graph, walked) {
  t.diagnostic(`${program}: walked ${new Set(walked).size} of ${graph.transitions.length} transitions of ${bot}`);
}
