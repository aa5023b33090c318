// What the reader may choose now, as buttons under the bot's last message.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { visible } from "../words.js";

// Ways around a conversation rather than answers to its question; any bot may offer them.
const WAYS = new Set(["go-back", "main-menu", "help", "goodbye"]);

/**
 * The second click of a double one was meant for the button that it began on, and by now another may lie there.
 * Fingers tap once, and two quick taps mean two things.
 */
const isFirst = ({ detail, pointerType }) => detail <= 1 || pointerType === "touch";

export function options(offered, onChoose) {
  if (offered.length === 0) return nothing;
  return html`
    <div class="options" role="group" aria-label="Choose an option">
      ${repeat(offered, ({ id }) => id, (option) => html`
        <button type="button" class=${WAYS.has(option.id) ? "option is-way" : "option"} dir="auto"
          @click=${(event) => isFirst(event) && onChoose(option)}>${visible(option.label)}</button>`)}
    </div>`;
}
