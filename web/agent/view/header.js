// The bar on top of the agents' page: who is signed in, whether the page is connected, and its buttons.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { brand, link, machineButton, themeButton } from "../../view/header.js";
import { person, visible } from "../../words.js";

/** `who` is null before somebody is signed in; `state` is the inbox's connection; `onMachine` is null without one. */
export function header({ who, state, now, machineShown, onMachine, onTheme }) {
  const name = who ? visible(who.name ?? person(who.user)) : "";
  return html`
    ${brand({ name: html`<h1 class="brand-name" title=${name || nothing}>Agent${who ? html` <span class="brand-who" dir="auto">${name}</span>` : nothing}</h1>`,
      below: who ? link(state, now) : nothing })}
    <div class="actions">
      ${onMachine ? machineButton(machineShown, onMachine) : nothing}
      ${themeButton(onTheme)}
    </div>`;
}
