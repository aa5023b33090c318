// What an address brings along to sign in with, and what the page says of it.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { brought, signIn } from "../../web/entrance.js";
import { gone, notSignedIn, signedIn, unopened } from "../../web/words.js";

const { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });

/** What is taken out of an address with this `#` part, and what is left of it. */
function taken(hash) {
  let left = null;
  const history = { replaceState: (_state, _title, address) => { left = address; } };
  const found = brought({ hash, pathname: "/chat/", search: "?bot=stock" }, history);
  return [found, left];
}

function answer(status, body) {
  const calls = [];
  globalThis.fetch = async (path, { method, headers, body: sent }) => {
    calls.push({ path, method, headers, sent });
    return new Response(JSON.stringify(body), { status });
  };
  return calls;
}

test("a code or a token leaves the address at once", () => {
  assert.deepEqual(taken("#code=abc"), [{ name: "code", value: "abc" }, "/chat/?bot=stock"]);
  assert.deepEqual(taken("#token=e.y.J"), [{ name: "token", value: "e.y.J" }, "/chat/?bot=stock"]);
});

test("nothing else is taken out of an address", () => {
  for (const hash of ["", "#", "#code=", "#message", "#xcode=1", "#code", "#Code=1"]) {
    assert.deepEqual(taken(hash), [null, null], hash);
  }
});

test("a code goes in the body, and a token in the header", async () => {
  const who = { user: "admin", role: "admin", expires: "2026-01-02T18:00:00.000Z" };
  const calls = answer(200, who);
  assert.deepEqual(await signIn({ name: "code", value: "abc" }), { who });
  assert.deepEqual(await signIn({ name: "token", value: "e.y.J" }), { who });
  const [code, token] = calls;
  assert.deepEqual([code.path, code.method, code.sent], ["api/token", "POST", "{\"code\":\"abc\"}"]);
  assert.deepEqual([token.headers.authorization, token.sent], ["Bearer e.y.J", undefined]);
});

test("what went wrong is said by what was brought", async () => {
  answer(401, { code: "unauthorized", detail: "used" });
  const said = async (name) => notSignedIn(await signIn({ name, value: "x" }));
  assert.match(await said("code"), /the link was used before, or is too old/u);
  assert.match(await said("token"), /the token in the link is not valid/u);
  globalThis.fetch = async () => { throw new TypeError("no network"); };
  assert.match(await said("code"), /cannot be reached.*Open the link once more/u);
});

test("who is signed in is told until when", () => {
  const now = Date.parse("2026-01-02T12:00:00");
  const until = (expires, more) => signedIn({ user: "u1", role: "user", expires, ...more }, now);
  const today = new Date("2026-01-02T18:00:00").toISOString();
  const time = new Date(today).toLocaleTimeString([], { timeStyle: "short" });
  assert.equal(until(today, { role: "admin" }), `You\u2019re signed in as administrator until ${time}.`);
  assert.equal(until(today, { name: "Ann", role: "agent" }), `You\u2019re signed in as Ann until ${time}.`);
  assert.equal(until(today), `You\u2019re signed in as u1 until ${time}.`);
  assert.match(until("2026-03-04T18:00:00Z"), /2026/u);
});

test("the end of a sign-in is not the end of a conversation, and its lack has words of its own", () => {
  assert.equal(gone({ status: 401, why: "expired" }, true), "Your sign-in has ended.");
  assert.equal(gone({ status: 500, why: "damaged" }, true), "The rest of this conversation cannot be read.");
  assert.equal(gone({ status: 401 }, true), "The server no longer knows this conversation.");
  assert.match(unopened({ status: 401, detail: "x" })[0], /signed in/u);
  assert.deepEqual(unopened({ status: 422, detail: "x" })[1], "x");
});
