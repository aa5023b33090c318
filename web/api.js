// The server's HTTP calls. Every address is relative to the document, because the server may
// live under a base path; what goes wrong is always one `ApiError`, a lost network included.

const ANSWER_WITHIN_MS = 10_000;

export class ApiError extends Error {
  /** `status` is 0 when no answer came; `retryAfterMs` is null where the server named no time. */
  constructor(status, { code = "", detail = "", options = null, retryAfterMs = null } = {}) {
    super(detail || code || `status ${status}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.options = options;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed later, unchanged. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** RFC 9110 section 10.2.3: a number of seconds or a date. */
export function retryAfterMs(value, now = Date.now()) {
  if (!value) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

async function call(path, { method = "GET", headers = {}, body, cache = "no-store", read = "json" } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      cache,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.ok) return await response[read]();
  } catch {
    // Both no answer and an answer cut short: either way nothing is known of what happened.
    throw new ApiError(0);
  }
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, {
    code: text(problem?.code),
    detail: text(problem?.detail) || text(problem?.title),
    options: Array.isArray(problem?.options) ? problem.options : null,
    retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
  });
}

const text = (value) => (typeof value === "string" ? value : "");
const part = encodeURIComponent;

/** `[{"name","title"}]`, the first being the one to open by default. */
export const bots = async () => (await call("api/bots")).bots ?? [];

// A machine changes with its program only: the browser keeps it, and asks whether it still holds.
export const machine = (bot) => call(`api/bots/${part(bot)}/machine?format=json`, { cache: "no-cache" });

/** The machine's picture, as the text of an SVG. */
export const picture = (bot) => call(`api/bots/${part(bot)}/machine?format=svg`, { cache: "no-cache", read: "text" });

export const createSession = (bot, clientId) =>
  call("api/sessions", { method: "POST", body: { bot, clientId } });

export const session = (id) => call(`api/sessions/${part(id)}`);

/** An agent's conversations: `which` is `waiting` or `mine`. */
export const cases = async (which) => (await call(`api/sessions?${which}=true`)).sessions ?? [];

export const take = (id) => call(`api/sessions/${part(id)}/agent`, { method: "PUT" });
export const giveBack = (id) => call(`api/sessions/${part(id)}/agent`, { method: "DELETE", read: "text" });

/** The stream of an agent's work, and of what an administrator sends to the agent. */
export const INBOX_ADDRESS = "api/events?topics=inbox,notifications";

/** Passing words about oneself to the others of a session; nothing is answered. */
export const sayTyping = (id, isTyping) =>
  call(`api/sessions/${part(id)}/typing`, { method: "POST", body: { isTyping }, read: "text" });

export const sayAttention = (id, state, stream) =>
  call(`api/sessions/${part(id)}/presence`, { method: "POST", body: { state, stream }, read: "text" });

/** How far the reader has come, `{delivered, read}`; the answer is what holds now. */
export const sendReceipt = (id, receipt) =>
  call(`api/sessions/${part(id)}/receipts`, { method: "PUT", body: receipt });

/** `body` is `{choose, clientId}` or `{text, clientId}`; the answer is `{seq}`. */
export const sendMessage = (id, body) =>
  call(`api/sessions/${part(id)}/messages`, { method: "POST", body });

/** Asks for a token to go on with: the browser's cookie becomes a new one. Answers who one is, and until when. */
export const renewToken = () => call("api/token", { method: "POST" });

/** The same by a link's code, or by a token from elsewhere. */
export const redeemCode = (code) => call("api/token", { method: "POST", body: { code } });
export const bringToken = (token) =>
  call("api/token", { method: "POST", headers: { authorization: `Bearer ${token}` } });

/** A session's stream, from the beginning or after `cursor`, an event's id, with what else to listen to. */
export function eventsAddress(id, topics, cursor) {
  const more = topics.length > 0 ? `&topics=${topics.join(",")}` : "";
  const from = cursor ? `&lastEventId=${part(cursor)}` : "";
  return `api/events?session=${part(id)}${more}${from}`;
}

/** How a call went, `{status, retryAfterMs}`, whatever it was for. */
export const outcome = (answer) => answer.then(() => ({ status: 200, retryAfterMs: null }), (error) => error);
