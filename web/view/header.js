// The bar on top of the users' page: which bot, whether the page is connected, who else is there, and three buttons. Of
// its parts the agents' page makes its own.

import { html } from "../vendor/lit-html/lit-html.js";
import * as theme from "../theme.js";
import { connection } from "../words.js";
import * as icons from "./icons.js";
import { peopleHere } from "./people.js";

/** `people` are the others of the conversation, with what is known of their presence. */
export function header({ title, people, state, now, machineShown, opening, onMachine, onRestart, onTheme }) {
  return html`
    ${brand({ name: html`<h1 class="brand-name" dir="auto" title=${title}>${title}</h1>`,
      below: html`<div class="here">${link(state, now)}${peopleHere(people, now)}</div>` })}
    <div class="actions">
      ${machineButton(machineShown, onMachine)}
      <button type="button" class="action" ?disabled=${opening} title="New conversation"
        @click=${onRestart}>${icons.restart}<span class="action-words">New conversation</span></button>
      ${themeButton(onTheme)}
    </div>`;
}

export const brand = ({ name, below }) => html`
  <div class="brand">
    <img class="brand-mark" src="icon.svg" alt="" width="36" height="36">
    <div class="brand-words">${name}${below}</div>
  </div>`;

/** Whether the page is connected. */
export const link = (state, now) => html`
  <p class="connection" data-testid="connection" data-state=${state.name}>
    <span class="connection-dot" aria-hidden="true"></span>${connection(state, now)}
  </p>`;

export const machineButton = (isShown, onMachine) => html`
  <button type="button" class="action" aria-expanded=${isShown} aria-controls="machine"
    title="Machine" @click=${onMachine}>${icons.machine}<span class="action-words">Machine</span></button>`;

export const themeButton = (onTheme) => html`
  <button type="button" class="action action-icon" title="Theme: ${theme.current()}"
    aria-label="Theme: ${theme.current()}. Change to ${theme.following()}"
    @click=${onTheme}>${icons[theme.current()]}</button>`;
