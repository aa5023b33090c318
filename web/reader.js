// Who the reader is to the server. Asked once; where no answer came, asked again when there is a reason to.

import * as api from "./api.js";

/** `{user, name, role}`, or null while it is not known. */
let me = null;
let asking = null;

export const user = () => me?.user ?? null;

/** Resolves once it is known, or is not to be had now. */
export function learn() {
  if (me !== null) return Promise.resolve();
  asking ??= ask();
  return asking;
}

/** Whoever begins a session with a cookie that the server does not take is somebody else from then on. */
export function forget() {
  me = null;
  asking = null;
}

function ask() {
  const asked = api.renewToken().catch(() => null).then((told) => {
    // Who was asked for before it was forgotten may be somebody else.
    if (asked !== asking) return;
    me = told;
    asking = null;
  });
  return asked;
}
