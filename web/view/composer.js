// Where the reader writes. Enter sends, Shift+Enter starts a line, Escape clears, the arrow keys
// walk the options that fit what has been typed so far. Keys belong to an input method while it composes.
//
// The box stays a plain textbox, which grows, with a list it controls: `combobox` is not a role
// that a textarea may take.

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { complete } from "../completions.js";
import { visible } from "../words.js";
import * as icons from "./icons.js";

export const TEXT_CHARS_MAX = 2_000;
const COUNT_FROM = 1_800;
const ROWS_MAX = 6;

export class Composer {
  #root;
  #onChoose;
  #onSay;
  #onType;
  #draft = "";
  #listed = [];
  #active = -1;
  #offered = [];
  #enabled = false;
  #placeholder = "";

  /** `onType(text)` hears of every change that the reader makes to what is being written. */
  constructor(root, { onChoose, onSay, onType = () => {} }) {
    this.#root = root;
    this.#onChoose = onChoose;
    this.#onSay = onSay;
    this.#onType = onType;
  }

  draw({ offered, enabled, placeholder }) {
    this.#offered = offered;
    this.#enabled = enabled;
    this.#placeholder = placeholder;
    if (this.#listed.length > 0) this.#list(complete(this.#draft, offered));
    this.#render();
  }

  focus() {
    this.#root.querySelector("textarea").focus({ preventScroll: true });
  }

  /** Puts a text back to be changed; what was being written is not lost for it. */
  edit(text) {
    this.#draft = this.#draft ? `${text}\n${this.#draft}` : text;
    this.#render();
    this.focus();
  }

  /** Puts another text in the place of what is being written, and answers that. */
  exchange(text) {
    const before = this.#draft;
    this.#draft = text;
    this.#close();
    this.#render();
    return before;
  }

  #list(options) {
    this.#listed = options;
    this.#active = Math.min(this.#active, options.length - 1);
  }

  #close() {
    this.#listed = [];
    this.#active = -1;
  }

  #typed(event) {
    this.#draft = event.target.value;
    this.#active = -1;
    this.#list(this.#draft.trim() === "" ? [] : complete(this.#draft, this.#offered));
    this.#render();
    this.#onType(this.#draft);
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const done = this.#act(event);
    if (!done) return;
    event.preventDefault();
    this.#render();
  }

  /** Whether the key meant something here. */
  #act({ key, shiftKey, altKey, ctrlKey, metaKey }) {
    if (altKey || ctrlKey || metaKey) return false;
    if (key === "Enter" && !shiftKey) return this.#send();
    if (key === "Escape") {
      this.#draft = "";
      this.#close();
      this.#onType("");
      return true;
    }
    if (key === "ArrowDown") return this.#walk(1);
    if (key === "ArrowUp") return this.#walk(-1);
    return false;
  }

  #walk(by) {
    if (this.#listed.length === 0) this.#list(complete(this.#draft, this.#offered));
    const count = this.#listed.length;
    if (count === 0) return false;
    // One place more than there are options: in between, nothing is chosen and the text stands.
    this.#active = (this.#active + 1 + by + count + 1) % (count + 1) - 1;
    return true;
  }

  #send() {
    const option = this.#listed[this.#active];
    if (option) this.#choose(option);
    else if (this.#enabled && this.#draft.trim() !== "") {
      const text = this.#draft;
      this.#draft = "";
      this.#close();
      this.#onSay(text);
    }
    return true;
  }

  #choose(option) {
    if (!this.#enabled) return;
    this.#draft = "";
    this.#close();
    this.#onChoose(option);
    this.#render();
  }

  #render() {
    const left = TEXT_CHARS_MAX - this.#draft.length;
    const counting = this.#draft.length >= COUNT_FROM;
    render(html`
      <form class="composer" novalidate @submit=${(event) => { event.preventDefault(); this.#send(); this.#render(); }}>
        ${this.#suggestions()}
        <div class="field">
          <textarea id="message" class="field-text" aria-label="Message" rows=${rows(this.#draft)}
            maxlength=${TEXT_CHARS_MAX} placeholder=${this.#placeholder}
            ?disabled=${!this.#enabled} dir="auto" autocomplete="off" enterkeyhint="send" spellcheck="true"
            aria-autocomplete="list" aria-controls="suggestions"
            aria-activedescendant=${this.#active >= 0 ? `suggestion-${this.#active}` : nothing}
            aria-describedby=${counting ? "characters-left" : nothing}
            .value=${live(this.#draft)} @input=${(event) => this.#typed(event)}
            @keydown=${(event) => this.#key(event)} @blur=${() => { this.#close(); this.#render(); }}></textarea>
          <button type="submit" class="send" aria-label="Send"
            ?disabled=${!this.#enabled || this.#draft.trim() === ""}>${icons.send}</button>
        </div>
        ${counting ? html`<p id="characters-left" class=${left < 50 ? "count is-short" : "count"}>${left} characters left</p>` : nothing}
      </form>`, this.#root);
    this.#root.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #suggestions() {
    return html`
      <ul id="suggestions" class="suggestions" role="listbox" aria-label="Options" ?hidden=${this.#listed.length === 0}>
        ${repeat(this.#listed, ({ id }) => id, (option, at) => html`
          <li id="suggestion-${at}" class="suggestion" role="option" aria-selected=${at === this.#active}
            @mousedown=${(event) => event.preventDefault()} @click=${() => this.#choose(option)}>
            <span dir="auto">${visible(option.label)}</span><code>${visible(option.id)}</code>
          </li>`)}
      </ul>`;
  }
}

/** For browsers that cannot size a field by its content. */
const rows = (text) => Math.min(ROWS_MAX, text.split("\n").length);
