// The machine beside a conversation: its blueprint and its picture, kept up with what the stream says, and the state
// whose details are open.

import { render } from "./vendor/lit-html/lit-html.js";
import * as api from "./api.js";
import { Blueprint } from "./blueprint.js";
import { botName, isCaughtUp } from "./conversation.js";
import { placeOf, transitionOf } from "./machine.js";
import { machinePane } from "./view/machine.js";
import { Picture } from "./view/picture.js";
import { spaced } from "./words.js";

export class Beside {
  #root;
  #onChange;
  #blueprint;
  #picture;
  #bots = [];
  #stateOpen = null;
  #session = null;
  #wasOpen = false;
  /** The bot's name, once it is known. */
  bot = null;

  /** It draws into `root`; `onChange` follows what comes later. */
  constructor(root, onChange) {
    this.#root = root;
    this.#onChange = onChange;
    this.#blueprint = new Blueprint({ load: (bot) => this.#load(bot), onChange });
    this.#picture = new Picture((id) => this.#open(id));
  }

  /** The bot's name for a reader. */
  get title() {
    return this.#bots.find(({ name }) => name === this.bot)?.title ?? (this.bot ? spaced(this.bot) : "statechat");
  }

  meet(bot) {
    if (!bot || bot === this.bot) return;
    this.bot = bot;
    this.#stateOpen = null;
    this.#blueprint.meet(bot);
  }

  /** Hears of every change of a session. Whether its connection has just opened, it answers. */
  follow({ conversation, connection }) {
    this.meet(botName(conversation));
    const isOpen = connection.name === "open";
    const hasOpened = isOpen && !this.#wasOpen;
    this.#wasOpen = isOpen;
    if (hasOpened) this.#blueprint.reconnected();
    if (isCaughtUp(conversation)) this.#blueprint.learn(conversation.step);
    return hasOpened;
  }

  /** Draws it for `session`, null for none. While the past is still coming in, its steps are not lit one by one. */
  draw(session) {
    this.#session = session;
    const { machine } = this.#blueprint;
    const step = session?.conversation.step ?? null;
    const picture = this.#picture;
    const isWhole = picture.adopt(this.#blueprint.picture, machine);
    render(machinePane({ machine, picture, failed: this.#blueprint.failed || !isWhole, step, open: this.#stateOpen,
      onRetry: () => { this.#blueprint.ask(); this.#onChange(); }, onClose: () => this.#close() }), this.#root);
    picture.cover(this.#root.querySelector(".details")?.offsetHeight ?? 0, this.#stateOpen);
    if (!machine || (session && !(step && isCaughtUp(session.conversation)))) return;
    picture.mark({ session: session?.id ?? null, key: step?.seq ?? null, open: this.#stateOpen,
      place: placeOf(machine, step), last: transitionOf(machine, step) });
  }

  /** The details come and go with the focus on them: who closes them is back at the state. */
  #open(id) {
    this.#stateOpen = id === this.#stateOpen ? null : id;
    this.draw(this.#session);
    this.#root.querySelector(".details")?.focus({ preventScroll: true });
  }

  #close() {
    const id = this.#stateOpen;
    this.#stateOpen = null;
    this.draw(this.#session);
    this.#picture.focus(id);
  }

  async #load(bot) {
    if (this.#bots.length === 0) this.#bots = await api.bots();
    const [machine, picture] = await Promise.all([api.machine(bot), api.picture(bot)]);
    return { machine, picture };
  }
}
