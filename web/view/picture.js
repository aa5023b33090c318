// The machine's picture in its room: as large as fits, with where the conversation stands, what a transition
// takes on hover and focus, and which state was chosen.

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { fit, scrolled } from "../fit.js";
import { inputsOf } from "../machine.js";
import { adopted, asButton, asTip, drawnBy, trimmed } from "./chart.js";

const TIPS_MAX = 4;
const calmly = matchMedia("(prefers-reduced-motion: reduce)");

export class Picture {
  /** Put this where the picture goes; it stays the same. */
  element = Object.assign(document.createElement("div"), { className: "picture" });
  /** What the picture says of itself: that a part of it is left out. */
  notice = null;
  #scroller = Object.assign(document.createElement("div"), { className: "picture-scroller" });
  #tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
  #onState;
  #text = null;
  #svg = null;
  #size = null;
  #machine = null;
  #marks = "";
  #shown = null;
  #covered = 0;
  #room = "";

  /** `onState(id)` hears which state was chosen. */
  constructor(onState) {
    this.#onState = onState;
    this.#tip.setAttribute("aria-hidden", "true");
    this.element.append(this.#scroller, this.#tip);
    this.element.addEventListener("click", ({ target }) => this.#choose(target));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#hideTip();
      if ((event.key !== "Enter" && event.key !== " ") || !event.target.closest(".state-button")) return;
      event.preventDefault();
      this.#choose(event.target);
    });
    for (const kind of ["pointerover", "focusin"]) this.element.addEventListener(kind, ({ target }) => this.#showTip(target));
    for (const kind of ["pointerleave", "focusout"]) this.element.addEventListener(kind, () => this.#hideTip());
    // Focus brings into view what it falls on, and its tip goes along; but one that was put away stays away.
    this.#scroller.addEventListener("scroll", () => {
      if (!this.#tip.hidden) this.#showTip(document.activeElement);
    }, { passive: true });
    new ResizeObserver(() => this.#resized()).observe(this.#scroller);
  }

  /** Whether there is anything to see. */
  get isDrawn() {
    return this.#svg !== null;
  }

  /** `text` is the server's SVG and `machine` what it is of. Answers false for what is no picture. */
  adopt(text, machine) {
    if (text === this.#text) return this.isDrawn || text === null;
    this.#text = text;
    this.#machine = machine;
    this.#marks = "";
    this.#shown = null;
    this.notice = null;
    this.#svg = text === null ? null : adopted(text);
    this.#scroller.replaceChildren(...this.#svg ? [this.#svg] : []);
    this.#hideTip();
    if (!this.#svg) return text === null;
    this.notice = this.#svg.querySelector(".notice")?.textContent ?? null;
    this.#size = trimmed(this.#svg);
    this.#room = "";
    this.#svg.setAttribute("aria-label", `The states of ${machine.title}`);
    for (const group of this.#svg.querySelectorAll(".state")) asButton(group, machine);
    for (const group of this.#svg.querySelectorAll(".transition")) asTip(group, machine);
    this.#resized();
    return true;
  }

  /**
   * Lights `place`, states by id with the leaf last, and marks `last`, a transition as `transitionOf` answers it. `key`
   * names the step: a new one of the same `session` has its transition drawn before the reader's eyes.
   */
  mark({ session, key, place, last, open }) {
    if (!this.#svg) return;
    const marks = JSON.stringify([session, key, place, last, open]);
    if (marks === this.#marks) return;
    this.#marks = marks;
    const isNew = this.#shown?.key !== key || this.#shown?.session !== session;
    const isNews = isNew && this.#shown?.session === session;
    this.#shown = { session, key };
    const live = place?.at(-1);
    for (const group of this.#svg.querySelectorAll(".state")) {
      const id = group.dataset.state;
      group.classList.toggle("lit", place?.includes(id) ?? false);
      group.classList.toggle("live", id === live);
      group.classList.toggle("open", id === open);
      const button = group.querySelector(".state-button");
      button.toggleAttribute("aria-current", false);
      if (id === live) button.setAttribute("aria-current", "step");
      button.setAttribute("aria-expanded", String(id === open));
    }
    for (const group of this.#svg.querySelectorAll(".transition")) {
      const isLast = Boolean(last) && isDrawn(group, last);
      group.classList.toggle("last", isLast);
      if (isNew) group.classList.toggle("fresh", isLast && isNews);
    }
    if (isNew) this.reveal(isNews && !calmly.matches);
  }

  /** Scrolls the live state into view, here and nowhere else. */
  reveal(smoothly = false) {
    this.#bringIn(this.#svg?.querySelector(".live > rect"), smoothly);
  }

  /** So much at the bottom is hidden by the details of the state `open`, which is scrolled into what is left. */
  cover(px, open) {
    if (px === this.#covered) return;
    this.#covered = px;
    this.#scroller.style.paddingBottom = `${px}px`;
    if (open) this.#bringIn(this.#buttonOf(open), !calmly.matches);
  }

  /** Back to the state whose details were closed. */
  focus(id) {
    this.#buttonOf(id)?.focus({ preventScroll: true });
  }

  #buttonOf(id) {
    const buttons = [...this.#svg?.querySelectorAll(".state-button") ?? []];
    return buttons.find((button) => button.parentNode.dataset.state === id);
  }

  #bringIn(part, smoothly) {
    const box = part?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const room = this.#scroller;
    const { left, top } = room.getBoundingClientRect();
    const height = room.clientHeight - this.#covered;
    room.scrollTo({
      left: scrolled({ start: room.scrollLeft, size: room.clientWidth }, { start: box.left - left + room.scrollLeft, size: box.width }),
      top: scrolled({ start: room.scrollTop, size: height }, { start: box.top - top + room.scrollTop, size: box.height }),
      behavior: smoothly ? "smooth" : "instant",
    });
  }

  #resized() {
    const { clientWidth: width, clientHeight: height } = this.#scroller;
    if (!this.#svg || width === 0) return;
    // What covers it, covers it for a while, and is no reason to draw it smaller or to move it.
    const room = `${width} ${height}`;
    if (room === this.#room) return;
    this.#room = room;
    const scale = fit(this.#size, { width, height });
    this.#svg.setAttribute("width", Math.floor(this.#size.width * scale));
    this.#svg.setAttribute("height", Math.floor(this.#size.height * scale));
    this.reveal();
  }

  #choose(target) {
    const group = target.closest(".transition") ? null : target.closest(".state");
    if (group) this.#onState(group.dataset.state);
  }

  #showTip(target) {
    const group = target.closest(".transition");
    if (!group || !this.#svg?.contains(group)) {
      this.#hideTip();
      return;
    }
    const inputs = inputsOf(this.#machine, drawnBy(group));
    if (inputs.length === 0) return;
    render(tip(inputs), this.#tip);
    this.#tip.hidden = false;
    const frame = this.element.getBoundingClientRect();
    const text = (group.querySelector("text") ?? group).getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.#tip;
    const below = text.bottom - frame.top + 8;
    const isRoom = below + offsetHeight <= frame.height;
    this.#tip.style.left = `${Math.max(0, Math.min(text.left - frame.left, frame.width - offsetWidth))}px`;
    this.#tip.style.top = `${isRoom ? below : Math.max(0, text.top - frame.top - offsetHeight - 8)}px`;
  }

  #hideTip() {
    this.#tip.hidden = true;
  }
}

function isDrawn(group, { from, to, stays }) {
  const drawn = drawnBy(group);
  return drawn.from === from && drawn.to === to && drawn.stays === stays;
}

const tip = (inputs) => html`
  ${inputs.slice(0, TIPS_MAX).map(({ input, reply }) => html`
    <p class="tip-input">${input}</p>${reply ? html`<p class="tip-reply" dir="auto">“${reply}”</p>` : nothing}`)}
  ${inputs.length > TIPS_MAX ? html`<p class="tip-reply">and ${inputs.length - TIPS_MAX} more</p>` : nothing}`;
