// When a machine and its picture are fetched, and when again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Blueprint } from "../../web/blueprint.js";

const machine = (...names) => ({
  title: "Bot", states: names.map((name) => ({ id: name, name, kind: "atomic", path: [], states: [] })), transitions: [],
});
const at = (name) => ({ state: [name], transition: { from: null } });
const settled = () => new Promise(setImmediate);

/** A blueprint whose answers are those of `answers`, in turn; the last one again and again. */
function blueprint(...answers) {
  const asked = [];
  const load = async (bot) => {
    asked.push(bot);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return { machine: answer, picture: "<svg/>" };
  };
  return Object.assign(new Blueprint({ load, onChange() {} }), { asked });
}

test("a bot's machine is fetched once", async () => {
  const drawn = blueprint(machine("A"));
  drawn.meet("stock");
  drawn.meet("stock");
  drawn.meet(null);
  await settled();
  drawn.learn(at("A"));
  assert.deepEqual(drawn.asked, ["stock"]);
  assert.equal(drawn.picture, "<svg/>");
});

test("a state that it does not have makes it be fetched again, and only once", async () => {
  const drawn = blueprint(machine("A"), machine("A", "B"));
  drawn.meet("stock");
  await settled();
  drawn.learn(at("B"));
  await settled();
  assert.ok(drawn.machine.ids.has("B"));
  for (const name of ["C", "D"]) drawn.learn(at(name));
  await settled();
  assert.equal(drawn.asked.length, 2);
  drawn.reconnected();
  drawn.learn(at("C"));
  await settled();
  assert.equal(drawn.asked.length, 3);
});

test("a failure is said while nothing is there, and passes with the next connection", async () => {
  const drawn = blueprint(new Error("no"), machine("A"), new Error("no"));
  drawn.meet("stock");
  await settled();
  assert.equal(drawn.failed, true);
  drawn.reconnected();
  await settled();
  assert.equal(drawn.failed, false);
  drawn.learn(at("B"));
  await settled();
  assert.equal(drawn.failed, false);
  assert.ok(drawn.machine.ids.has("A"));
});

test("what comes late for a bot that was left is not taken", async () => {
  const drawn = blueprint(machine("A"), machine("B"));
  drawn.meet("one");
  drawn.meet("other");
  await settled();
  assert.deepEqual([...drawn.machine.ids.keys()], ["B"]);
});
