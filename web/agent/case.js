// The conversation that an agent has chosen: its session, where it stands for the agent, and its handing over. The page
// follows it as long as the agent may see it: while it waits, or is the agent's.

import * as api from "../api.js";
import { present } from "../company.js";
import { Session } from "../session.js";
import { handoffRefusal, person } from "../words.js";

export class Case {
  #inbox;
  #onChange;
  #onHandedOver;
  #lastKnown = {};
  /** The standing that it is to leave, until the lists say that it has. */
  #leaving = null;
  #isStopped = false;
  /** Why it could not be handed over, in words; null if nothing went wrong. */
  refusal = null;

  /** `me` is the agent; `onHandedOver` hears that the conversation stands where the agent wanted it. */
  constructor(id, { me, inbox, onChange, onHandedOver, onNotified }) {
    this.id = id;
    this.#inbox = inbox;
    this.#onChange = onChange;
    this.#onHandedOver = onHandedOver;
    // What is sent to the agent comes with the inbox; here is only what is sent to the conversation.
    this.session = new Session(id, { onChange: () => onChange(), onNotified });
    this.session.people.me = me;
  }

  /** As the lists last had it; empty if they never did. */
  get known() {
    return this.#inbox.find(this.id) ?? this.#lastKnown;
  }

  /** `mine`, `waiting` or `ended`; null while that is not known. */
  get standing() {
    if (!this.#inbox.isKnown) return null;
    return this.#inbox.find(this.id)?.standing ?? "ended";
  }

  get isMine() {
    return this.standing === "mine" && !this.session.isGone;
  }

  get isHandingOver() {
    return this.#leaving !== null;
  }

  /** Follows it, unless the agent may not, or the page is put away. */
  start() {
    if (this.standing !== "ended" && !this.#inbox.isPaused) this.session.start();
  }

  pause() {
    this.session.pause();
  }

  stop() {
    this.#isStopped = true;
    this.session.stop();
  }

  reconnect() {
    this.session.reconnect();
  }

  wentOnline() {
    this.session.wentOnline();
  }

  wentOffline() {
    this.session.wentOffline();
  }

  /** The inbox has changed, and with it perhaps where this stands: it may also have come back. */
  worked() {
    this.#lastKnown = this.known;
    const isHandedOver = this.#leaving !== null && this.standing !== this.#leaving;
    if (isHandedOver) this.#leaving = null;
    if (this.standing === "ended") this.pause();
    else if (!this.isHandingOver) this.start();
    if (isHandedOver) this.#onHandedOver();
  }

  take() {
    return this.#handOver("waiting", api.take);
  }

  giveBack() {
    return this.#handOver("mine", api.giveBack);
  }

  /**
   * Has the server change who has the conversation. It ends the streams of those who do not have it then, the taker's
   * too, who only watched: so this one is put away before that, and an agent's is opened after it.
   */
  async #handOver(from, call) {
    if (this.isHandingOver) return;
    this.#leaving = from;
    this.refusal = null;
    this.session.people.watchOnly(true);
    this.pause();
    const error = await call(this.id).then(() => null, (error) => error);
    this.#inbox.refresh();
    if (this.#isStopped) return;
    if (error) {
      this.#leaving = null;
      this.refusal = handoffRefusal(error, this.#otherAgent());
    }
    if (error || from === "waiting") this.start();
    this.#onChange();
  }

  /** Who else is here, if anybody but the user is. */
  #otherAgent() {
    const { company, me } = this.session.people;
    const other = present(company, me).find(({ user }) => user !== this.known.user);
    return other ? person(other.user) : null;
  }
}
