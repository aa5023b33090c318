// Tells the server how far the reader has come: only upwards, one call at a time, and at most one a second. What
// failed in a way that passes is tried again; a server that refuses is not asked again.

import { waitMs } from "./backoff.js";

export const APART_MS = 1_000;

export class Receipts {
  #put;
  #random;
  #wanted = { delivered: 0, read: 0 };
  #held = { delivered: 0, read: 0 };
  #timer = null;
  #sending = false;
  #failures = 0;
  #earliest = 0;
  #isOver = false;
  #isHeld = false;

  /** `put({delivered, read})` resolves to what holds, or throws an `ApiError`. */
  constructor({ put, random = Math.random }) {
    this.#put = put;
    this.#random = random;
  }

  /** What is read has been delivered. */
  raise({ delivered, read }) {
    const wanted = { read: Math.max(this.#wanted.read, read) };
    wanted.delivered = Math.max(this.#wanted.delivered, delivered, wanted.read);
    this.#wanted = wanted;
    this.#work();
  }

  /** The connection is back: no reason to wait any longer. */
  wentOnline() {
    this.#failures = 0;
    this.#earliest = Math.min(this.#earliest, Date.now() + APART_MS);
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#work();
  }

  /** Keeps what there is to tell for later, or goes on telling it. */
  hold(isHeld) {
    this.#isHeld = isHeld;
    this.#work();
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #isBehind() {
    return this.#wanted.delivered > this.#held.delivered || this.#wanted.read > this.#held.read;
  }

  #work() {
    if (this.#isOver || this.#isHeld || this.#sending || this.#timer !== null || !this.#isBehind()) return;
    const ms = this.#earliest - Date.now();
    if (ms <= 0) {
      this.#send();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#work();
    }, ms);
  }

  async #send() {
    const sent = this.#wanted;
    this.#sending = true;
    this.#earliest = Date.now() + APART_MS;
    try {
      await this.#put(sent);
      // What the server clamped it would clamp again.
      this.#held = sent;
      this.#failures = 0;
    } catch (error) {
      this.#failed(error);
    }
    this.#sending = false;
    this.#work();
  }

  #failed(error) {
    if (!error.passing) {
      this.#isOver = true;
      return;
    }
    const ms = error.retryAfterMs ?? waitMs(this.#failures, this.#random);
    this.#failures += 1;
    this.#earliest = Date.now() + Math.max(ms, APART_MS);
  }
}
