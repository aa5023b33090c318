// Above the composer, where it changes what one can do: trouble, and messages further down.

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { trouble } from "../words.js";
import * as icons from "./icons.js";

/** `state` is the connection's; `isAtEnd` and `unread` are the reader's place; `above` is what else is to be said there. */
export function bar({ state, isAtEnd, unread, above = nothing, onEnd, onReconnect }) {
  const sentence = trouble(state);
  return html`
    ${isAtEnd ? nothing : html`<button type="button" class="to-end" @click=${onEnd}>
      ${icons.down}${unread > 0 ? "New messages" : "To the latest message"}</button>`}
    ${above}
    ${sentence ? html`<div class="trouble" data-testid="trouble"><p>${sentence}</p>
      ${state.name === "waiting" ? html`<button type="button" class="link" @click=${onReconnect}>Reconnect now</button>` : nothing}</div>` : nothing}`;
}
