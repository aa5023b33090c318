// Asking for a new session until there is one. The states say the same as a stream's:
//
//   connecting  the request is on its way
//   waiting     it failed in a way that passes; the next try has a time
//   refused     it will not pass by itself: the reader may ask again
//
// One `clientId` for all tries, so that a lost answer does not leave a second session behind.

import * as api from "./api.js";
import { waitMs } from "./backoff.js";

export class Opening {
  #onState;
  #onOpened;
  #bot;
  #clientId = crypto.randomUUID();
  #failures = 0;
  #timer = null;
  #stopped = false;

  /** `bot` is a name, or null for the server's first. */
  constructor({ bot, onState, onOpened }) {
    this.#bot = bot;
    this.#onState = onState;
    this.#onOpened = onOpened;
    this.state = { name: "connecting", again: false };
  }

  async ask() {
    clearTimeout(this.#timer);
    this.#become({ name: "connecting", again: this.#failures > 0 });
    try {
      this.#bot ??= (await api.bots())[0]?.name ?? null;
      const opened = await api.createSession(this.#bot, this.#clientId);
      if (!this.#stopped) this.#onOpened(opened);
    } catch (error) {
      if (!this.#stopped) this.#failed(error);
    }
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #failed(error) {
    if (!error.passing) {
      this.#become({ name: "refused", error });
      return;
    }
    const ms = error.retryAfterMs ?? waitMs(this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.ask(), ms);
    const why = error.status === 429 ? "overloaded" : "unreachable";
    this.#become({ name: "waiting", why, until: Date.now() + ms });
  }

  #become(state) {
    this.state = state;
    this.#onState();
  }
}
