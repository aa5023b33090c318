// What is drawn, as far as it is decided without a page: what the machine's picture shows, completions, words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { complete } from "../../web/completions.js";
import { fit, scrolled } from "../../web/fit.js";
import { inputsOf, lastStep, placeOf, readMachine, takes, transitionOf, turn, wayTo } from "../../web/machine.js";
import { age, connection, paragraphs, refusal, spaced, trouble } from "../../web/words.js";

const path = (...turns) => turns.map(([did, reply, state, cause]) => ({ did, reply, state, cause }));
const leaf = (name, kind = "atomic", way = []) => ({ id: name, name, kind, path: way, states: [] });
const CHOSEN = ["chooses LSE", "Which stock?", "ChooseStock", { kind: "option", id: "LSE", listed: true }];
const PRICED = ["FetchQuote ends with QuoteArrived", "One pound.", "Show#Price", { kind: "outcome", effect: "FetchQuote" }];
const MACHINE = readMachine({
  title: "Stock bot",
  states: [
    { id: "Conversation", name: "Conversation", kind: "compound", states: [
      leaf("ChooseExchange"),
      { id: "Exchange", name: "Exchange", kind: "compound", states: [
        leaf("ChooseStock", "atomic", path(CHOSEN)),
        { ...leaf("Show♯Price", "atomic", path(CHOSEN, PRICED)), name: "Show#Price" },
      ] },
    ] },
    leaf("Ended", "final"),
  ],
  transitions: [
    { from: "ChooseExchange", to: "ChooseStock", input: "ChooseExchange", handledBy: "ChooseExchange", internal: false, leaves: ["ChooseExchange"], reply: "Which stock?" },
    { from: "Conversation", to: "Conversation", input: "Help", handledBy: "Conversation", internal: true, leaves: ["ChooseExchange", "ChooseStock"], reply: null },
    { from: "Conversation", to: "Conversation", input: "Thanks", handledBy: "Conversation", internal: true, leaves: ["ChooseStock"], reply: "Welcome." },
    { from: "Conversation", to: "Ended", input: "Goodbye", handledBy: "Conversation", internal: false, leaves: ["Show♯Price"], reply: "Bye." },
    { from: "Show♯Price", to: "Show♯Price", input: "Refresh", handledBy: "Show#Price", internal: false, leaves: ["Show♯Price"], reply: null },
  ],
});
const STEP = {
  state: ["Conversation", "Exchange", "ChooseStock"],
  pending: [],
  transition: { input: "ChooseExchange", from: "ChooseExchange", to: "ChooseStock",
    handledBy: "ChooseExchange", exited: ["ChooseExchange"], entered: ["Exchange", "ChooseStock"] },
};
const HELPED = { ...STEP, transition: { input: "Help", from: "ChooseStock", to: "ChooseStock", handledBy: "Conversation", exited: [], entered: [] } };

test("a conversation stands where the picture has that state, whatever its name became there", () => {
  assert.deepEqual(placeOf(MACHINE, STEP), STEP.state);
  assert.deepEqual(placeOf(MACHINE, { state: ["Conversation", "Exchange", "Show#Price"] }), ["Conversation", "Exchange", "Show♯Price"]);
  assert.equal(placeOf(MACHINE, { state: ["Conversation", "Elsewhere"] }), null);
  assert.deepEqual(placeOf(MACHINE, null), []);
});

test("the last transition is marked where it is drawn: at the level that handled it", () => {
  assert.deepEqual(transitionOf(MACHINE, STEP), { from: "ChooseExchange", to: "ChooseStock", stays: false });
  assert.deepEqual(transitionOf(MACHINE, HELPED), { from: "Conversation", to: "Conversation", stays: true });
  const again = { input: "Refresh", from: "Show#Price", to: "Show#Price", handledBy: "Show#Price", exited: ["Show#Price"], entered: ["Show#Price"] };
  assert.deepEqual(transitionOf(MACHINE, { transition: again }), { from: "Show♯Price", to: "Show♯Price", stays: false });
});

test("a start and what nobody took mark nothing, and what is not drawn is told apart from that", () => {
  assert.equal(transitionOf(MACHINE, { transition: { ...STEP.transition, from: null } }), null);
  assert.equal(transitionOf(MACHINE, { transition: { ...STEP.transition, handledBy: null } }), null);
  assert.equal(transitionOf(MACHINE, null), null);
  assert.equal(transitionOf(MACHINE, { transition: { ...STEP.transition, to: "Ended" } }), undefined);
  assert.equal(transitionOf(MACHINE, { transition: { ...STEP.transition, input: "Other" } }), undefined);
});

