// Signing in: by what the address brings once (`#token=`, `#code=`), else by the cookie that is there. What was in
// the address is taken out of it at once, so that neither the history nor a copied link keeps it.

import * as api from "../api.js";
import { brought } from "../entrance.js";

const MAY_ENTER = new Set(["agent", "admin"]);

export const isBrought = () => /^#(?:token|code)=/u.test(location.hash);

/**
 * Who is signed in, `{user, name, role}`.
 *
 * Throws a `SignInError` whose `why` is `nobody`, `notAgent`, `bad` (what the address brought is not good), or
 * `unreachable`.
 */
export async function signIn() {
  const link = brought();
  let who;
  try {
    who = link === null ? await api.renewToken() : await entered(link);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
    throw new SignInError(error.passing ? "unreachable" : link === null ? "nobody" : "bad");
  }
  if (!MAY_ENTER.has(who.role)) throw new SignInError("notAgent");
  return who;
}

const entered = ({ name, value }) => (name === "code" ? api.redeemCode(value) : api.bringToken(value));

export class SignInError extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}
