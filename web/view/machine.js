// The machine beside the conversation: where it stands and its last step, in words; the picture; and
// one state's details, while they are asked for.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { lastStep } from "../machine.js";
import { spaced } from "../words.js";
import { details } from "./details.js";

/** `picture` is a `Picture`; `failed` says that there is none to be had now; `open` is the id of the state to tell about. */
export function machinePane({ machine, picture, failed, step, open, onRetry, onClose }) {
  return html`
    <div class="machine-head">
      <h2 class="machine-title">Machine</h2>
      ${step ? crumbs(step.state) : html`<p class="machine-lead">The states of the bot, and what leads from one to another.</p>`}
    </div>
    ${last(step)}
    ${picture.notice ? html`<p class="machine-note" data-testid="picture-notice">${sentence(picture.notice)}</p>` : nothing}
    ${failed ? html`<div class="machine-failed" data-testid="picture-failed">
        <p>The machine cannot be drawn right now.</p>
        <button type="button" class="link" @click=${onRetry}>Try again</button></div>`
    : picture.isDrawn ? picture.element
    : html`<p class="machine-note">${step ? "The machine is being drawn." : "It is drawn here once a conversation has begun."}</p>`}
    ${open && machine?.states.has(open) ? details({ machine, id: open, onClose }) : nothing}`;
}

const crumbs = (path) => html`
  <p class="crumbs" data-testid="path"><span class="visually-hidden">It stands in </span>${path.map((name, at) => html`${at > 0
    ? html`<span class="crumb-to" aria-hidden="true"> › </span>` : nothing}<span class="crumb">${spaced(name)}</span>`)}</p>`;

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

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
      ${facts.length > 0 ? html`<dl class="last-step-facts">${facts.map(([what, is]) => html`<div><dt>${what}</dt> <dd>${is}</dd></div>`)}</dl>` : nothing}
    </section>`;
}
