// Who else is in a conversation, and whether they are there.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { person, presence } from "../words.js";

const SHOWN_MAX = 3;

/** `isNamed` is false where it is said elsewhere who they are. */
export const peopleHere = (people, now, { isNamed = true } = {}) => (people.length === 0 ? nothing : html`
  <ul class="people" aria-label="People" data-testid="people">
    ${people.slice(0, SHOWN_MAX).map((other) => html`
      <li class="presence" data-state=${other.state}><span class="presence-dot" aria-hidden="true"></span>${
        isNamed ? html`<span class="presence-name" dir="auto" title=${person(other.user)}>${person(other.user)}</span> ` : nothing}<span
        class="presence-state">${presence(other, now)}</span></li>`)}
    ${people.length > SHOWN_MAX ? html`<li class="presence">and ${people.length - SHOWN_MAX} more</li>` : nothing}
  </ul>`);
