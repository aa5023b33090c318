// The people of a conversation as a fold: who is here, who types, whose words carry which mark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ALONE, TYPING_MS, lastWord, marks, meet, others, present, whoTypes } from "../../web/company.js";
import { NOTHING_SAID, receive } from "../../web/conversation.js";
import * as words from "../../web/words.js";

const NOON = Date.parse("2026-01-02T12:00:00.000Z");
const fold = (events, from = ALONE, now = NOON) => events.reduce((company, [name, data]) => meet(company, name, data, now), from);
const presence = (user, state) => ["presence", { user, state, lastSeen: "2026-01-02T11:59:00.000Z" }];
const status = (user, delivered, read) => ["status", { user, delivered, read }];
const typing = (kind, id, isTyping = true) => ["typing", { from: { kind, id }, isTyping }];
const said = (seq, kind, id, more) => ["message", { seq, from: { kind, id }, text: "words", ...more }];
const step = (seq, ...state) => said(seq, "bot", "stock", { state });
const users = (people) => people.map(({ user }) => user);

test("with a bot alone there is no company, whatever the reader does", () => {
  const company = fold([["connected", { stream: "s1" }], step(1, "Greeting"), said(2, "user", "me"), typing("bot", "stock")]);
  assert.deepEqual([others(company, "me"), present(company, "me")], [[], []]);
  assert.equal(company.stream, "s1");
});

test("who the reader is must be known before anybody is somebody else", () => {
  const company = fold([said(1, "user", "me"), said(2, "agent", "bob")]);
  assert.deepEqual(users(others(company, null)), []);
  assert.deepEqual(users(others(company, "me")), ["bob"]);
  assert.deepEqual(users(others(company, "bob")), ["me"]);
});

test("presence holds for one connection, receipts for good", () => {
  const here = fold([presence("bob", "online"), status("bob", 4, 2), presence("bob", "away")]);
  assert.deepEqual(present(here, "me").map(({ state }) => state), ["away"]);
  const again = fold([["connected", { stream: "s2" }]], here);
  assert.deepEqual([present(again, "me"), others(again, "me")[0].delivered, again.stream], [[], 4, "s2"]);
});

test("receipts never go down, and broken ones change nothing", () => {
  const company = fold([status("bob", 7, 5), status("bob", 3, 6), status("bob", null, "x"), ["status", {}]]);
  assert.deepEqual(others(company, "me").map(({ delivered, read }) => [delivered, read]), [[7, 6]]);
});

test("an agent who gave the conversation back is not shown as here", () => {
  const held = fold([step(1, "Handoff", "WithAgent"), presence("bob", "online"), said(2, "agent", "bob")]);
  assert.deepEqual(users(present(held, "me")), ["bob"]);
  assert.deepEqual(users(present(fold([step(3, "ChooseExchange")], held), "me")), []);
});

test("typing ends with the word, with its own end, and by itself; the reader's own is not shown", () => {
  const ids = (company, now = NOON) => whoTypes(company, "me", now).map(({ id }) => id);
  const company = fold([typing("agent", "bob"), typing("user", "eve"), typing("user", "me"), typing("agent", "bob")]);
  assert.deepEqual(ids(company), ["eve", "bob"]);
  assert.deepEqual(ids(fold([said(1, "agent", "bob")], company)), ["eve"]);
  assert.deepEqual(ids(fold([typing("user", "eve", false)], company)), ["bob"]);
  assert.deepEqual(ids(company, NOON + TYPING_MS), []);
  assert.deepEqual(ids(fold([["connected", {}]], company)), []);
});

test("an agent's typing ends where the machine goes on to another place", () => {
  const held = fold([step(1, "Handoff", "WithAgent"), typing("agent", "bob"), typing("user", "eve")]);
  const ids = (company) => whoTypes(company, "me", NOON).map(({ id }) => id);
  assert.deepEqual(ids(fold([step(2, "Handoff", "WithAgent")], held)), ["bob", "eve"]);
  assert.deepEqual(ids(fold([step(2, "Exchange", "ChooseStock")], held)), ["eve"]);
});

