// What was notified: its words, as text and never as markup, and how long each card is shown.

import { spaced, visible } from "./words.js";

/** More would cover the conversation; the oldest goes. */
const SHOWN_MAX = 3;
const SHOWN_MS = 12_000;
/** How soon to look again whether a card may go that somebody looks at, or that nobody has seen yet. */
const LOOK_MS = 2_000;
/** The page's share of a text that may be 8 kB. */
const CHARS_MAX = 280;

/** What a notification says, `{name, texts}`: what kind it is, and its text if it has one. */
export function card({ event, data }) {
  const name = spaced(String(event).replace(/-/gu, " "));
  const said = typeof data === "string" ? [data] : [data?.title, data?.text];
  const texts = said.filter((text) => typeof text === "string" && text.trim() !== "");
  return { name: name.charAt(0).toUpperCase() + name.slice(1), texts: texts.map(shortened) };
}

function shortened(text) {
  const chars = [...visible(text)];
  return chars.length > CHARS_MAX ? `${chars.slice(0, CHARS_MAX - 1).join("")}…` : chars.join("");
}

/** The cards that are shown now. `onChange` follows each that comes or goes; none goes while `mayStay()`. */
export class Notices {
  #shown = [];
  #onChange;
  #mayStay;

  constructor({ onChange, mayStay = () => false }) {
    this.#onChange = onChange;
    this.#mayStay = mayStay;
  }

  get shown() {
    return this.#shown;
  }

  show({ id, event, data, at }) {
    if (this.#shown.some((notice) => notice.id === id)) return;
    const notice = { id, at, ...card({ event, data }) };
    this.#shown = [...this.#shown, notice].slice(-SHOWN_MAX);
    this.#dismissLater(id, SHOWN_MS);
    this.#onChange();
  }

  dismiss(id) {
    this.#shown = this.#shown.filter((notice) => notice.id !== id);
    this.#onChange();
  }

  #dismissLater(id, ms) {
    setTimeout(() => (this.#mayStay() ? this.#dismissLater(id, LOOK_MS) : this.dismiss(id)), ms);
  }
}
