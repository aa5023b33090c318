// Who the reader is to the server. Asked once; where no answer came, asked again when there is a reason to.

import * as api from "./api.js";

/** `{user, name, role}`, or null while it is not known. */
let me = null;
let asking = null;

export const user = () => me?.user ?? null;

/** Resolves once it is known, or is not to be had now. */
export function learn() {
  asking ??= api.whoAmI()
    .then((told) => { me = told; }, () => {})
    .finally(() => { asking = null; });
  return me ? Promise.resolve() : asking;
}
