// An agent's work: the conversations that wait and those that are the agent's, fetched anew whenever the stream says
// that something has changed. One fetch at a time; what changes meanwhile is fetched after it.

import * as api from "../api.js";
import { waitMs } from "../backoff.js";
import { Stream } from "../stream.js";

/** Changes that come together are fetched together. */
const SETTLES_MS = 100;

export class Inbox {
  #stream;
  #onChange;
  #timer = null;
  #fetching = false;
  #isStale = false;
  #failures = 0;
  waiting = [];
  mine = [];
  /** Whether the lists have come once. */
  isKnown = false;
  connection = { name: "connecting", again: false };

  /** `onNotified` gets what an administrator sends to the agent. */
  constructor(onChange, onNotified) {
    this.#onChange = onChange;
    this.#stream = new Stream({
      address: () => api.INBOX_ADDRESS,
      ask: () => api.outcome(api.cases("waiting")),
      renew: () => api.outcome(api.renewToken()),
      onEvent: (name, data) => {
        if (name === "notification") onNotified(data);
        if (["connected", "inbox", "skipped"].includes(name)) this.refresh();
      },
      onState: (state) => {
        this.connection = state;
        this.#onChange();
      },
    });
  }

  /** The conversation, if it waits or is the agent's. */
  find(id) {
    const isIt = (one) => one.id === id;
    const mine = this.mine.find(isIt);
    if (mine) return { ...mine, standing: "mine" };
    const waiting = this.waiting.find(isIt);
    return waiting ? { ...waiting, standing: "waiting" } : null;
  }

  start() {
    this.#stream.start();
  }

  stop() {
    this.#stream.stop();
    clearTimeout(this.#timer);
    this.#onChange = () => {};
  }

  /** The page is put away, perhaps to come back. */
  pause() {
    this.#stream.stop();
  }

  get isPaused() {
    return this.connection.name === "closed";
  }

  reconnect() {
    this.#stream.reconnect();
  }

  wentOnline() {
    this.#stream.wentOnline();
  }

  wentOffline() {
    this.#stream.wentOffline();
  }

  refresh() {
    this.#isStale = true;
    this.#fetchIn(SETTLES_MS);
  }

  #fetchIn(ms) {
    if (this.#fetching || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#fetch();
    }, ms);
  }

  async #fetch() {
    this.#fetching = true;
    this.#isStale = false;
    let ms = SETTLES_MS;
    try {
      [this.waiting, this.mine] = await Promise.all([api.cases("waiting"), api.cases("mine")]);
      this.isKnown = true;
      this.#failures = 0;
      this.#onChange();
    } catch (error) {
      // Whoever may not ask any more is told so by the stream.
      this.#isStale = error.passing;
      ms = error.retryAfterMs ?? waitMs(this.#failures);
      this.#failures += 1;
    }
    this.#fetching = false;
    if (this.#isStale) this.#fetchIn(ms);
  }
}
