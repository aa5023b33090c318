// The frame that the users' page and the agents' page both stand in: when they draw, what folds, what is notified, and
// what the browser says of the network and of being looked at. What a page shows is its own.

import * as theme from "./theme.js";
import { Toasts } from "./view/toasts.js";

export const at = (id) => document.getElementById(id);
/** Room for the machine beside the conversation. */
export const isWide = matchMedia("(min-width: 60rem)");
export const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

/** How soon a page in the background is drawn: it gets no frames, and still has a title to keep. */
const HIDDEN_MS = 100;
/** Ages go on though nothing happens. */
const AGES_MS = 60_000;
const COUNTDOWN_MS = 1_000;

export class Frame {
  #onDraw;
  #streams;
  #drawing = false;
  #ticking = null;
  #toasts = new Toasts(at("toasts"), () => this.drawSoon());
  machineShown = isWide.matches;

  /** `onDraw(now)` draws what there is; `streams()` are those that the page follows, in the order to put them away. */
  constructor({ onDraw, streams }) {
    this.#onDraw = onDraw;
    this.#streams = streams;
    isWide.addEventListener("change", () => this.#fold(isWide.matches));
    setInterval(this.drawSoon, AGES_MS);
    addEventListener("online", () => this.#each((stream) => stream.wentOnline()));
    addEventListener("offline", () => this.#each((stream) => stream.wentOffline()));
    addEventListener("pagehide", () => this.#each((stream) => stream.pause()));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#each((stream) => stream.start()));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#each((stream) => stream.reconnect());
      this.drawSoon();
    });
  }

  /** At most once a frame. */
  drawSoon = () => {
    if (this.#drawing) return;
    this.#drawing = true;
    if (document.hidden) setTimeout(() => this.draw(), HIDDEN_MS);
    else requestAnimationFrame(() => this.draw());
  };

  draw() {
    this.#drawing = false;
    const now = Date.now();
    this.#onDraw(now);
    this.#toasts.draw(now);
  }

  /** A countdown and a typing that may end need a drawing a second; and only while there is one. */
  tick(isTyping, ...states) {
    clearTimeout(this.#ticking);
    if (isTyping || states.some((state) => state?.name === "waiting")) this.#ticking = setTimeout(this.drawSoon, COUNTDOWN_MS);
  }

  notify = (notification) => this.#toasts.show(notification);

  toggleMachine = () => this.#fold(!this.machineShown);

  changeTheme = () => {
    theme.change();
    this.drawSoon();
  };

  #fold(machineShown) {
    this.machineShown = machineShown;
    this.drawSoon();
  }

  #each(act) {
    for (const stream of this.#streams()) act(stream);
  }
}
