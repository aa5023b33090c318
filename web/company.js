// The people of a conversation beside the reader, as a pure fold over the stream's events: who is here, who types,
// how far each has come, and the reader's place in the line. What is passing holds for one connection: the server
// tells it anew after each `connected`.

import { isMine } from "./conversation.js";

/** The server ends a typing after 5 s; a little later it ends here, should the news have been lost. */
export const TYPING_MS = 7_000;

export const ALONE = Object.freeze({
  /** The stream's own name. */
  stream: null,
  /** Where the machine stands, as one text. */
  place: "",
  /** `{user, state, lastSeen, delivered, read, withIn}`; `withIn` is the place where an agent has last spoken. */
  people: Object.freeze([]),
  /** `{kind, id, until}` */
  typing: Object.freeze([]),
  /** `{place, waiting}` while the conversation waits for an agent. */
  line: null,
});

export function meet(company, name, data, now) {
  switch (name) {
    case "connected":
      return { ...company, stream: data.stream ?? null, typing: [], line: null,
        people: company.people.map((person) => ({ ...person, state: null })) };
    case "presence":
      return known(company, data.user, () => ({ state: data.state, lastSeen: Date.parse(data.lastSeen) || 0 }));
    case "status":
      return known(company, data.user, ({ delivered, read }) =>
        ({ delivered: higher(delivered, data.delivered), read: higher(read, data.read) }));
    case "typing":
      return { ...company, typing: typists(company.typing, data, now) };
    case "line":
      return { ...company, line: data.place > 0 ? { place: data.place, waiting: data.waiting } : null };
    case "message":
    case "transition":
      return spoke(company, data);
    default:
      return company;
  }
}

/** A word ends its speaker's typing, and shows that they are there. */
function spoke(company, { from, state }) {
  const place = Array.isArray(state) ? state.join("/") : company.place;
  const next = { ...company, place };
  // An agent does not go on from one place of the machine to the next.
  if (place !== company.place) next.typing = company.typing.filter(({ kind }) => kind !== "agent");
  if (!from?.id) return next;
  next.typing = next.typing.filter((typist) => typist.id !== from.id || typist.kind !== from.kind);
  if (from.kind === "bot") return next;
  if (from.kind === "agent") next.line = null;
  return known(next, from.id, () => (from.kind === "agent" ? { withIn: next.place } : {}));
}

function known(company, user, change) {
  if (typeof user !== "string") return company;
  const is = (person) => person.user === user;
  const before = company.people.find(is) ?? { user, state: null, lastSeen: 0, delivered: 0, read: 0, withIn: null };
  const after = { ...before, ...change(before) };
  const people = company.people.some(is) ? company.people.map((person) => (is(person) ? after : person)) : [...company.people, after];
  return { ...company, people };
}

function typists(typing, { from, isTyping }, now) {
  if (!from?.id) return typing;
  const others = typing.filter(({ kind, id }) => kind !== from.kind || id !== from.id);
  return isTyping ? [...others, { kind: from.kind, id: from.id, until: now + TYPING_MS }] : others;
}

const higher = (known, told) => Math.max(known, Number.isFinite(told) ? told : 0);

/** Everybody but the reader. Who the reader is must be known: before that, nobody is somebody else. */
export const others = ({ people }, me) =>
  me === null ? [] : people.filter(({ user }) => user !== me);

/** Those of the others whose presence is known, without an agent who has given the conversation back. */
export const present = (company, me) =>
  others(company, me).filter(({ state, withIn }) => state !== null && (withIn === null || withIn === company.place));

/** Who types besides the reader, as `{kind, id}`; the bot among them. */
export const whoTypes = ({ typing }, me, now) =>
  typing.filter((typist) => typist.until > now && !(me !== null && isMine(typist, me)));

/** The seq of the last word of a person other than the reader; 0 for none. */
export function lastWord(entries, me) {
  if (me === null) return 0;
  return entries.findLast(({ from }) => from.kind !== "bot" && !isMine(from, me))?.seq ?? 0;
}

/**
 * Which of the reader's messages carry a mark, and which: `sent`, `delivered` or `read`, by seq. Each mark stands
 * once, under the last message that it holds for; what the bot has answered is in no need of `sent`.
 */
export function marks(entries, company, me) {
  const marked = new Map();
  const people = others(company, me);
  if (people.length === 0) return marked;
  const delivered = Math.max(...people.map((person) => person.delivered));
  const read = Math.max(...people.map((person) => person.read));
  const seen = new Set();
  for (let at = entries.length - 1; at >= 0 && !seen.has("read"); at -= 1) {
    const { seq, from, isAnswered } = entries[at];
    if (!isMine(from, me)) continue;
    const mark = seq <= read ? "read" : seq <= delivered ? "delivered" : isAnswered ? null : "sent";
    if (mark === null || seen.has(mark)) continue;
    seen.add(mark);
    marked.set(seq, mark);
  }
  return marked;
}
