// The conversation as a fold over the stream's events: what is drawn after each of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SAID, botName, groups, isBusy, isCaughtUp, offered, receive, reoffer } from "../../web/conversation.js";

const LSE = { id: "LSE", label: "London Stock Exchange" };
const GSK = { id: "GSK", label: "GSK PLC" };

const bot = (seq, text, more = {}) => ["message", {
  seq, at: "2026-01-02T10:00:00.000Z", from: { kind: "bot", id: "stock" }, text, options: [],
  state: ["Conversation", "ChooseExchange"], pending: [],
  transition: { input: "Start", from: null, to: "ChooseExchange", handledBy: "Conversation", exited: [], entered: [] },
  ...more,
}];
const user = (seq, text, more = {}) => ["message",
  { seq, at: "2026-01-02T10:00:30.000Z", from: { kind: "user", id: "guest" }, text, ...more }];
const silent = (seq, pending) => {
  const [, { text, ...step }] = bot(seq, "");
  return ["transition", { ...step, pending }];
};
const fold = (events, from = NOTHING_SAID) =>
  events.reduce((conversation, [name, data]) => receive(conversation, name, data), from);
const texts = ({ entries }) => entries.map(({ text }) => text);

test("messages are drawn in order, and the step's options with them", () => {
  const conversation = fold([bot(1, "Hello", { options: [LSE] }), user(2, "lse"), bot(3, "Which stock?", { options: [GSK] })]);
  assert.deepEqual(texts(conversation), ["Hello", "lse", "Which stock?"]);
  assert.deepEqual(offered(conversation), [GSK]);
  assert.equal(botName(conversation), "stock");
});

test("what comes twice counts once", () => {
  const events = [bot(1, "Hello"), user(2, "lse"), bot(3, "Which stock?")];
  const once = fold(events);
  assert.equal(fold(events, once), once);
  assert.equal(fold([...events.slice(1), ...events], once), once);
});

test("a step that says nothing moves the machine, shows work and takes the options away", () => {
  const said = fold([bot(1, "Hello", { options: [LSE] })]);
  const busy = fold([user(2, "gsk"), silent(3, ["FetchQuote"])], said);
  assert.deepEqual(texts(busy), ["Hello", "gsk"]);
  assert.equal(isBusy(busy), true);
  assert.deepEqual(offered(busy), []);
  assert.equal(isBusy(fold([bot(4, "1,574.80 GBX")], busy)), false);
});

test("a user's message leaves the machine's step as it was", () => {
  const before = fold([bot(1, "Hello", { options: [LSE] })]);
  assert.equal(fold([user(2, "lse")], before).step, before.step);
});

test("reset clears everything, and the same seqs are taken again", () => {
  const before = fold([["connected", { head: 2 }], bot(1, "old"), user(2, "old too")]);
  const cleared = fold([["reset", { reason: "cursor" }]], before);
  assert.deepEqual([cleared.seq, cleared.entries, cleared.step], [0, [], null]);
  assert.deepEqual(texts(fold([bot(1, "new")], cleared)), ["new"]);
});

test("options named by a refusal hold until the next step", () => {
  const refused = reoffer(fold([bot(1, "Hello", { options: [LSE] })]), [GSK]);
  assert.deepEqual(offered(refused), [GSK]);
  assert.deepEqual(offered(fold([user(2, "x")], refused)), [GSK]);
  assert.deepEqual(offered(fold([bot(3, "Again", { options: [LSE] })], refused)), [LSE]);
});

test("history is told from news by the head at the time of connecting", () => {
  const connected = fold([["connected", { head: 2 }]]);
  assert.equal(isCaughtUp(connected), false);
  assert.equal(isCaughtUp(fold([bot(1, "a"), bot(2, "b")], connected)), true);
  assert.equal(isCaughtUp(fold([bot(1, "a"), bot(2, "b"), bot(3, "c")], connected)), true);
});

test("events it does not know, and malformed ones, change nothing or only what they can", () => {
  const conversation = fold([bot(1, "Hello")]);
  assert.equal(receive(conversation, "presence", { user: "x" }), conversation);
  assert.equal(receive(conversation, "message", {}), conversation);
  const odd = fold([["message", { seq: 2, text: 7, options: "none" }]], conversation);
  assert.deepEqual([odd.entries[1].text, odd.entries[1].options], ["", []]);
});

test("groups are one speaker's in one minute", () => {
  const at = (seq, text, time) => bot(seq, text, { at: `2026-01-02T10:${time}.000Z` });
  const conversation = fold([at(1, "a", "00:00"), at(2, "b", "00:59"), at(3, "c", "01:00"), user(4, "d")]);
  assert.deepEqual(groups(conversation.entries).map((group) => group.entries.map(({ text }) => text)),
    [["a", "b"], ["c"], ["d"]]);
});
