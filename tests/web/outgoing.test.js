// Messages on their way out: each is said once, whatever happens to the requests that carry it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ApiError, retryAfterMs } from "../../web/api.js";
import { Outgoing } from "../../web/outgoing.js";

let posted;
beforeEach(() => {
  posted = [];
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});
afterEach(() => mock.timers.reset());

function begin({ answers = [], store } = {}) {
  let count = 0;
  const refused = [];
  const outgoing = new Outgoing({
    async post(body) {
      posted.push(body);
      const answer = answers.shift() ?? { seq: 2 };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    onChange() {},
    onRefused: (error) => refused.push(error),
    store,
    newId: () => `id-${(count += 1)}`,
    random: () => 1,
  });
  return { outgoing, refused };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const statuses = (outgoing) => outgoing.messages.map(({ status }) => status);

test("a message is pending until the log has it", async () => {
  const { outgoing } = begin();
  outgoing.send({ choose: "LSE" }, "London Stock Exchange");
  assert.deepEqual(statuses(outgoing), ["sending"]);
  await settled();
  assert.deepEqual(posted, [{ choose: "LSE", clientId: "id-1" }]);
  assert.deepEqual(statuses(outgoing), ["accepted"]);
  outgoing.confirm("id-1", 2);
  assert.deepEqual(statuses(outgoing), []);
});

test("the log's news may come before the answer", async () => {
  const { outgoing } = begin();
  outgoing.send({ text: "lse" }, "lse");
  outgoing.confirm("id-1", 2);
  await settled();
  assert.deepEqual(statuses(outgoing), []);
});

test("an accepted message leaves with its seq, should the log's record carry no clientId", async () => {
  const { outgoing } = begin();
  outgoing.send({ text: "lse" }, "lse");
  outgoing.confirm(null, 9);
  assert.deepEqual(statuses(outgoing), ["sending"]);
  await settled();
  outgoing.confirm(null, 2);
  assert.deepEqual(statuses(outgoing), []);
});

test("what passes is tried again with the same clientId, and then offered by hand", async () => {
  const { outgoing, refused } = begin({ answers: Array.from({ length: 5 }, () => new ApiError(503)) });
  outgoing.send({ text: "lse" }, "lse");
  for (const wait of [1_000, 2_000, 4_000, 8_000]) {
    await settled();
    assert.deepEqual(statuses(outgoing), ["retrying"]);
    mock.timers.tick(wait);
  }
  await settled();
  assert.deepEqual(statuses(outgoing), ["failed"]);
  assert.equal(refused.length, 1);
  outgoing.retry("id-1");
  await settled();
  assert.deepEqual(statuses(outgoing), ["accepted"]);
  assert.deepEqual(new Set(posted.map(({ clientId }) => clientId)), new Set(["id-1"]));
});

test("what will not pass is offered at once, with the reason", async () => {
  const { outgoing, refused } = begin({ answers: [new ApiError(409, { code: "not_offered", options: [] })] });
  outgoing.send({ choose: "LSE" }, "London Stock Exchange");
  await settled();
  assert.equal(outgoing.messages[0].error.code, "not_offered");
  assert.deepEqual(refused[0].options, []);
  outgoing.discard("id-1");
  assert.deepEqual(statuses(outgoing), []);
});

test("Retry-After decides when", async () => {
  const { outgoing } = begin({ answers: [new ApiError(429, { retryAfterMs: 5_000 })] });
  outgoing.send({ text: "lse" }, "lse");
  await settled();
  mock.timers.tick(4_999);
  assert.equal(posted.length, 1);
  mock.timers.tick(1);
  assert.equal(posted.length, 2);
});

test("several go one by one, in order", async () => {
  const { outgoing } = begin({ answers: [new ApiError(0)] });
  outgoing.send({ text: "a" }, "a");
  outgoing.send({ text: "b" }, "b");
  await settled();
  assert.deepEqual(statuses(outgoing), ["retrying", "queued"]);
  mock.timers.tick(1_000);
  await settled();
  await settled();
  assert.deepEqual(posted.map(({ text }) => text), ["a", "a", "b"]);
});

test("offline holds messages back, online sends them", async () => {
  const { outgoing } = begin();
  outgoing.setOnline(false);
  outgoing.send({ text: "a" }, "a");
  await settled();
  assert.deepEqual([statuses(outgoing), posted.length], [["queued"], 0]);
  outgoing.setOnline(true);
  await settled();
  assert.equal(posted.length, 1);
});

test("a reload sends again what was not confirmed, and keeps what failed", async () => {
  let kept = "[]";
  const store = { load: () => JSON.parse(kept), save: (list) => { kept = JSON.stringify(list); } };
  const first = begin({ store, answers: [new ApiError(422), { seq: 4 }] }).outgoing;
  first.send({ text: "bad" }, "bad");
  first.send({ text: "good" }, "good");
  await settled();
  await settled();
  first.stop();
  posted = [];
  const second = begin({ store }).outgoing;
  assert.deepEqual(statuses(second), ["failed", "queued"]);
  second.work();
  await settled();
  assert.deepEqual(posted, [{ text: "good", clientId: "id-2" }]);
  second.confirm("id-2", 4);
  assert.deepEqual(statuses(second), ["failed"]);
});

test("Retry-After is seconds or a date", () => {
  assert.equal(retryAfterMs("3"), 3_000);
  assert.equal(retryAfterMs("Fri, 02 Jan 2026 10:00:05 GMT", Date.parse("2026-01-02T10:00:00Z")), 5_000);
  assert.equal(retryAfterMs(null), null);
  assert.equal(retryAfterMs("soon"), null);
});
