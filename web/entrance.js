// The entrance: signing in by what the address brings along. `#code=` is a link from the server's terminal, good once;
// `#token=` comes from a site that knows its readers. What follows a `#` no server sees, and here it leaves the address
// before anything else happens, so that neither the history nor a copied address keeps it.

import * as api from "./api.js";

/** `{name: "code" | "token", value}`, taken out of the address; null if it brings neither. */
export function brought(location = globalThis.location, history = globalThis.history) {
  const [, name, value] = /^#(code|token)=(.+)$/u.exec(location.hash) ?? [];
  if (!name) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return { name, value };
}

/** What became of it: `{who}`, or `{name, error}`. */
export async function signIn({ name, value }) {
  try {
    return { who: await (name === "code" ? api.redeemCode(value) : api.bringToken(value)) };
  } catch (error) {
    return { name, error };
  }
}
