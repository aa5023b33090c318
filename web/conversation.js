// What has been said, as a pure fold over the stream's events: (conversation, event) → conversation.
// Nothing here knows the page. Whatever arrives twice counts once, because a seq that is not above
// the last one is passed over; what is only on its way out is `outgoing.js`.

export const NOTHING_SAID = Object.freeze({
  /** The last durable event's seq. */
  seq: 0,
  /** The log's head when the stream connected: below it, this is history and not news. */
  head: 0,
  /** Messages in order. A step that said nothing is not one of them. */
  entries: Object.freeze([]),
  /** The latest step: `{seq, state, pending, options, transition}`. */
  step: null,
  /** Options that the server named when it refused a message, until a newer step. */
  reoffered: null,
});

export function receive(conversation, name, data) {
  switch (name) {
    case "connected":
      return { ...conversation, head: number(data.head) };
    case "reset":
      return { ...NOTHING_SAID, head: conversation.head };
    case "message":
    case "transition":
      return data.seq > conversation.seq ? append(conversation, name, data) : conversation;
    default:
      return conversation;
  }
}

function append(conversation, name, data) {
  const from = speaker(data.from);
  const next = { ...conversation, seq: data.seq, head: Math.max(conversation.head, data.seq) };
  if (from.kind === "bot") next.entries = answered(conversation.entries);
  if (name === "message") next.entries = [...next.entries ?? conversation.entries, entry(data, from)];
  if (from.kind !== "user" && Array.isArray(data.state)) {
    next.step = {
      seq: data.seq,
      state: data.state,
      pending: list(data.pending),
      options: list(data.options),
      transition: data.transition ?? null,
    };
    next.reoffered = null;
  }
  return next;
}

/** What a record of the machine follows was said to the machine, and not to people. */
function answered(entries) {
  const last = entries.at(-1);
  if (!last || last.from.kind === "bot") return entries;
  return entries.with(-1, { ...last, isAnswered: true });
}

function entry(data, from) {
  return {
    seq: data.seq,
    at: Date.parse(data.at) || 0,
    from,
    text: typeof data.text === "string" ? data.text : "",
    options: list(data.options),
    data: data.data ?? null,
    clientId: data.clientId ?? null,
    isAnswered: false,
  };
}

/** A refusal that says what is on offer is newer than the stream. */
export function reoffer(conversation, options) {
  return { ...conversation, reoffered: options };
}

export const offered = (conversation) =>
  conversation.reoffered ?? conversation.step?.options ?? [];

/** Whether the machine waits for an effect, and so will speak without being spoken to. */
export const isBusy = (conversation) => (conversation.step?.pending.length ?? 0) > 0;

export const isCaughtUp = (conversation) => conversation.seq >= conversation.head;

/** The name of the bot, once it has said something. */
export const botName = (conversation) =>
  conversation.entries.find((entry) => entry.from.kind === "bot")?.from.id ?? null;

const MINUTE_MS = 60_000;

/** Entries that follow each other by one speaker in one minute, as `{from, at, entries}`. */
export function groups(entries) {
  const out = [];
  for (const entry of entries) {
    const last = out.at(-1);
    const together = last && last.from.kind === entry.from.kind && last.from.id === entry.from.id
      && Math.floor(last.at / MINUTE_MS) === Math.floor(entry.at / MINUTE_MS);
    if (together) last.entries.push(entry);
    else out.push({ from: entry.from, at: entry.at, entries: [entry] });
  }
  return out;
}

/** Whether the reader said it, `me` being the reader's id; until that is known, a user's words are taken for theirs. */
export const isMine = (from, me) =>
  from.kind !== "bot" && (me === null ? from.kind === "user" : from.id === me);

const speaker = (from) => ({ kind: from?.kind ?? "bot", id: from?.id ?? "" });
const list = (value) => (Array.isArray(value) ? value : []);
const number = (value) => (Number.isFinite(value) ? value : 0);
