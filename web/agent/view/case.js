// The chosen conversation's head: whose it is, where it stands, and what the agent can do with it.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import * as icons from "../../view/icons.js";
import { peopleHere } from "../../view/people.js";
import { path, person } from "../../words.js";

const STANDING = {
  waiting: "Waits for a person",
  mine: "With you",
  ended: "Not with you",
};

/**
 * `step` is where its machine stands, null where that is not known; `standing` is `waiting`, `mine` or `ended`; `refusal` says in words what did not work; `isBusy` that the server
 * has not answered yet.
 */
export function caseHead({ one, people, step, standing, refusal, isBusy, now, onTake, onGiveBack, onBack }) {
  const here = people.filter(({ user }) => user === one.user);
  const name = one.user ? person(one.user) : "Conversation";
  return html`
    <div class="case-bar" data-testid="case" data-standing=${standing}>
      <button type="button" class="action action-icon case-back" aria-label="Back to the conversations" @click=${onBack}>${icons.back}</button>
      <div class="case-words">
        <h2 class="case-title" dir="auto" title=${name}>${name}</h2>
        <div class="case-facts">
          ${here.length > 0 ? peopleHere(here, now, { isNamed: false }) : nothing}
          <p>${STANDING[standing] ?? ""}${step ? html`<span class="case-step">${path(step.state)}</span>` : nothing}</p>
        </div>
      </div>
      ${standing === "waiting" ? html`<button type="button" class="primary" ?disabled=${isBusy} @click=${onTake}>Take</button>` : nothing}
      ${standing === "mine" ? html`<button type="button" class="secondary" ?disabled=${isBusy} @click=${onGiveBack}>Give back</button>` : nothing}
    </div>
    ${refusal ? html`<p class="case-refusal" role="alert" data-testid="refusal">${refusal}</p>` : nothing}`;
}

export const nothingChosen = (waiting) => html`
  <div class="unchosen">
    <p class="unchosen-what">${waiting > 0 ? waiting === 1 ? "One conversation waits." : `${waiting} conversations wait.` : "Nobody waits for a person."}</p>
    <p>${waiting > 0 ? "Choose one to read along; take it to answer." : "Whoever asks for one appears under Waiting, at once."}</p>
  </div>`;
