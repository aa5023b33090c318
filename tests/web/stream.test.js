// The stream's states under a server that breaks in every way it can. Time and EventSource are fakes.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { OFFLINE_LOOK_MS, SILENCE_MS, STEADY_MS, Stream } from "../../web/stream.js";

let sources;

class FakeEventSource extends EventTarget {
  readyState = 0;

  constructor(address) {
    super();
    this.address = address;
    sources.push(this);
  }

  say(name, data = {}, lastEventId = "") {
    this.readyState = 1;
    this.dispatchEvent(Object.assign(new Event(name), { data: JSON.stringify(data), lastEventId }));
  }

  /** The connection breaks; a browser retries by itself unless the answer was not an event stream. */
  fail({ forGood }) {
    this.readyState = forGood ? 2 : 0;
    this.dispatchEvent(new Event("error"));
  }

  close() {
    this.readyState = 2;
  }
}

function open({ answers = [], renewals = [], online = () => true } = {}) {
  const heard = [];
  const states = [];
  const stream = new Stream({
    address: (cursor) => `events?${cursor}`,
    ask: async () => answers.shift() ?? { status: 0 },
    renew: async () => renewals.shift() ?? { status: 0 },
    onEvent: (name, data) => heard.push([name, data.seq]),
    onState: ({ name }) => states.push(name),
    EventSource: FakeEventSource,
    isOnline: online,
    random: () => 1,
  });
  stream.start();
  return { stream, heard, states };
}

const last = () => sources.at(-1);
/** Lets the answer to “why” arrive. */
const answered = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  sources = [];
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
});
afterEach(() => mock.timers.reset());

test("it is open at the first event, and hands events on in order", () => {
  const { stream, heard } = open();
  assert.equal(stream.state.name, "connecting");
  last().say("connected", { head: 2 });
  last().say("message", { seq: 1 }, "1.aaaa");
  last().say("transition", { seq: 2 }, "2.bbbb");
  assert.equal(stream.state.name, "open");
  assert.deepEqual(heard, [["connected", undefined], ["message", 1], ["transition", 2]]);
  assert.equal(stream.cursor, "2.bbbb");
});

test("only durable events move the cursor, and a reset forgets it", () => {
  const { stream } = open();
  last().say("message", { seq: 1 }, "1.aaaa");
  last().say("heartbeat", {}, "9.zzzz");
  assert.equal(stream.cursor, "1.aaaa");
  last().say("reset", {}, "1.aaaa");
  assert.equal(stream.cursor, "");
});

test("the first break of a good connection is the browser's own to mend", () => {
  const { stream } = open();
  last().say("connected");
  mock.timers.tick(STEADY_MS);
  last().fail({ forGood: false });
  assert.deepEqual([stream.state.name, sources.length], ["connecting", 1]);
  last().say("connected");
  assert.deepEqual([stream.state.name, sources.length], ["open", 1]);
});

test("a 502 that ends the EventSource: ask why, wait, reopen from the cursor", async () => {
  const { stream } = open({ answers: [{ status: 502 }, { status: 200 }] });
  last().say("message", { seq: 7 }, "7.cafe");
  last().fail({ forGood: true });
  await answered();
  assert.deepEqual([stream.state.name, stream.state.why], ["waiting", "unreachable"]);
  assert.equal(stream.state.until, Date.now() + 1_000);
  mock.timers.tick(1_000);
  assert.equal(last().address, "events?7.cafe");
  last().say("connected");
  assert.equal(stream.state.name, "open");
});

