// What became of what the address brought along to sign in with.

import { html } from "../vendor/lit-html/lit-html.js";
import { notSignedIn, signedIn } from "../words.js";

/** `outcome` is as `entrance.signIn` answers it. */
export const entered = (outcome, now, onClose) => html`
  <div class="entered" role="status" data-testid="entered">
    <p dir="auto">${outcome.who ? signedIn(outcome.who, now) : notSignedIn(outcome)}</p>
    <button type="button" class="link" @click=${onClose}>Close</button>
  </div>`;
