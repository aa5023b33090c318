// One message as a bubble: the log's, or one still on its way out.
// Text only ever goes into text nodes; `dir` and isolation keep a foreign direction inside its bubble.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { MARKS, paragraphs, refusal, visible } from "../words.js";
import * as icons from "./icons.js";
import { isPrice, priceCard } from "./price.js";

const words = (text) => paragraphs(text).map((line) => html`<p dir="auto">${line}</p>`);

/**
 * `answer` is what the reader said next, to show which of the options it was. `isRepeated`
 * options are left to the next message: a bot that asks again would fill the page with them.
 * `mark` is how far one's own words have come to others, where that is to be shown.
 */
export function message(entry, { isLive, isRepeated, answer, mark, now }) {
  return html`
    <div class="bubble" data-seq=${entry.seq}>${words(entry.text)}</div>
    ${isPrice(entry.data) ? priceCard(entry.data, now) : nothing}
    ${entry.options.length > 0 && !isRepeated ? pastOptions(entry.options, isLive, answer) : nothing}
    ${mark ? markOf(mark) : nothing}`;
}

const markOf = (mark) => html`
  <p class="mark" data-testid="mark" data-mark=${mark} title=${MARKS[mark]}>${mark === "sent" ? icons.tick : icons.ticks}<span
    class="visually-hidden">${MARKS[mark]}</span></p>`;

// While the options are live they are buttons, below; this list is then for those who listen to
// the log, and stays where it is so that it is not announced again when it becomes visible.
const pastOptions = (options, isLive, answer) => html`
  <ul class=${isLive ? "past-options visually-hidden" : "past-options"} aria-label="Options">
    ${options.map(({ label }) => html`
      <li class=${label === answer ? "past-option is-chosen" : "past-option"} dir="auto">${visible(label)}</li>`)}
  </ul>`;

const PROGRESS = { queued: "Waiting to be sent", sending: "Sending", retrying: "Not sent yet, trying again", accepted: "Sent" };

/** Where the conversation cannot go on (`isGone`), nothing is left but to let the message be. */
export function unsentMessage(message, { isGone, onRetry, onEdit, onDiscard }) {
  const failed = message.status === "failed";
  return html`
    <div class="bubble is-unsent" data-status=${message.status}>${words(message.text)}</div>
    ${failed ? html`
      <div class="refusal">
        <p>Not sent: ${refusal(message.error)}.</p>
        <div class="refusal-actions">
          ${!isGone && canRepeat(message.error) ? html`<button type="button" class="link" @click=${() => onRetry(message)}>Try again</button>` : nothing}
          ${!isGone && message.body.text !== undefined ? html`<button type="button" class="link" @click=${() => onEdit(message)}>Edit</button>` : nothing}
          <button type="button" class="link" @click=${() => onDiscard(message)}>Discard</button>
        </div>
      </div>` : html`<p class="progress">${PROGRESS[message.status]}</p>`}`;
}

/** Some answers will be the same however often one asks. */
const canRepeat = ({ status, code }) =>
  status !== 413 && status !== 422 && code !== "session_full" && code !== "not_offered" && code !== "read_only";
