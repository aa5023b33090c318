// The people of one session: what the stream tells of the others, and what the others are told of the reader.
// With a bot alone nothing is told to anybody.

import * as api from "./api.js";
import { Attention } from "./attention.js";
import { ALONE, lastWord, meet, others } from "./company.js";
import { Composing } from "./composing.js";
import { Receipts } from "./receipts.js";

export class People {
  #receipts;
  #composing;
  #attention;
  company = ALONE;
  /** The reader's id, once it is known. */
  me = null;
  #onlyWatches = false;

  constructor(id) {
    this.#receipts = new Receipts({ put: (receipt) => api.sendReceipt(id, receipt) });
    this.#composing = new Composing({ say: (isTyping) => api.sayTyping(id, isTyping) });
    this.#attention = new Attention({ say: (state, stream) => api.sayAttention(id, state, stream) });
  }

  hear(name, data) {
    this.company = meet(this.company, name, data, Date.now());
    if (name === "connected") this.#receipts.wentOnline();
  }

  /** Whether the reader only watches: then the others are told nothing. */
  watchOnly(onlyWatches) {
    if (onlyWatches && !this.#onlyWatches) this.#composing.ended();
    this.#onlyWatches = onlyWatches;
    this.#receipts.hold(onlyWatches);
  }

  get #speaksToOthers() {
    return !this.#onlyWatches && others(this.company, this.me).length > 0;
  }

  /** How far the reader has come with what was said, and whether the page and its end are to be seen. */
  attend({ entries, isVisible, isAtEnd }) {
    if (!this.#speaksToOthers) return;
    this.#attention.update(this.company.stream, isVisible);
    const seq = lastWord(entries, this.me);
    if (seq > 0) this.#receipts.raise({ delivered: seq, read: isVisible && isAtEnd ? seq : 0 });
  }

  typed(text) {
    if (this.#speaksToOthers) this.#composing.typed(text);
  }

  spoke() {
    this.#composing.ended();
  }

  wentOnline() {
    this.#receipts.wentOnline();
  }

  stop() {
    this.#composing.ended();
    this.#receipts.stop();
  }
}
