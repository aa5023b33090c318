// The live machine: its hierarchy as nested boxes, the current path lit, the last step in words.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { boxes, lastStep } from "../machine.js";
import { spaced } from "../words.js";

/** `machine` is null until it has come; `failed` when it will not. */
export function machinePane({ machine, failed, step }) {
  return html`
    <div class="machine-head">
      <h2 class="machine-title">Machine</h2>
      <p class="machine-lead">Where this conversation stands.</p>
    </div>
    ${machine ? html`
      <ul class="states" aria-label="States">${boxes(machine, step).map(box)}</ul>
      ${machine.truncated ? html`<p class="machine-note">Only part of this machine is drawn.</p>` : nothing}`
    : failed ? html`<p class="machine-note">The machine cannot be drawn right now.</p>`
    : step ? nothing : html`<p class="machine-note">It is drawn here once a conversation has begun.</p>`}
    ${last(step)}`;
}

function box(state) {
  const classes = ["state", `is-${state.kind}`, state.isLit && "is-lit", state.isHere && "is-here", state.wasLeft && "was-left"];
  return html`
    <li class=${classes.filter(Boolean).join(" ")} data-state=${state.name}
      aria-current=${state.isHere ? "step" : nothing}>
      <span class="state-name" title=${state.name}>
        ${state.isInitial ? html`<span class="initial" title="The initial state" aria-hidden="true"></span>` : nothing}
        ${state.label}${state.kind === "final" ? html`<span class="state-kind">final</span>` : nothing}
      </span>
      ${state.states.length > 0 ? html`<ul class="states">${state.states.map(box)}</ul>` : nothing}
    </li>`;
}

function last(step) {
  const done = lastStep(step);
  if (!done) return nothing;
  const { from, to, stayed } = done.what;
  const facts = [["Input", done.input], ["Handled by", done.handledBy], ["Waiting for", step.pending.map(spaced).join(", ")]]
    .filter(([, is]) => is);
  return html`
    <section class="last-step" data-testid="last-step" aria-labelledby="last-step-title">
      <h3 id="last-step-title" class="last-step-title">Last transition</h3>
      <p class="last-step-what">
        ${stayed ? html`Stayed in <b>${to}</b>` : from
          ? html`<b>${from}</b> <span class="arrow">→</span> <b>${to}</b>` : html`Started in <b>${to}</b>`}
      </p>
      ${facts.length > 0 ? html`<dl class="last-step-facts">${facts.map(([what, is]) => html`<dt>${what}</dt><dd>${is}</dd>`)}</dl>` : nothing}
      ${done.exact ? html`<p class="exact"><code>${done.exact}</code></p>` : nothing}
    </section>`;
}