test("the line is shown until it is over, or an agent speaks", () => {
  const waiting = fold([["line", { place: 2, waiting: 3 }]]);
  assert.deepEqual(waiting.line, { place: 2, waiting: 3 });
  assert.equal(fold([["line", { place: null, waiting: 1 }]], waiting).line, null);
  assert.equal(fold([said(4, "agent", "bob")], waiting).line, null);
});

/** Marks as `seq mark`, the latest first, of a log and what others have received of it. */
function marked(log, company) {
  const { entries } = log.reduce((conversation, [name, data]) => receive(conversation, name, data), NOTHING_SAID);
  return [...marks(entries, fold(company), "me")].map((mark) => mark.join(" "));
}

test("each mark stands once, under the last message that it holds for", () => {
  const log = [1, 2, 3, 4, 5, 6].map((seq) => said(seq, "user", "me"));
  assert.deepEqual(marked(log, [status("bob", 4, 2)]), ["6 sent", "4 delivered", "2 read"]);
  assert.deepEqual(marked(log, [status("bob", 6, 6)]), ["6 read"]);
  assert.deepEqual(marked(log, [presence("bob", "away")]), ["6 sent"]);
  assert.deepEqual(marked(log, [status("bob", 2, 1), status("eve", 5, 4)]), ["6 sent", "5 delivered", "4 read"]);
});

test("no mark with a bot alone, none on others' words, and no tick for what the bot has answered", () => {
  const log = [step(1, "A"), said(2, "user", "me"), step(3, "B")];
  assert.deepEqual(marked(log, []), []);
  assert.deepEqual(marked(log, [presence("bob", "online")]), []);
  assert.deepEqual(marked(log, [status("bob", 3, 3)]), ["2 read"]);
  assert.deepEqual(marked([said(1, "user", "eve"), said(2, "agent", "bob")], [status("bob", 2, 2)]), []);
});

test("a step that says nothing answers as well", () => {
  const log = [said(1, "user", "me"), ["transition", { seq: 2, from: { kind: "bot", id: "stock" }, state: ["Fetch"] }]];
  assert.deepEqual(marked(log, [presence("bob", "online")]), []);
});

test("the last word is that of a person who is not the reader", () => {
  const entries = [said(1, "agent", "bob"), said(2, "user", "me"), step(3, "A")].map(([, data]) => data);
  assert.equal(lastWord(entries, "me"), 1);
  assert.equal(lastWord(entries, "bob"), 2);
  assert.equal(lastWord(entries, null), 0);
});

test("people in words", () => {
  assert.equal(words.person("guest-Zk3jH8sdQx91"), "Guest Qx91");
  assert.equal(words.person("al\u0007ice@example.org"), "al\ufffdice@example.org");
  assert.equal(words.typing(["Alice"]), "Alice is typing…");
  assert.equal(words.typing(["Alice", "Bob"]), "Alice and Bob are typing…");
  assert.equal(words.typing(["Alice", "Bob", "Eve"]), "Several people are typing…");
  assert.equal(words.typing(["x".repeat(200)]), `${"x".repeat(31)}… is typing…`);
  assert.equal(words.handoffRefusal({ code: "taken" }, "x".repeat(200)), `${"x".repeat(31)}… has taken it already.`);
  assert.equal(words.line({ place: 1, waiting: 1 }), "You’re first in the line.");
  assert.equal(words.line({ place: 2, waiting: 3 }), "You’re number 2 in the line.");
  assert.equal(words.presence({ state: "reconnecting", lastSeen: NOON }, NOON), "reconnecting…");
  assert.deepEqual([0, 59_999, 60_000, 7_199_999].map((ms) => words.waited(NOON - ms, NOON)), ["just now", "just now", "1 min", "1 h"]);
  assert.equal(words.presence({ state: null, lastSeen: 0 }, NOON), null);
  assert.match(words.presence({ state: "offline", lastSeen: NOON }, NOON), /^last seen \d/u);
  assert.match(words.presence({ state: "offline", lastSeen: NOON - 86_400_000 }, NOON), /^last seen yesterday \d/u);
});
