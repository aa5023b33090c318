// The machine's JSON read for drawing: which boxes are lit, and its last step in words.
// Pure; `view/machine.js` draws it.

import { spaced } from "./words.js";

/** The machine's states with what each has to do with `step`, nested as they are. */
export function boxes(machine, step) {
  const path = step?.state ?? [];
  const transition = step?.transition ?? null;
  const left = new Set(transition?.exited ?? []);
  const draw = (state, lit) => {
    const isLit = lit && path.includes(state.name);
    return {
      name: state.name,
      label: spaced(state.name),
      kind: state.kind,
      isInitial: state.name === machine.initial,
      isLit,
      isHere: isLit && state.name === path.at(-1),
      wasLeft: !isLit && left.has(state.name),
      states: (state.states ?? []).map((child) => draw(child, isLit)),
    };
  };
  return (machine?.states ?? []).map((state) => draw(state, true));
}

/** What happened last, for a person: `{what, input, handledBy, exact}`; null before the first step. */
export function lastStep(step) {
  const transition = step?.transition;
  if (!transition) return null;
  const { input, from, to, handledBy } = transition;
  return {
    what: movement(transition),
    // A machine starts by itself: nobody's input, and no level that handled it.
    input: input ? spaced(input) : null,
    handledBy: handledBy ? spaced(handledBy) : null,
    exact: input ? `${from ?? "·"} → ${to} on ${input}` : null,
  };
}

function movement({ from, to, exited, entered }) {
  if (from === null || from === undefined) return { from: null, to: spaced(to), stayed: false };
  const stayed = from === to && !exited?.length && !entered?.length;
  return { from: spaced(from), to: spaced(to), stayed };
}
