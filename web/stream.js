// One stream's events, a session's or an agent's inbox's, however often the connection breaks. The states, and what
// leaves them:
//
//   connecting  an event → open; silence or an error → waiting, offline or gone
//   open        the first break is left to the browser's own reconnect → connecting; a second,
//               silence, or an event that says goodbye → waiting; the end of the reader's token →
//               connecting with the next one, or gone
//   waiting     its time comes, or somebody asks → connecting
//   offline     the browser says so; it comes back, or a look every half minute → connecting
//   gone        the server has said that this is not to be had, or not from here on; a new start → connecting
//   closed      we left, or have not come yet; a start → connecting
//
// The cursor is the id of the last durable event that was handled, and moves only after it was,
// so that a resume can repeat an event but never pass one over. Dropping repeats is the
// conversation's part. An EventSource hides the status that ended it, so `ask` is called for it.

import { waitMs } from "./backoff.js";

const DURABLE = new Set(["message", "transition"]);
const GOODBYES = new Set(["overloaded", "restarting"]);
const PASSING = ["presence", "status", "typing", "line", "inbox", "notification", "skipped"];
const EVENTS = ["connected", "heartbeat", "reset", "expired", "damaged", ...PASSING, ...DURABLE, ...GOODBYES];

/** Where the server does not say how often it gives a sign of life. */
export const HEARTBEAT_MS = 15_000;
/** Two heartbeats may be late before a third missing one means that nobody is there. */
const LATE_HEARTBEATS = 2.5;
export const SILENCE_MS = LATE_HEARTBEATS * HEARTBEAT_MS;
/** The longest that a browser's timer can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1;
/** A connection that lasted this long was a good one: its end is the first failure, not the next. */
export const STEADY_MS = 5_000;
/** `navigator.onLine` can be wrong, above all for a server on this machine. */
export const OFFLINE_LOOK_MS = 30_000;

const CLOSED = 2;
const GONE = new Set([401, 403, 404, 410]);

export class Stream {
  #env;
  #source = null;
  #timer = null;
  #silence = null;
  #silenceMs = SILENCE_MS;
  #failures = 0;
  #openedAt = 0;
  #wasOpen = false;
  #cursor = "";
  #state = { name: "closed" };

  /**
   * `address(cursor)` is where to connect, `ask()` resolves to `{status, retryAfterMs}` (status 0:
   * no answer), `renew()` the same for a token to go on with, `onEvent(name, data)` handles one event,
   * `onState(state)` sees every change.
   */
  constructor({ address, ask, renew, onEvent, onState, EventSource = globalThis.EventSource,
    isOnline = () => navigator.onLine !== false, random = Math.random }) {
    this.#env = { address, ask, renew, onEvent, onState, EventSource, isOnline, random };
  }

  get state() {
    return this.#state;
  }

  get cursor() {
    return this.#cursor;
  }

  /** Goes on after the last event that was handled. What was not to be had may be there again. */
  start() {
    if (["closed", "gone"].includes(this.#state.name)) this.#connect();
  }

  stop() {
    this.#hangUp();
    this.#become({ name: "closed" });
  }

  /** The reader asked, or the page came to the front: do not wait any longer. */
  reconnect() {
    if (this.#state.name === "waiting" || this.#state.name === "offline") this.#connect();
  }

  wentOnline() {
    this.#failures = 0;
    this.reconnect();
  }

  wentOffline() {
    if (["connecting", "open", "waiting"].includes(this.#state.name)) this.#beOffline();
  }

  #become(state) {
    this.#state = state;
    this.#env.onState(state);
  }

  #hangUp() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = null;
  }

  #connect() {
    this.#hangUp();
    const source = new this.#env.EventSource(this.#env.address(this.#cursor));
    this.#source = source;
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        if (source === this.#source) this.#hear(name, event);
      });
    }
    source.addEventListener("error", () => {
      if (source === this.#source) this.#broke(source);
    });
    this.#become({ name: "connecting", again: this.#wasOpen });
    // How often this server speaks is known once it has spoken.
    this.#silenceMs = SILENCE_MS;
    this.#listenForSilence();
  }

  #hear(name, event) {
    const data = parsed(event.data);
    if (name === "connected" && data?.heartbeatMs > 0) {
      this.#silenceMs = Math.min(LATE_HEARTBEATS * data.heartbeatMs, TIMER_MS_MAX);
    }
    this.#listenForSilence();
    if (data === null) return;
    if (GOODBYES.has(name)) {
      this.#wait(name, data.retryMs);
      return;
    }
    if (name === "expired") {
      this.#renew(data.retryMs);
      return;
    }
    if (name === "damaged") {
      this.#hangUp();
      this.#become({ name: "gone", status: 500, why: "damaged" });
      return;
    }
    if (this.#state.name !== "open") {
      this.#openedAt = Date.now();
      this.#wasOpen = true;
      this.#become({ name: "open" });
    } else if (this.#steady()) {
      this.#failures = 0;
    }
    this.#env.onEvent(name, data);
    if (name === "reset") this.#cursor = "";
    if (DURABLE.has(name) && event.lastEventId) this.#cursor = event.lastEventId;
  }

  #steady() {
    return Date.now() - this.#openedAt >= STEADY_MS;
  }

  #broke(source) {
    const browserRetries = source.readyState !== CLOSED;
    if (browserRetries && this.#state.name === "open" && this.#steady()) {
      this.#failures = 0;
      this.#become({ name: "connecting", again: true });
      this.#listenForSilence();
      return;
    }
    this.#hangUp();
    this.#askWhy();
  }

  async #askWhy() {
    if (!this.#env.isOnline()) {
      this.#beOffline();
      return;
    }
    const asking = { name: "connecting", again: this.#wasOpen };
    this.#become(asking);
    const { status, retryAfterMs = null } = await this.#env.ask();
    if (this.#state !== asking) return;
    if (GONE.has(status)) this.#become({ name: "gone", status });
    else if (status === 429) this.#wait("overloaded", retryAfterMs);
    else if (status >= 200 && status < 300) this.#wait("interrupted");
    else this.#wait("unreachable", retryAfterMs);
  }

  /** Once: another tab may have a token to go on with, which is this one's too. */
  async #renew(retryMs) {
    const wasSteady = this.#wasOpen && this.#steady();
    this.#hangUp();
    const renewing = { name: "connecting", again: true };
    this.#become(renewing);
    const { status, retryAfterMs = null } = await this.#env.renew();
    if (this.#state !== renewing) return;
    if (GONE.has(status)) this.#become({ name: "gone", status, why: "expired" });
    else if (status < 200 || status >= 300) this.#wait("unreachable", retryAfterMs);
    else if (wasSteady) this.#connect();
    else this.#wait("expired", retryMs);
  }

  #wait(why, atLeastMs = null) {
    this.#hangUp();
    if (!this.#env.isOnline()) {
      this.#beOffline();
      return;
    }
    const named = Number.isFinite(atLeastMs) && atLeastMs !== null ? Math.max(0, atLeastMs) : null;
    const ms = named ?? waitMs(this.#failures, this.#env.random);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(), ms);
    this.#become({ name: "waiting", why, until: Date.now() + ms });
  }

  #beOffline() {
    this.#hangUp();
    this.#timer = setTimeout(() => this.#connect(), OFFLINE_LOOK_MS);
    this.#become({ name: "offline" });
  }

  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#hangUp();
      this.#askWhy();
    }, this.#silenceMs);
  }
}

/** Null for what is not JSON: one broken event is not worth the connection. */
function parsed(json) {
  try {
    return JSON.parse(json) ?? null;
  } catch {
    return null;
  }
}
