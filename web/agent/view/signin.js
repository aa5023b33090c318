// What the page says to somebody who is not signed in as an agent: why, and how to get in.

import { html, nothing } from "../../vendor/lit-html/lit-html.js";

const WHY = {
  nobody: "You are not signed in.",
  notAgent: "You are signed in, but not as an agent.",
  bad: "That link or token is not good any more.",
  unreachable: "The server cannot be reached.",
  ended: "You have been signed out.",
};

/** `why` is a `SignInError`'s, `ended`, or null while it is not known; `path` is where this page is on its server. */
export function signInNotice({ why, path, onRetry }) {
  if (why === null) return html`<p class="beginning">Signing in</p>`;
  return html`
    <div class="notice" data-testid="signin">
      <div role="alert"><h2 class="notice-what">${WHY[why]}</h2></div>
      ${why === "unreachable" ? nothing : html`
        <p>This page is for agents: people who answer where a bot hands a conversation over. To get in, one of these:</p>
        <ul class="signin-ways">
          <li>Mint a token where the server runs, <code>statechat token <span class="whole">--sub NAME</span> <span class="whole">--role agent</span></code>, and open this page with it at the end of its address: <code>${path}#token=TOKEN</code>.</li>
          <li>Open the link for administrators that the server prints as it starts, with <code>${path}#code=</code> for its <code>${path.replace(/agent$/u, "")}#code=</code>. It is good once, and not for long.</li>
        </ul>`}
      <button type="button" class="primary" @click=${onRetry}>Try again</button>
    </div>`;
}
