// The pane of a conversation, on the users' page and on the agents': what was said, the bar and the composer below it,
// and the machine beside it.

import { nothing, render } from "./vendor/lit-html/lit-html.js";
import { Beside } from "./beside.js";
import { ALONE, marks, whoTypes } from "./company.js";
import { NOTHING_SAID, isCaughtUp } from "./conversation.js";
import { at, hasKeyboard } from "./frame.js";
import { Scroll } from "./scroll.js";
import { bar } from "./view/bar.js";
import { Composer } from "./view/composer.js";
import { transcript } from "./view/transcript.js";

const SHOWN_AT_FIRST = 200;
/** How soon news is announced, so that the history that was just drawn stays quiet. */
const ANNOUNCED_MS = 500;

export class Pane {
  #frame;
  #scroll;
  #session = null;
  #shown = SHOWN_AT_FIRST;
  #announcing = null;

  constructor(frame) {
    this.#frame = frame;
    this.#scroll = new Scroll(at("scroller"), at("content"), frame.drawSoon);
    this.beside = new Beside(at("machine"), frame.drawSoon);
    this.composer = new Composer(at("composer"), {
      onChoose: this.choose,
      onSay: (text) => this.#say(text),
      onType: (text) => this.#session?.people.typed(text),
    });
  }

  get isAtEnd() {
    return this.#scroll.atEnd;
  }

  /** From now on it is `session` that is shown; null for none. What a reload brings back is not news; a greeting is. */
  show(session, { isNew = false } = {}) {
    this.#session = session;
    this.#shown = SHOWN_AT_FIRST;
    clearTimeout(this.#announcing);
    at("log").setAttribute("aria-live", isNew ? "polite" : "off");
    this.#scroll.toEnd();
  }

  choose = (option) => {
    this.#session.choose(option);
    this.#spoke();
  };

  focusConversation() {
    at("scroller").focus({ preventScroll: true });
  }

  /**
   * `state` is the connection as the conversation has to say it, and `connection` as the bar has. `isHeard` says whether
   * the page follows the conversation; `live` are the options on offer, `above` is what else stands above the composer.
   */
  draw({ now, state, connection, opening, isGone = false, isHeard = !isGone, line = null, live = [], unread = 0, above = nothing,
    canWrite, placeholder, onRestart, onReconnect }) {
    const session = this.#session;
    const { conversation = NOTHING_SAID, messages = [] } = session ?? {};
    const { company = ALONE, me = null } = session?.people ?? {};
    render(transcript({ sessionId: session?.id, conversation, messages, state, opening, isGone, isHeard, now, line, me,
      botTitle: this.beside.title, marks: marks(conversation.entries, company, me), typists: whoTypes(company, me, now),
      shown: this.#shown, liveSeq: live.length > 0 ? conversation.step?.seq : null, onRestart,
      onEarlier: () => this.#showEarlier(),
      onRetry: ({ clientId }) => session.retry(clientId),
      onEdit: ({ clientId, text }) => { session.discard(clientId); this.composer.edit(text); },
      onDiscard: ({ clientId }) => session.discard(clientId) }), at("log"));
    render(bar({ state: connection, isAtEnd: this.isAtEnd, unread, above, onReconnect,
      onEnd: () => { this.#scroll.toEnd(); this.#frame.drawSoon(); } }), at("bar"));
    this.composer.draw({ offered: live, enabled: canWrite, placeholder });
    this.beside.draw(isHeard ? session : null);
    this.#scroll.settle();
    session?.people.attend({ entries: conversation.entries, isVisible: !document.hidden, isAtEnd: this.isAtEnd && isCaughtUp(conversation) });
    if (isGone || (conversation.seq > 0 && isCaughtUp(conversation))) this.#announceFromNowOn();
  }

  #showEarlier() {
    this.#shown += SHOWN_AT_FIRST;
    this.#scroll.holding(() => this.#frame.draw());
  }

  #say(text) {
    this.#session.say(text);
    this.#spoke();
  }

  #spoke() {
    this.#scroll.toEnd();
    // The button that was pressed is about to go, and the focus must not go with it. On a phone
    // the composer would bring up the keyboard, so there it is the conversation.
    if (hasKeyboard) this.composer.focus();
    else if (document.activeElement?.closest("#options")) this.focusConversation();
    this.#frame.drawSoon();
  }

  #announceFromNowOn() {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => at("log").setAttribute("aria-live", "polite"), ANNOUNCED_MS);
  }
}
