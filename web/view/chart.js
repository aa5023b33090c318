// The server's drawing of a machine, made part of the page: its states become buttons, its transitions say what they
// are, and what the page says better goes. All of its names stay attributes and text.

import { inputsOf } from "../machine.js";

/**
 * The text as an element of this page; null if it is no picture. Its colours are the page's: its own style goes
 * before anything is parsed, because the page's policy holds for parsed documents too.
 */
export function adopted(text) {
  const plain = text.replace(/<style>[^<]*<\/style>/u, "");
  const root = new DOMParser().parseFromString(plain, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || root.querySelector("parsererror")) return null;
  for (const title of root.querySelectorAll("title")) title.remove();
  return document.importNode(root, true);
}

/** Takes off the title, which stands above the picture anyhow. Answers the size of what is left. */
export function trimmed(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const heads = [...svg.querySelectorAll(":scope > .title, :scope > .notice")];
  const top = Math.max(0, ...heads.map((head) => Number(head.getAttribute("y")))) + 8;
  for (const head of [...heads, svg.querySelector(":scope > .paper")]) head?.remove();
  svg.setAttribute("viewBox", `0 ${top} ${width} ${height - top}`);
  svg.setAttribute("role", "group");
  return { width, height: height - top };
}

export function asButton(group, machine) {
  const box = group.querySelector(":scope > rect");
  box.setAttribute("class", "state-button");
  const { name, kind } = machine.states.get(group.dataset.state) ?? { name: group.dataset.state };
  const facts = { role: "button", tabindex: "0", "aria-label": kind === "final" ? `${name}, final` : name };
  for (const [fact, is] of Object.entries(facts)) box.setAttribute(fact, is);
  group.querySelector(":scope > .name").setAttribute("aria-hidden", "true");
}

/** Thin lines are hard to point at, so each gets a wide one that is not seen. */
export function asTip(group, machine) {
  const { from, to } = group.dataset;
  const inputs = inputsOf(machine, drawnBy(group)).map(({ input, reply }) => (reply ? `${input}, “${reply}”` : input));
  const facts = { role: "img", tabindex: "0", "aria-label": `${from} to ${to}: ${inputs.join("; ")}` };
  for (const [fact, is] of Object.entries(facts)) group.setAttribute(fact, is);
  const line = group.querySelector(".line");
  if (!line) return;
  line.setAttribute("pathLength", "1");
  const reach = line.cloneNode();
  reach.setAttribute("class", "reach");
  line.before(reach);
}

/** Text inside a state can say that the state stays; an arrow never does. */
export function drawnBy(group) {
  const { from, to } = group.dataset;
  return { from, to, stays: from === to && group.classList.contains("note") };
}
