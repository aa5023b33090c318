// The agent's lists: who waits, the longest first, and who is with the agent.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { dateAndTime, moment, path, person, waited } from "../../words.js";

/** `open` is the id of the conversation that is shown; `isNew(case)` says whether there is something unread. */
export function lists({ waiting, mine, isKnown, open, isNew, now, onOpen }) {
  const list = (id, title, cases, none) => html`
    <section class="list" aria-labelledby=${`${id}-title`} data-testid=${id}>
      <h2 id=${`${id}-title`} class="list-title">${title} ${cases.length > 0 ? html`<span class="list-count">${cases.length}</span>` : nothing}</h2>
      ${cases.length === 0 ? html`<p class="list-none">${isKnown ? none : "Being fetched."}</p>` : html`
        <ol class="cases">${repeat(cases, (one) => one.id, (one) => html`
          <li>${entry(one, { isOpen: one.id === open, isUnread: isNew(one), now, onOpen })}</li>`)}</ol>`}
    </section>`;
  return html`
    ${list("waiting", "Waiting", waiting, "Nobody waits.")}
    ${list("mine", "Mine", mine, "Take a conversation that waits, and it is here.")}
    <p class="visually-hidden" role="status">${isKnown ? waiting.length === 0 ? "Nobody waits" : `${waiting.length} waiting` : ""}</p>`;
}

function entry(one, { isOpen, isUnread, now, onOpen }) {
  const { user, since, place, state } = one;
  const at = Date.parse(since);
  return html`
    <button type="button" class="case" data-session=${one.id} aria-current=${isOpen ? "true" : nothing} @click=${() => onOpen(one.id)}>
      <span class="case-head">
        ${place ? html`<span class="case-place"><span class="visually-hidden">Number </span>${place}</span>` : nothing}
        <span class="case-name" dir="auto" title=${person(user)}>${person(user)}</span>
        ${isUnread ? html`<span class="case-new">New</span>` : nothing}
        <time class="case-since" datetime=${since} title=${dateAndTime(at)}><span class="visually-hidden">${place ? "waiting " : "since "}</span>${
          place ? waited(at, now) : moment(at, now)}</time>
      </span>
      <span class="case-path">${path(state)}</span>
    </button>`;
}
