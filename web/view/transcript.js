// The conversation as it is read: days, groups of bubbles, what is on its way, and at the end
// whatever has to be said about the conversation itself.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { keyed } from "../vendor/lit-html/directives/keyed.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { groups, isBusy, isMine } from "../conversation.js";
import * as say from "../words.js";
import { dateAndTime, day, gone, person, timeOfDay, trouble, unopened } from "../words.js";
import { message, unsentMessage } from "./message.js";

/**
 * `me` is the reader's id, null while it is not known; `marks` are those of the reader's own messages by seq; `typists`
 * are those who type, as `{kind, id}`; `line` is the reader's place in the line for a person, or null; `isHeard` says
 * whether the page follows the conversation.
 */
export function transcript(view) {
  const { conversation, messages, shown, botTitle } = view;
  const entries = conversation.entries.slice(-shown);
  const hidden = conversation.entries.length - entries.length;
  const answers = answered(entries);
  let today = "";
  let minute = "";
  return keyed(view.sessionId, html`
    ${hidden > 0 ? html`<button type="button" class="earlier" @click=${view.onEarlier}>Show earlier messages</button>` : nothing}
    ${repeat(groups(entries), (group) => group.entries[0].seq, (group) => {
      const date = day(group.at, view.now);
      const isNew = date !== today;
      today = date;
      const isSameMinute = !isNew && timeOfDay(group.at) === minute;
      minute = timeOfDay(group.at);
      return html`
        ${isNew ? html`<p class="day">${date}</p>` : nothing}
        ${turn(group, answers, isSameMinute, view)}`;
    })}
    ${repeat(messages, ({ clientId }) => clientId, (unsent) => html`
      <div class="turn is-mine"><div class="said">${unsentMessage(unsent, view)}</div></div>`)}
    ${view.isHeard ? typing(typists(view), isBusy(conversation), botTitle) : nothing}
    ${aside(view)}`);
}

/** For each message: what the reader said to it, and whether its options came again right after. */
function answered(entries) {
  const out = new Map();
  const ids = ({ options }) => options.map(({ id }) => id).join("\n");
  let next = null;
  entries.toReversed().forEach((entry, at) => {
    const answer = entries[entries.length - at]?.text;
    out.set(entry.seq, { answer, isRepeated: next !== null && ids(next) === ids(entry) });
    if (entry.from.kind === "bot") next = entry;
  });
  return out;
}

/** Who and when; the time is not written again while it is the same. */
function turn({ from, at, entries }, answers, isSameMinute, view) {
  const mine = isMine(from, view.me);
  const name = mine ? "You" : from.kind === "bot" ? view.botTitle : person(from.id);
  return html`
    <div class=${mine ? "turn is-mine" : from.kind === "bot" ? "turn" : "turn is-person"} data-from=${from.kind}>
      <p class="by"><span class=${mine ? "visually-hidden" : "by-name"} dir="auto" title=${mine ? nothing : name}>${name}</span>${
        from.kind === "agent" && !mine ? html`<span class="by-role">agent</span>` : nothing}<time
        class=${isSameMinute ? "visually-hidden" : nothing} datetime=${new Date(at).toISOString()} title=${dateAndTime(at)}>${timeOfDay(at)}</time></p>
      ${repeat(entries, ({ seq }) => seq, (entry, place) => html`
        <div class="said">
          ${place > 0 ? html`<span class="visually-hidden">${name}:</span>` : nothing}
          ${message(entry, { isLive: entry.seq === view.liveSeq, ...answers.get(entry.seq),
            mark: view.marks.get(entry.seq), now: view.now })}
        </div>`)}
    </div>`;
}

/** People who type, by name. */
const typists = ({ typists }) => typists.filter(({ kind }) => kind !== "bot").map(({ id }) => person(id));

/** One sign for all who type. Whom one waits for is named; that the bot works, the dots alone say. */
function typing(people, isBusy, botTitle) {
  if (people.length === 0 && !isBusy) return nothing;
  const names = isBusy ? [...people, botTitle] : people;
  return html`
    <div class=${people.length > 0 ? "turn is-person" : "turn"} data-testid="typing">
      <div class="bubble typing">
        <span class="dot" aria-hidden="true"></span><span class="dot" aria-hidden="true"></span><span class="dot" aria-hidden="true"></span>
        <span class=${people.length > 0 ? "typing-words" : "visually-hidden"}>${say.typing(names)}</span>
      </div>
    </div>`;
}

/** About the conversation, in its place: beginning, gone, or refused; and the link's state for those who listen. */
function aside({ state, opening, conversation, line, isGone, onRestart }) {
  if (opening?.name === "refused") {
    return notice(...unopened(opening.error), "Try again", onRestart);
  }
  if (isGone) {
    return notice(gone(state, conversation.entries.length > 0),
      conversation.entries.length > 0 ? "What was said stays readable here, but it cannot go on." : "You can start a new one.",
      "Start a new conversation", onRestart);
  }
  const spoken = trouble(state) ?? "";
  const standing = line ? say.line(line) : "";
  return html`
    ${keyed(standing, standing ? html`<p class="line" data-testid="line">${standing}</p>` : nothing)}
    ${conversation.entries.length === 0 && !spoken ? html`<p class="beginning">${state.name === "open" ? "" : "Starting the conversation"}</p>` : nothing}
    ${keyed(spoken, spoken ? html`<p class="visually-hidden">${spoken}</p>` : nothing)}`;
}

const notice = (what, more, action, onAction) => html`
  <div class="notice" data-testid="notice">
    <p class="notice-what">${what}</p>
    ${more ? html`<p>${more}</p>` : nothing}
    <button type="button" class="primary" @click=${onAction}>${action}</button>
  </div>`;
