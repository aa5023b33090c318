// The bar on top: which bot, whether it is connected, and the page's three buttons.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import * as theme from "../theme.js";
import { connection, person, presence } from "../words.js";
import * as icons from "./icons.js";

/** `people` are the others of the conversation, with what is known of their presence. */
export function header({ title, people, state, now, machineShown, opening, onMachine, onRestart, onTheme }) {
  return html`
    <div class="brand">
      <img class="brand-mark" src="icon.svg" alt="" width="36" height="36">
      <div class="brand-words">
        <h1 class="brand-name" dir="auto">${title}</h1>
        <div class="here">
          <p class="connection" data-testid="connection" data-state=${state.name}>
            <span class="connection-dot" aria-hidden="true"></span>${connection(state, now)}
          </p>
          ${others(people, now)}
        </div>
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

const SHOWN_MAX = 3;

/** With `isNamed` false, where it is said elsewhere who they are. */
export const others = (people, now, { isNamed = true } = {}) => (people.length === 0 ? nothing : html`
  <ul class="people" aria-label="People" data-testid="people">
    ${people.slice(0, SHOWN_MAX).map((other) => html`
      <li class="presence" data-state=${other.state}><span class="presence-dot" aria-hidden="true"></span>${
        isNamed ? html`<span class="presence-name" dir="auto">${person(other.user)}</span> ` : nothing}<span class="presence-state">${presence(other, now)}</span></li>`)}
    ${people.length > SHOWN_MAX ? html`<li class="presence">and ${people.length - SHOWN_MAX} more</li>` : nothing}
  </ul>`);
