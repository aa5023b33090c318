// What there is to know about one state: what it takes and where that leads, and how one gets there.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { takes, turn, wayTo } from "../machine.js";
import { spaced } from "../words.js";
import * as icons from "./icons.js";

export function details({ machine, id, onClose }) {
  const { name, kind, around } = machine.states.get(id);
  const label = (state) => spaced(machine.states.get(state).name);
  const kinds = { compound: "A superstate", final: "A final state" };
  const within = around.length > 0 ? `${kinds[kind] ?? "A state"} in ${label(around[0])}` : kinds[kind] ?? "A state";
  const handled = takes(machine, id);
  return html`
    <section class="details" aria-labelledby="details-title" tabindex="-1" data-testid="details"
      @keydown=${(event) => event.key === "Escape" && onClose()}>
      <div class="details-head">
        <div>
          <h3 id="details-title" class="details-title">${spaced(name)}</h3>
          <p class="details-kind">${within}</p>
        </div>
        <button type="button" class="action action-icon" aria-label="Close" @click=${onClose}>${icons.close}</button>
      </div>
      <h4 class="details-part">What it takes</h4>
      ${handled.length === 0 ? html`<p class="details-kind">Nothing.</p>` : handled.map(({ handler, ways }) => html`
        <p class="details-by">${handler === id ? "Handled here" : `Handled by ${label(handler)}`}</p>
        <ul class="inputs">${ways.map(({ inputs, to, stays }) => html`
          <li><span>${inputs.map(spaced).join(", ")}</span>${stays ? html`<span class="stays">stays</span>`
            : html`<span class="leads"><span class="arrow">→</span> ${label(to)}</span>`}</li>`)}</ul>`)}
      <h4 class="details-part">How to get there</h4>
      ${way(wayTo(machine, id))}
    </section>`;
}

function way(path) {
  if (path === null) return html`<p class="details-kind">No conversation is known that leads here.</p>`;
  if (path.length === 0) return html`<p class="details-kind">A conversation starts here.</p>`;
  return html`
    <ol class="way">${path.map(turn).map(({ you, happens, reply }) => html`
      <li>
        ${you ? html`<p class="way-you"><b>You</b> <span dir="auto">${you}</span></p>` : html`<p class="way-happens" dir="auto">${happens}</p>`}
        ${reply ? html`<p class="way-bot"><b>Bot</b> <span dir="auto">${reply}</span></p>` : nothing}
      </li>`)}</ol>`;
}