test("an arrow says its inputs with a reply", () => {
  assert.deepEqual(inputsOf(MACHINE, { from: "Conversation", to: "Conversation", stays: true }),
    [{ input: "Help", reply: null }, { input: "Thanks", reply: "Welcome." }]);
  assert.deepEqual(inputsOf(MACHINE, { from: "Show♯Price", to: "Show♯Price", stays: true }), []);
});

test("a state takes what it and the states around it handle while it is live", () => {
  const help = { inputs: ["Help", "Thanks"], to: "Conversation", stays: true };
  assert.deepEqual(takes(MACHINE, "ChooseStock"), [{ handler: "Conversation", ways: [help] }]);
  assert.deepEqual(takes(MACHINE, "Show♯Price"), [
    { handler: "Show♯Price", ways: [{ inputs: ["Refresh"], to: "Show♯Price", stays: false }] },
    { handler: "Conversation", ways: [{ inputs: ["Goodbye"], to: "Ended", stays: false }] },
  ]);
  assert.deepEqual(takes(MACHINE, "Exchange"), [
    { handler: "Conversation", ways: [help, { inputs: ["Goodbye"], to: "Ended", stays: false }] },
  ]);
  assert.deepEqual(takes(MACHINE, "Ended"), []);
});

test("the way to a state is a conversation; to a superstate, the shortest to a part of it", () => {
  assert.deepEqual(wayTo(MACHINE, "ChooseExchange"), []);
  assert.deepEqual(wayTo(MACHINE, "Exchange"), path(CHOSEN));
  assert.deepEqual(wayTo(MACHINE, "Show♯Price").map(turn), [
    { you: "choose LSE", reply: "Which stock?" },
    { happens: "FetchQuote ends with QuoteArrived", reply: "One pound." },
  ]);
  assert.equal(turn({ did: "", reply: null, cause: { kind: "option", id: "help", listed: false } }).you, "write “help”");
  assert.equal(turn({ did: "time brings Late", reply: null }).happens, "time brings Late");
});

test("the last step is named, moved or not", () => {
  assert.deepEqual(lastStep(STEP).what, { from: "Choose exchange", to: "Choose stock", stayed: false });
  const internal = { input: "Help", from: "ShowPrice", to: "ShowPrice", handledBy: "Conversation", exited: [], entered: [] };
  assert.equal(lastStep({ transition: internal }).what.stayed, true);
  const again = { ...internal, exited: ["ShowPrice"], entered: ["ShowPrice"] };
  assert.equal(lastStep({ transition: again }).what.stayed, false);
  assert.equal(lastStep({ transition: { ...internal, from: null } }).what.from, null);
  assert.equal(lastStep(null), null);
});

test("a machine that has just started was given no input", () => {
  const started = { input: null, from: null, to: "ChooseExchange", handledBy: null, exited: [], entered: ["ChooseExchange"] };
  assert.deepEqual(lastStep({ transition: started }),
    { what: { from: null, to: "Choose exchange", stayed: false }, input: null, handledBy: null });
});

test("a picture is never larger than life, whole if that is legible, and legible before it fits", () => {
  const picture = { width: 400, height: 600 };
  assert.equal(fit(picture, { width: 900, height: 900 }), 1);
  assert.equal(fit(picture, { width: 360, height: 900 }), 0.9);
  assert.equal(fit(picture, { width: 400, height: 540 }), 0.9);
  assert.equal(fit(picture, { width: 400, height: 300 }), 1);
  assert.equal(fit(picture, { width: 100, height: 100 }), 10 / 12);
});

test("a part is scrolled into the middle, unless it is in view already", () => {
  const room = { start: 100, size: 200 };
  assert.equal(scrolled(room, { start: 150, size: 50 }), 100);
  assert.equal(scrolled(room, { start: 110, size: 50 }), 35);
  assert.equal(scrolled(room, { start: 20, size: 50 }), 0);
  assert.equal(scrolled(room, { start: 400, size: 50 }), 325);
  assert.equal(scrolled(room, { start: 50, size: 500 }), 50);
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
