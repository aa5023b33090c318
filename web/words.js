// What the page says, where it depends on something: names, times, and what went wrong.

/** `ChooseExchange` → `Choose exchange`; an acronym keeps its capitals. */
export function spaced(identifier) {
  const words = String(identifier)
    .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/gu, "$1 $2")
    .replace(/[_\s]+/gu, " ")
    .trim()
    .split(" ");
  return words.map((word, at) => (at > 0 && !/^[A-Z\d]{2,}$/u.test(word) ? word.toLowerCase() : word))
    .join(" ");
}

/** Control characters as replacement characters, so that they are seen and do nothing. */
export const visible = (text) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu, "\ufffd");

export const paragraphs = (text) =>
  visible(text).split(/(?:\r?\n){2,}/u).filter((paragraph) => paragraph.trim() !== "");

/** A person as the others know them. A guest's id is a long random one: its end tells guests apart. */
export const person = (id) =>
  id.startsWith("guest-") ? `Guest ${visible(id.slice(-4))}` : visible(id);

/** More of a name would drown the sentence that it stands in. */
const NAME_CHARS_MAX = 32;

/** A name within a sentence: its beginning, where it is a long one. */
export function short(name) {
  const chars = [...name];
  return chars.length > NAME_CHARS_MAX ? `${chars.slice(0, NAME_CHARS_MAX - 1).join("")}…` : name;
}

/** What is known of somebody's presence, in words; null while nothing is. */
export function presence({ state, lastSeen }, now) {
  switch (state) {
    case "online":
    case "away":
      return state;
    case "reconnecting":
      return "reconnecting…";
    case "offline":
      return lastSeen > 0 ? `last seen ${lastSeenAt(lastSeen, now)}` : "offline";
    default:
      return null;
  }
}

function lastSeenAt(at, now) {
  if (longDate(at) === longDate(now)) return timeOfDay(at);
  if (longDate(at) === longDate(now - DAY_MS)) return `yesterday ${timeOfDay(at)}`;
  return new Date(at).toLocaleDateString([], { dateStyle: "medium" });
}

/** The time, and the day with it where it is not today's. */
export const moment = (at, now) =>
  longDate(at) === longDate(now) ? timeOfDay(at) : new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

const NAMED_MAX = 2;

/** “Alice is typing…”, of the names of who types; empty for nobody. */
export function typing(names) {
  if (names.length === 0) return "";
  if (names.length > NAMED_MAX) return "Several people are typing…";
  return `${names.map(short).join(" and ")} ${names.length === 1 ? "is" : "are"} typing…`;
}

export const line = ({ place, waiting }) =>
  place === 1 ? `You’re first in the line${waiting > 1 ? ` of ${waiting}` : ""}.` : `You’re number ${place} in the line.`;

/** The end of a machine's path for a reader, where its outer levels would say the same of every conversation. */
export const path = (names) => names.slice(-2).map(spaced).join(" › ");

/** Why a conversation could not be taken or given back; `other` is the name of who else is there, if known. */
export function handoffRefusal({ status, code, detail }, other) {
  if (code === "taken") return `${other === null ? "Another agent" : short(other)} has taken it already.`;
  if (code === "not_waiting" || status === 404) return "It does not wait for a person any more.";
  if (status === 0) return "The server cannot be reached. Please try again.";
  if (status === 401 || status === 403) return "You may not do this any more. Please sign in again.";
  if (status === 429 || status >= 500) return "The server had a problem. Please try again.";
  return detail || "The server did not do it.";
}

export const MARKS = { sent: "Sent", delivered: "Delivered", read: "Read" };

export const timeOfDay = (at) =>
  new Date(at).toLocaleTimeString([], { timeStyle: "short" });

export function day(at, now) {
  const date = longDate(at);
  if (date === longDate(now)) return "Today";
  return date === longDate(now - DAY_MS) ? "Yesterday" : date;
}

const DAY_MS = 86_400_000;
const longDate = (at) =>
  new Date(at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const dateAndTime = (at) =>
  new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });

const AGES = [[DAY_MS, "day"], [3_600_000, "hour"], [60_000, "minute"]];

export function age(at, now) {
  for (const [ms, unit] of AGES) {
    const count = Math.floor((now - at) / ms);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}

/** How long somebody has waited. */
export function waited(at, now) {
  for (const [ms, unit] of [[3_600_000, "h"], [60_000, "min"]]) {
    const count = Math.floor((now - at) / ms);
    if (count >= 1) return `${count} ${unit}`;
  }
  return "just now";
}

export function connection(state, now) {
  switch (state.name) {
    case "open":
      return "Connected";
    case "waiting":
      return `Reconnecting in ${Math.max(1, Math.ceil((state.until - now) / 1_000))} s`;
    case "offline":
      return "Offline";
    case "gone":
      return "Not connected";
    default:
      return state.again ? "Reconnecting" : "Connecting";
  }
}

const WAITING = {
  overloaded: "The server is busy right now.",
  restarting: "The server is restarting.",
  expired: "Your sign-in is being renewed.",
  interrupted: "The connection was interrupted.",
  unreachable: "The server cannot be reached.",
};

/** Why there is no connection, in a sentence; null while there is one. */
export function trouble(state) {
  if (state.name === "offline") return "You are offline. What you write is sent once you are back.";
  return state.name === "waiting" ? WAITING[state.why] ?? WAITING.interrupted : null;
}

/** Why a session cannot be gone on with; a browser that has just shown it is no stranger to it. */
export function gone({ status, why }, wasShown) {
  if (why === "expired") return "Your sign-in has ended.";
  if (why === "damaged") return "The rest of this conversation cannot be read.";
  if (status === 404 || status === 410) return "The server no longer has this conversation.";
  return wasShown ? "The server no longer knows this conversation." : "This conversation cannot be opened from this browser.";
}

const ROLES = { admin: "administrator", agent: "agent" };

/** Who the reader is from now on, and until when. */
export function signedIn({ name, user, role, expires }, now) {
  const until = Date.parse(expires);
  const who = name || ROLES[role] || user;
  return `You\u2019re signed in as ${short(visible(String(who)))} until ${moment(until, now)}.`;
}

/** Why an address that was to sign the reader in did not. */
export function notSignedIn({ name, error }) {
  if (error.passing) return "The server cannot be reached, so you are not signed in. Open the link once more.";
  return name === "code" ? "You are not signed in: the link was used before, or is too old."
    : "You are not signed in: the token in the link is not valid, or has expired.";
}

/** Why a new conversation could not be started: `[what, more]`. */
export function unopened({ status, detail }) {
  return status === 401
    ? ["You need to be signed in to talk here.", "Come back by the link of the site or the person that sent you here."]
    : ["A new conversation could not be started.", detail];
}

const REFUSALS = {
  not_offered: "that is not on offer any more",
  read_only: "the bot has changed since, and this conversation can only be read; please start a new one",
  session_full: "this conversation is full, please start a new one",
};

/** Why a message was not sent, as the end of “Not sent: …”. */
export function refusal({ status, code, detail }) {
  if (REFUSALS[code]) return REFUSALS[code];
  if (status === 0) return "the server cannot be reached";
  if (status === 404 || status === 401 || status === 403) return "the server no longer has this conversation";
  if (status === 413) return "the message is too long";
  if (status === 429) return "too many messages at once";
  if (status >= 500) return "the server had a problem";
  return sentenceEnd(detail) || "the server did not take it";
}

const sentenceEnd = (detail) =>
  detail.trim().replace(/\.$/u, "").replace(/^\p{Lu}(?=\p{Ll}|\s)/u, (first) => first.toLowerCase());
