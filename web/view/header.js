// The bar on top: which bot, whether it is connected, and the page's three buttons.

import { html } from "../vendor/lit-html/lit-html.js";
import * as theme from "../theme.js";
import { connection } from "../words.js";
import * as icons from "./icons.js";

export function header({ title, state, now, machineShown, opening, onMachine, onRestart, onTheme }) {
  return html`
    <div class="brand">
      <img class="brand-mark" src="icon.svg" alt="" width="36" height="36">
      <div class="brand-words">
        <h1 class="brand-name" dir="auto">${title}</h1>
        <p class="connection" data-testid="connection" data-state=${state.name}>
          <span class="connection-dot" aria-hidden="true"></span>${connection(state, now)}
        </p>
      </div>
    </div>
    <div class="actions">
      <button type="button" class="action" aria-expanded=${machineShown} aria-controls="machine"
        title="Machine" @click=${onMachine}>${icons.machine}<span class="action-words">Machine</span></button>
      <button type="button" class="action" ?disabled=${opening} title="New conversation"
        @click=${onRestart}>${icons.restart}<span class="action-words">New conversation</span></button>
      <button type="button" class="action action-icon" title="Theme: ${theme.current()}"
        aria-label="Theme: ${theme.current()}. Change to ${theme.following()}"
        @click=${onTheme}>${icons[theme.current()]}</button>
    </div>`;
}
