// What was notified, as quiet cards over the conversation. The focus does not go with a card: it is then on the next
// one, and after the last where it was before.

import { html, render } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { Notices } from "../notices.js";
import { dateAndTime, moment } from "../words.js";
import * as icons from "./icons.js";

export class Toasts {
  #root;
  #notices;
  #before = null;

  /** It draws into `root` when it is told to; `onChange` hears when that is due. */
  constructor(root, onChange) {
    this.#root = root;
    // A focus that is not to be seen is there only because a neighbour was dismissed with a mouse or a finger.
    this.#notices = new Notices({ onChange, mayStay: () => document.hidden || root.matches(":hover, :has(:focus-visible)") });
    root.addEventListener("focusin", ({ relatedTarget }) => {
      if (!root.contains(relatedTarget)) this.#before = relatedTarget;
    });
  }

  show(notification) {
    this.#notices.show(notification);
  }

  draw(now) {
    const place = this.#buttons.indexOf(document.activeElement);
    render(repeat(this.#notices.shown, ({ id }) => id, (notice) => this.#card(notice, now)), this.#root);
    if (place >= 0 && !this.#root.contains(document.activeElement)) this.#focusNear(place);
  }

  get #buttons() {
    return [...this.#root.querySelectorAll("button")];
  }

  #focusNear(place) {
    // The card that had the focus is gone, so to the browser the next one gets it from nowhere.
    const before = this.#before;
    const next = this.#buttons.at(Math.min(place, this.#buttons.length - 1));
    (next ?? before)?.focus({ preventScroll: true });
    this.#before = before;
  }

  #card({ id, at, name, texts }, now) {
    return html`
      <div class="toast" data-testid="toast">
        <div class="toast-words">
          <p class="toast-name" dir="auto">${name} <time class="toast-time" datetime=${at} title=${dateAndTime(at)}>${moment(at, now)}</time></p>
          ${texts.map((text) => html`<p class="toast-text" dir="auto">${text}</p>`)}
        </div>
        <button type="button" class="action action-icon" aria-label="Dismiss: ${name}" title="Dismiss"
          @click=${() => this.#notices.dismiss(id)}>${icons.close}</button>
      </div>`;
  }
}
