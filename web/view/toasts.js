// What was notified, as quiet cards over the conversation.

import { html } from "../vendor/lit-html/lit-html.js";
import { timeOfDay } from "../words.js";
import * as icons from "./icons.js";

export function toasts(shown, onDismiss) {
  return shown.map(({ id, at, name, texts }) => html`
    <div class="toast" data-testid="toast">
      <div class="toast-words">
        <p class="toast-name" dir="auto">${name} <time class="toast-time">${timeOfDay(at)}</time></p>
        ${texts.map((text) => html`<p dir="auto">${text}</p>`)}
      </div>
      <button type="button" class="action action-icon" aria-label="Dismiss: ${name}" title="Dismiss"
        @click=${() => onDismiss(id)}>${icons.close}</button>
    </div>`);
}
