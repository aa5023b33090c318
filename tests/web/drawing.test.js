// What is drawn, as far as it is decided without a page: the machine's boxes, completions, words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../web/completions.js";
import { boxes, lastStep } from "../../web/machine.js";
import { age, connection, paragraphs, refusal, spaced, trouble } from "../../web/words.js";

const leaf = (name, kind = "atomic") => ({ name, kind, states: [] });
const MACHINE = {
  initial: "ChooseExchange",
  states: [
    { name: "Conversation", kind: "compound", states: [
      leaf("ChooseExchange"),
      { name: "Exchange", kind: "compound", states: [leaf("ChooseStock"), leaf("ShowPrice")] },
    ] },
    leaf("Ended", "final"),
  ],
};
const STEP = {
  state: ["Conversation", "Exchange", "ChooseStock"],
  pending: [],
  transition: { input: "ChooseExchange", from: "ChooseExchange", to: "ChooseStock",
    handledBy: "ChooseExchange", exited: ["ChooseExchange"], entered: ["Exchange", "ChooseStock"] },
};

const flat = (states) => states.flatMap((state) => [state, ...flat(state.states)]);

test("the path is lit down to where the conversation is", () => {
  const all = flat(boxes(MACHINE, STEP));
  assert.deepEqual(all.filter(({ isLit }) => isLit).map(({ name }) => name), STEP.state);
  assert.deepEqual(all.filter(({ isHere }) => isHere).map(({ name }) => name), ["ChooseStock"]);
  assert.deepEqual(all.filter(({ wasLeft }) => wasLeft).map(({ name }) => name), ["ChooseExchange"]);
  assert.deepEqual(all.filter(({ isInitial }) => isInitial).map(({ name }) => name), ["ChooseExchange"]);
});

test("before the first step nothing is lit", () => {
  assert.equal(flat(boxes(MACHINE, null)).some(({ isLit }) => isLit), false);
  assert.equal(lastStep(null), null);
});

test("the last step is named, moved or not", () => {
  assert.deepEqual(lastStep(STEP).what, { from: "Choose exchange", to: "Choose stock", stayed: false });
  const internal = { input: "Help", from: "ShowPrice", to: "ShowPrice", handledBy: "Conversation", exited: [], entered: [] };
  assert.equal(lastStep({ transition: internal }).what.stayed, true);
  const again = { ...internal, exited: ["ShowPrice"], entered: ["ShowPrice"] };
  assert.equal(lastStep({ transition: again }).what.stayed, false);
  assert.equal(lastStep({ transition: { ...internal, from: null } }).what.from, null);
});

test("a machine that has just started was given no input", () => {
  const started = { input: null, from: null, to: "ChooseExchange", handledBy: null, exited: [], entered: ["ChooseExchange"] };
  assert.deepEqual(lastStep({ transition: started }),
    { what: { from: null, to: "Choose exchange", stayed: false }, input: null, handledBy: null, exact: null });
});

const OPTIONS = [
  { id: "NASDAQ", label: "Nasdaq" }, { id: "NYSE", label: "New York Stock Exchange" },
  { id: "LSE", label: "London Stock Exchange" }, { id: "go-back", label: "Go back" },
];
const ids = (text) => complete(text, OPTIONS).map(({ id }) => id);

test("completions fit by id, by beginning, by word, and by part", () => {
  assert.deepEqual(ids("ls"), ["LSE"]);
  assert.deepEqual(ids("new"), ["NYSE"]);
  assert.deepEqual(ids("stock"), ["NYSE", "LSE"]);
  assert.deepEqual(ids("change"), ["NYSE", "LSE"]);
  assert.deepEqual(ids("  "), OPTIONS.map(({ id }) => id));
  assert.deepEqual(ids("zzz"), []);
  assert.deepEqual(ids("l\nse"), []);
});

test("identifiers become words", () => {
  assert.equal(spaced("ChooseExchange"), "Choose exchange");
  assert.equal(spaced("FetchQuote"), "Fetch quote");
  assert.equal(spaced("OpenURLNow"), "Open URL now");
  assert.equal(spaced("Ended"), "Ended");
});

test("paragraphs are parted by empty lines, and control characters are seen", () => {
  assert.deepEqual(paragraphs("a\nb\n\nc\n\n\n"), ["a\nb", "c"]);
  assert.deepEqual(paragraphs("a\u0000b\tc"), ["a\ufffdb\tc"]);
  assert.deepEqual(paragraphs("<b>x</b>"), ["<b>x</b>"]);
});

test("ages are whole and never of the future", () => {
  const ages = [-5_000, 59_000, 60_000, 7_200_000, 90_000_000].map((ms) => age(0, ms));
  assert.deepEqual(ages, ["just now", "just now", "1 minute ago", "2 hours ago", "1 day ago"]);
});

test("the connection is said in words", () => {
  assert.equal(connection({ name: "waiting", until: 3_500 }, 1_000), "Reconnecting in 3 s");
  assert.equal(connection({ name: "waiting", until: 1_000 }, 2_000), "Reconnecting in 1 s");
  assert.equal(trouble({ name: "open" }), null);
  assert.match(trouble({ name: "waiting", why: "restarting" }), /restarting/);
  assert.equal(refusal({ status: 422, code: "empty_text", detail: "The text is empty." }), "the text is empty");
});
