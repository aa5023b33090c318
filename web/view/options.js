// What the reader may choose now, as buttons under the bot's last message.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { visible } from "../words.js";

// Ways around a conversation rather than answers to its question; any bot may offer them.
const WAYS = new Set(["go-back", "main-menu", "help", "goodbye"]);

export function options(offered, onChoose) {
  if (offered.length === 0) return nothing;
  return html`
    <div class="options" role="group" aria-label="Choose an option">
      ${repeat(offered, ({ id }) => id, (option) => html`
        <button type="button" class=${WAYS.has(option.id) ? "option is-way" : "option"} dir="auto"
          @click=${() => onChoose(option)}>${visible(option.label)}</button>`)}
    </div>`;
}
