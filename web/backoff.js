// How long to wait before trying again. One law for streams, sends and new sessions.
// Always at least half of the step, so that a crowd neither returns at once nor all together.

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Milliseconds before the next try, after `failures` failed ones (0 is the first wait). */
export function waitMs(failures, random = Math.random) {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(step * (0.5 + random() / 2));
}
