// Signing in on the agent's page: by what the address brings, else by the cookie that is there.

import * as api from "../api.js";
import * as entrance from "../entrance.js";

const MAY_ENTER = new Set(["agent", "admin"]);

/**
 * Who is signed in, `{user, name, role}`.
 *
 * Throws a `SignInError` whose `why` is `nobody`, `notAgent`, `bad` (what the address brought is not good), or
 * `unreachable`.
 */
export async function signIn() {
  const brought = entrance.brought();
  const { who, error } = await (brought === null ? byCookie() : entrance.signIn(brought));
  if (error && !(error instanceof api.ApiError)) throw error;
  if (error) throw new SignInError(error.passing ? "unreachable" : brought === null ? "nobody" : "bad");
  if (!MAY_ENTER.has(who.role)) throw new SignInError("notAgent");
  return who;
}

const byCookie = () => api.renewToken().then((who) => ({ who }), (error) => ({ error }));

export class SignInError extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}
