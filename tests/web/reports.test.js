// What a page tells the others of its reader, and how seldom.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../web/api.js";
import { Attention } from "../../web/attention.js";
import { AGAIN_MS, Composing } from "../../web/composing.js";
import { People } from "../../web/people.js";
import { APART_MS, Receipts } from "../../web/receipts.js";

const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** Receipts under a clock of their own; `answers` are what the server says, errors thrown; then it takes all. */
function receipts(t, answers = []) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const calls = [];
  const put = async (receipt) => {
    calls.push([receipt.delivered, receipt.read]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return receipt;
  };
  const pass = async (ms) => {
    t.mock.timers.tick(ms);
    await settle();
  };
  return { receipts: new Receipts({ put, random: () => 0 }), calls, pass };
}

test("receipts go out at once, then once a second at most, the latest for all", async (t) => {
  const { receipts: sent, calls, pass } = receipts(t);
  sent.raise({ delivered: 1, read: 0 });
  sent.raise({ delivered: 2, read: 0 });
  sent.raise({ delivered: 3, read: 3 });
  await pass(APART_MS - 1);
  assert.deepEqual(calls, [[1, 0]]);
  await pass(1);
  assert.deepEqual(calls, [[1, 0], [3, 3]]);
  await pass(10 * APART_MS);
  assert.equal(calls.length, 2);
});

test("receipts only go up, and what is read has been delivered", async (t) => {
  const { receipts: sent, calls, pass } = receipts(t);
  sent.raise({ delivered: 0, read: 5 });
  await pass(APART_MS);
  sent.raise({ delivered: 4, read: 2 });
  sent.raise({ delivered: 5, read: 0 });
  await pass(APART_MS);
  assert.deepEqual(calls, [[5, 5]]);
});

test("a receipt that failed is sent again in time, or once the connection is back", async (t) => {
  const { receipts: sent, calls, pass } = receipts(t, [new ApiError(0), new ApiError(429, { retryAfterMs: 20_000 })]);
  sent.raise({ delivered: 1, read: 1 });
  await pass(0);
  await pass(APART_MS);
  assert.equal(calls.length, 2);
  await pass(10_000);
  assert.equal(calls.length, 2);
  sent.wentOnline();
  await pass(APART_MS);
  assert.deepEqual(calls, [[1, 1], [1, 1], [1, 1]]);
});

test("receipts that are held wait until they are not", async (t) => {
  const { receipts: sent, calls, pass } = receipts(t);
  sent.raise({ delivered: 1, read: 0 });
  sent.raise({ delivered: 1, read: 1 });
  sent.hold(true);
  await pass(10 * APART_MS);
  assert.deepEqual(calls, [[1, 0]]);
  sent.hold(false);
  await pass(APART_MS);
  assert.deepEqual(calls, [[1, 0], [1, 1]]);
});

test("a server that refuses receipts is not asked again", async (t) => {
  const { receipts: sent, calls, pass } = receipts(t, [new ApiError(403)]);
  sent.raise({ delivered: 1, read: 1 });
  await pass(APART_MS);
  sent.raise({ delivered: 2, read: 2 });
  sent.wentOnline();
  await pass(60_000);
  assert.equal(calls.length, 1);
});

test("typing is said again while it goes on, and ends once", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
  const said = [];
  const composing = new Composing({ say: async (isTyping) => { said.push(isTyping); throw new ApiError(0); } });
  composing.ended();
  composing.typed("  ");
  assert.deepEqual(said, []);
  for (const text of ["h", "he", "hel"]) composing.typed(text);
  assert.deepEqual(said, [true]);
  t.mock.timers.tick(AGAIN_MS);
  composing.typed("hell");
  composing.typed("");
  composing.ended();
  assert.deepEqual(said, [true, true, false]);
});

test("attention is said when it changes, and again to a new stream that cannot know", async () => {
  const said = [];
  const attention = new Attention({ say: async (...what) => { said.push(what.join(" ")); } });
  await attention.update(null, false);
  await attention.update("s1", true);
  await attention.update("s1", false);
  await attention.update("s1", false);
  await attention.update("s1", true);
  await attention.update("s2", true);
  await attention.update("s3", false);
  await attention.update("s4", false);
  await attention.update("s5", true);
  assert.deepEqual(said, ["away s1", "active s1", "away s3", "away s4"]);
});

test("who only watches from now on does not go on typing for the others", async (t) => {
  const told = [];
  t.mock.method(globalThis, "fetch", async (path, { body }) => {
    told.push([path, JSON.parse(body).isTyping]);
    return new Response(null, { status: 204 });
  });
  const people = new People("s1");
  people.me = "bob";
  people.hear("presence", { user: "eve", state: "online" });
  people.typed("I am about to");
  people.watchOnly(true);
  people.watchOnly(true);
  people.typed("I am about to say");
  const path = "api/sessions/s1/typing";
  assert.deepEqual(told, [[path, true], [path, false]]);
  people.watchOnly(false);
  people.typed("I am about to say it");
  assert.deepEqual(told.at(-1), [path, true]);
  people.stop();
});
