// A bot's machine and its picture, fetched together and kept while the page is open. What the stream
// says can show that they are of an older machine: then they are fetched again, once.

import { placeOf, readMachine, transitionOf } from "./machine.js";

export class Blueprint {
  /** Null until they have come; the picture as the server's text. */
  machine = null;
  picture = null;
  /** Whether they could not be had. What was had before stays. */
  failed = false;
  #bot = null;
  #load;
  #onChange;
  #doubted = false;

  /** `load(bot)` answers `{machine, picture}`: JSON and text. */
  constructor({ load, onChange }) {
    this.#load = load;
    this.#onChange = onChange;
  }

  meet(bot) {
    if (!bot || bot === this.#bot) return;
    this.#bot = bot;
    this.machine = null;
    this.picture = null;
    this.#doubted = false;
    this.ask();
  }

  async ask() {
    const bot = this.#bot;
    this.failed = false;
    try {
      const { machine, picture } = await this.#load(bot);
      if (bot !== this.#bot) return;
      this.machine = readMachine(machine);
      this.picture = picture;
    } catch {
      if (bot === this.#bot) this.failed = this.machine === null;
    }
    this.#onChange();
  }

  /** The connection is new, and behind it there may be another version of the bot. */
  reconnected() {
    this.#doubted = false;
    if (this.failed) this.ask();
  }

  /** Hears of each step; one that does not fit raises doubt. */
  learn(step) {
    if (this.machine === null || !step || this.#doubted) return;
    if (placeOf(this.machine, step) !== null && transitionOf(this.machine, step) !== undefined) return;
    this.#doubted = true;
    this.ask();
  }
}