test("waiting grows with every failure and starts anew after a steady connection", async () => {
  const { stream } = open();
  const waits = [];
  const failure = async () => {
    last().fail({ forGood: true });
    await answered();
    waits.push(stream.state.until - Date.now());
    mock.timers.tick(stream.state.until - Date.now());
  };
  for (let n = 0; n < 7; n += 1) await failure();
  assert.deepEqual(waits.splice(0), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  last().say("connected");
  await failure();
  assert.deepEqual(waits.splice(0), [30_000], "a connection that broke at once was none");
  last().say("connected");
  mock.timers.tick(STEADY_MS);
  last().say("heartbeat");
  await failure();
  assert.deepEqual(waits, [1_000]);
});

test("a session that is not to be had is gone, and nothing asks for it again by itself", async () => {
  for (const status of [404, 401]) {
    const { stream } = open({ answers: [{ status }] });
    last().fail({ forGood: true });
    await answered();
    assert.deepEqual(stream.state, { name: "gone", status });
    const before = sources.length;
    stream.wentOffline();
    stream.wentOnline();
    stream.reconnect();
    mock.timers.tick(600_000);
    assert.deepEqual([stream.state.name, sources.length], ["gone", before]);
  }
});

test("what was gone may be there again for who starts anew, and is gone on with from the cursor", async () => {
  const { stream } = open({ answers: [{ status: 404 }] });
  last().say("message", { seq: 3 }, "3.abcd");
  last().fail({ forGood: true });
  await answered();
  assert.equal(stream.state.name, "gone");
  stream.start();
  assert.equal(last().address, "events?3.abcd");
  last().say("connected");
  assert.equal(stream.state.name, "open");
  const before = sources.length;
  stream.start();
  assert.equal(sources.length, before, "once is enough");
});

test("Retry-After is honoured", async () => {
  const { stream } = open({ answers: [{ status: 429, retryAfterMs: 7_000 }] });
  last().fail({ forGood: true });
  await answered();
  assert.deepEqual([stream.state.why, stream.state.until - Date.now()], ["overloaded", 7_000]);
});

test("a server that says goodbye says when to come back", () => {
  for (const name of ["overloaded", "restarting"]) {
    const { stream } = open();
    last().say("connected");
    const said = last();
    said.say(name, { reason: "because", retryMs: 2_500 });
    assert.deepEqual([stream.state.name, stream.state.why, said.readyState], ["waiting", name, 2]);
    mock.timers.tick(2_499);
    assert.equal(stream.state.name, "waiting");
    mock.timers.tick(1);
    assert.equal(stream.state.name, "connecting");
    stream.stop();
  }
});

test("where what comes next is damaged it does not come back, and says why", () => {
  const { stream } = open();
  last().say("message", { seq: 5 }, "5.beef");
  const ended = last();
  ended.say("damaged", { reason: "because", retryMs: 15_000 });
  assert.deepEqual(stream.state, { name: "gone", status: 500, why: "damaged" });
  assert.equal(ended.readyState, 2);
  mock.timers.tick(60_000);
  assert.equal(last(), ended);
});

test("at the end of its token it asks for another once, and goes on from its cursor", async () => {
  const { stream } = open({ renewals: [{ status: 200 }] });
  last().say("message", { seq: 5 }, "5.beef");
  mock.timers.tick(STEADY_MS);
  const ended = last();
  ended.say("expired", { retryMs: 2_500 });
  assert.deepEqual([stream.state.name, ended.readyState], ["connecting", 2]);
  await answered();
  assert.deepEqual([sources.length, last().address], [2, "events?5.beef"]);
  last().say("connected");
  assert.equal(stream.state.name, "open");
});

test("a token that is renewed and ends at once is not asked for without a pause", async () => {
  const { stream } = open({ renewals: [{ status: 200 }, { status: 200 }] });
  last().say("connected");
  last().say("expired", { retryMs: 2_500 });
  await answered();
  assert.deepEqual([stream.state.why, stream.state.until - Date.now()], ["expired", 2_500]);
});

test("without another token it has ended for good, and says why", async () => {
  const { stream } = open({ renewals: [{ status: 401 }] });
  last().say("connected");
  last().say("expired", { retryMs: 1_000 });
  await answered();
  assert.deepEqual(stream.state, { name: "gone", status: 401, why: "expired" });
});

test("a server that does not answer whether there is another token is asked again by connecting", async () => {
  const { stream } = open();
  last().say("connected");
  last().say("expired", { retryMs: 1_000 });
  await answered();
  assert.deepEqual([stream.state.name, stream.state.why], ["waiting", "unreachable"]);
  mock.timers.tick(1_000);
  assert.equal(sources.length, 2);
});

test("an answer about a token that comes after somebody left changes nothing", async () => {
  const { stream } = open({ renewals: [{ status: 200 }] });
  last().say("connected");
  last().say("expired");
  stream.stop();
  await answered();
  assert.deepEqual([stream.state.name, sources.length], ["closed", 1]);
});

test("silence for two and a half heartbeats is a dead connection", async () => {
  const { stream } = open({ answers: [{ status: 200 }] });
  last().say("connected");
  mock.timers.tick(SILENCE_MS - 1);
  last().say("heartbeat");
  mock.timers.tick(SILENCE_MS - 1);
  assert.equal(stream.state.name, "open");
  mock.timers.tick(1);
  await answered();
  assert.equal(stream.state.name, "waiting");
  mock.timers.tick(1_000);
  assert.equal(sources.length, 2);
});

test("offline is said at once, and online reconnects at once", () => {
  const { stream } = open();
  last().say("message", { seq: 3 }, "3.abcd");
  stream.wentOffline();
  assert.deepEqual([stream.state.name, last().readyState], ["offline", 2]);
  stream.wentOnline();
  assert.deepEqual([stream.state.name, last().address], ["connecting", "events?3.abcd"]);
});

test("a browser that is wrong about being offline is not believed for ever", () => {
  const { stream } = open({ online: () => false });
  stream.wentOffline();
  mock.timers.tick(OFFLINE_LOOK_MS);
  last().say("connected");
  assert.equal(stream.state.name, "open");
});

test("a closed connection is not heard any more", () => {
  const { stream, heard } = open();
  const old = last();
  old.say("connected");
  stream.wentOffline();
  stream.wentOnline();
  old.say("message", { seq: 1 }, "1.aaaa");
  old.fail({ forGood: true });
  assert.deepEqual(heard, [["connected", undefined]]);
  assert.equal(stream.state.name, "connecting");
});

test("an answer that comes after somebody left changes nothing", async () => {
  const { stream, states } = open({ answers: [{ status: 404 }] });
  last().fail({ forGood: true });
  stream.stop();
  await answered();
  assert.equal(stream.state.name, "closed");
  assert.equal(states.includes("gone"), false);
});

test("what is not JSON is passed over", () => {
  const { stream, heard } = open();
  last().say("connected");
  last().dispatchEvent(Object.assign(new Event("message"), { data: "{", lastEventId: "1.aaaa" }));
  assert.deepEqual([stream.state.name, heard.length, stream.cursor], ["open", 1, ""]);
});

test("a server that says how often it gives a sign of life is held to that, on this connection", async () => {
  const { states } = open({ answers: [{ status: 200 }] });
  last().say("connected", { heartbeatMs: 1_000 });
  mock.timers.tick(2_499);
  last().say("heartbeat");
  mock.timers.tick(2_499);
  assert.deepEqual(states.at(-1), "open");
  mock.timers.tick(1);
  await answered();
  assert.deepEqual(states.at(-1), "waiting");
  mock.timers.tick(1_000);
  mock.timers.tick(SILENCE_MS - 1);
  assert.deepEqual(states.at(-1), "connecting");
});

test("a heartbeat that makes no sense is as good as none", () => {
  for (const heartbeatMs of [0, -1, "often", null, Number.MAX_SAFE_INTEGER]) {
    const { states } = open();
    last().say("connected", { heartbeatMs });
    mock.timers.tick(SILENCE_MS - 1);
    assert.deepEqual(states.at(-1), "open");
  }
});
