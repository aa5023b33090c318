// What the reader has said and the log has not yet brought back. Each message keeps one `clientId`
// for all its tries, which the server answers alike, so trying again cannot say a thing twice.
// One at a time, in order. The states of a message:
//
//   queued    its turn has not come, or the browser is offline
//   sending   the request is on its way
//   retrying  it failed in a way that passes; the next try has a time
//   accepted  the server has it; the stream will bring it
//   failed    it is up to the reader: try again, change it, or let it be
//
// A message leaves when the log has it, wherever that news comes from first.

import { waitMs } from "./backoff.js";

const TRIES = 5;

export class Outgoing {
  #env;
  #messages = [];
  #timer = null;
  #online = true;

  /**
   * `post(body)` resolves to `{seq}` or throws an `ApiError`; `store` has `load()` and `save(list)`,
   * so that what was not sent survives a reload.
   */
  constructor({ post, onChange, onRefused = () => {}, store = { load: () => [], save: () => {} },
    newId = () => crypto.randomUUID(), random = Math.random }) {
    this.#env = { post, onChange, onRefused, store, newId, random };
    this.#messages = store.load().map((message) =>
      message.status === "failed" ? { ...message, seq: Infinity } : fresh(message));
  }

  get messages() {
    return this.#messages;
  }

  /** `body` is `{choose}` or `{text}`; `text` is what the reader sees of it. */
  send(body, text) {
    const clientId = this.#env.newId();
    this.#messages = [...this.#messages, fresh({ clientId, body, text, at: Date.now() })];
    this.#changed();
    this.work();
  }

  retry(clientId) {
    this.#update(clientId, { status: "queued", tries: 0, error: null });
    this.work();
  }

  discard(clientId) {
    this.#drop((message) => message.clientId === clientId);
  }

  /** The log has this message, or everything up to a seq. */
  confirm(clientId, seq) {
    this.#drop((message) => message.clientId === clientId || message.seq <= seq);
  }

  setOnline(online) {
    this.#online = online;
    this.work();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#env.onChange = () => {};
    this.#online = false;
  }

  /** Sends the first message that waits, unless one is on its way. */
  work() {
    if (!this.#online) return;
    if (this.#messages.some((m) => m.status === "sending" || m.status === "retrying")) return;
    const next = this.#messages.find((m) => m.status === "queued");
    if (next) this.#try(next.clientId);
  }

  async #try(clientId) {
    const message = this.#find(clientId);
    if (!message) return;
    this.#update(clientId, { status: "sending", tries: message.tries + 1 });
    try {
      const { seq } = await this.#env.post({ ...message.body, clientId });
      this.#update(clientId, { status: "accepted", seq });
    } catch (error) {
      this.#failed(clientId, error);
    }
    this.work();
  }

  #failed(clientId, error) {
    const message = this.#find(clientId);
    if (!message) return;
    if (!error.passing || message.tries >= TRIES) {
      const { status = 0, code = "", detail = "" } = error;
      this.#update(clientId, { status: "failed", error: { status, code, detail } });
      this.#env.onRefused(error);
      return;
    }
    this.#update(clientId, { status: "retrying" });
    const ms = error.retryAfterMs ?? waitMs(message.tries - 1, this.#env.random);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#find(clientId)) return this.work();
      this.#update(clientId, { status: "queued" });
      return this.work();
    }, ms);
  }

  #find(clientId) {
    return this.#messages.find((message) => message.clientId === clientId);
  }

  #update(clientId, change) {
    if (!this.#find(clientId)) return;
    this.#messages = this.#messages.map((message) =>
      message.clientId === clientId ? { ...message, ...change } : message);
    this.#changed();
  }

  #drop(isDone) {
    const left = this.#messages.filter((message) => !isDone(message));
    if (left.length === this.#messages.length) return;
    this.#messages = left;
    this.#changed();
    this.work();
  }

  #changed() {
    this.#env.store.save(this.#messages);
    this.#env.onChange();
  }
}

/** `seq` is Infinity until the server has given one: no log reaches it. */
const fresh = ({ clientId, body, text, at }) =>
  ({ clientId, body, text, at, status: "queued", tries: 0, seq: Infinity, error: null });
