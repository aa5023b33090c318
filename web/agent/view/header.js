// The bar on top of the agent's page: who is signed in, whether the page is connected, and its buttons.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import * as theme from "../../theme.js";
import * as icons from "../../view/icons.js";
import { connection, person } from "../../words.js";

/** `who` is null before somebody is signed in; `state` is the inbox's connection; `onMachine` is null without one. */
export function header({ who, state, now, machineShown, onMachine, onTheme }) {
  return html`
    <div class="brand">
      <img class="brand-mark" src="icon.svg" alt="" width="36" height="36">
      <div class="brand-words">
        <h1 class="brand-name">${who ? html`Agent <span class="brand-who" dir="auto">${who.name ?? person(who.user)}</span>` : "Agent"}</h1>
        ${who ? html`<p class="connection" data-testid="connection" data-state=${state.name}>
          <span class="connection-dot" aria-hidden="true"></span>${connection(state, now)}</p>` : nothing}
      </div>
    </div>
    <div class="actions">
      ${onMachine ? html`<button type="button" class="action" aria-expanded=${machineShown} aria-controls="machine"
        title="Machine" @click=${onMachine}>${icons.machine}<span class="action-words">Machine</span></button>` : nothing}
      <button type="button" class="action action-icon" title="Theme: ${theme.current()}"
        aria-label="Theme: ${theme.current()}. Change to ${theme.following()}"
        @click=${onTheme}>${icons[theme.current()]}</button>
    </div>`;
}
