// Which options a half-typed text may mean, best first. The server decides what a text means;
// this only saves typing, so it leaves typing errors to it.

/** Every option for an empty text; none once the text has several lines. */
export function complete(text, options) {
  const wanted = text.trim().toLowerCase();
  if (text.includes("\n")) return [];
  if (!wanted) return options;
  return options
    .map((option, at) => ({ option, at, rank: rank(wanted, option) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ option }) => option);
}

const NO_MATCH = 4;

function rank(wanted, { id, label }) {
  const name = label.toLowerCase();
  if (id.toLowerCase().startsWith(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[\s(]+/u).some((word) => word.startsWith(wanted))) return 2;
  return wanted.length > 2 && name.includes(wanted) ? 3 : NO_MATCH;
}
