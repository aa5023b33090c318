// Signing in: by what the address brings once (`#token=`, `#code=`), else by the cookie that is there. What was in
// the address is taken out of it at once, so that neither the history nor a copied link keeps it.

import * as api from "../api.js";

const MAY_ENTER = new Set(["agent", "admin"]);

/** What the address brings, `{token}`, `{code}` or null; and the address without it. */
function taken() {
  const brought = new URLSearchParams(location.hash.slice(1));
  const [token, code] = [brought.get("token"), brought.get("code")];
  if (token === null && code === null) return null;
  const url = new URL(location.href);
  url.hash = "";
  history.replaceState(history.state, "", url);
  return token === null ? { code } : { token };
}

export const isBrought = () => /^#(?:token|code)=/u.test(location.hash);

/**
 * Who is signed in, `{user, name, role}`.
 *
 * Throws a `SignInError` whose `why` is `nobody`, `notAgent`, `bad` (what the address brought is not good), or
 * `unreachable`.
 */
export async function signIn() {
  const brought = taken();
  let who;
  try {
    who = await (brought === null ? api.whoAmI() : api.signIn(brought));
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    throw new SignInError(error.passing ? "unreachable" : brought === null ? "nobody" : "bad");
  }
  if (!MAY_ENTER.has(who.role)) throw new SignInError("notAgent");
  return who;
}

export class SignInError extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}
