// One open conversation: its stream, what has been said, and what is on its way out.
// The same whether it was just begun, reloaded or come back to; `onChange` follows every change.

import * as api from "./api.js";
import { NOTHING_SAID, receive, reoffer } from "./conversation.js";
import { Outgoing } from "./outgoing.js";
import { People } from "./people.js";
import { Stream } from "./stream.js";

export class Session {
  #stream;
  #outgoing;
  #onChange;
  #onNotified;

  /**
   * `onNotified` gets what an administrator sends: to the conversation, and with the topic `notifications` to this
   * user as well.
   */
  constructor(id, { onChange, onNotified, topics = [] }) {
    this.id = id;
    this.conversation = NOTHING_SAID;
    this.connection = { name: "connecting", again: false };
    this.people = new People(id);
    this.#onChange = onChange;
    this.#onNotified = onNotified;
    this.#stream = new Stream({
      address: (cursor) => api.eventsAddress(id, topics, cursor),
      ask: () => api.outcome(api.session(id)),
      renew: () => api.outcome(api.renewToken()),
      onEvent: (name, data) => this.#hear(name, data),
      onState: (state) => this.#connected(state),
    });
    this.#outgoing = new Outgoing({
      post: (body) => api.sendMessage(id, body),
      onChange: () => this.#sent(),
      onRefused: (error) => this.#refused(error),
      store: unsent(id),
    });
  }

  get messages() {
    return this.#outgoing.messages;
  }

  get isGone() {
    return this.connection.name === "gone";
  }

  /** Begins, or goes on after a pause. */
  start() {
    this.#stream.start();
    this.#outgoing.work();
  }

  stop() {
    this.#outgoing.stop();
    this.#stream.stop();
    this.people.stop();
    this.#onChange = () => {};
    this.#onNotified = () => {};
  }

  choose(option) {
    this.people.spoke();
    this.#outgoing.send({ choose: option.id }, option.label);
  }

  say(text) {
    this.people.spoke();
    this.#outgoing.send({ text }, text);
  }

  retry(clientId) {
    this.#outgoing.retry(clientId);
  }

  discard(clientId) {
    this.#outgoing.discard(clientId);
  }

  reconnect() {
    this.#stream.reconnect();
  }

  wentOnline() {
    this.#stream.wentOnline();
    this.people.wentOnline();
    this.#outgoing.setOnline(true);
  }

  wentOffline() {
    this.#stream.wentOffline();
    this.#outgoing.setOnline(false);
  }

  /** The page is put away, perhaps to come back: a stream that nobody sees is not kept open. */
  pause() {
    this.#stream.stop();
  }

  #hear(name, data) {
    if (name === "notification") {
      this.#onNotified(data);
      return;
    }
    this.conversation = receive(this.conversation, name, data);
    this.people.hear(name, data);
    this.#outgoing.confirm(data.clientId ?? null, this.conversation.seq);
    this.#onChange();
  }

  #connected(state) {
    this.connection = state;
    if (state.name === "open") this.#outgoing.setOnline(true);
    this.#onChange();
  }

  #sent() {
    // The answer may come after the log's own news of the same message.
    this.#outgoing.confirm(null, this.conversation.seq);
    this.#onChange();
  }

  #refused(error) {
    if (error.options) this.conversation = reoffer(this.conversation, error.options);
    this.#onChange();
  }
}

/** Kept by the tab, so that a reload in a bad moment loses nothing that was written. */
function unsent(id) {
  const key = `statechat.unsent.${id}`;
  return {
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(key)) ?? [];
      } catch {
        return [];
      }
    },
    save(messages) {
      try {
        if (messages.length === 0) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(messages));
      } catch {
        // Storage may be forbidden or full; the page works without it.
      }
    },
  };
}
