// The SCXML export, run by interpreters of the standard that are not ours: every transition leads where the bot goes.
//
// STATECHAT_PYTHON names a Python that has what requirements.txt lists.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import scxml from "@scion-scxml/scxml";
import { bots, expanded, folder, leaves, report, taken, text, walks } from "./exports.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const python = process.env.STATECHAT_PYTHON ?? here("../../target/venv/bin/python");

/** A text as a name in SCXML, as `scxml_name` in the exporter is documented. */
function nameOf(text) {
  const chars = [...text];
  const names = chars.map((c, index) => {
    if (index === 0 ? /[A-Za-z]/.test(c) : /[A-Za-z0-9-]/.test(c)) return c;
    if (c === " " && chars[index + 1] !== "x") return "_";
    return `_x${c.codePointAt(0).toString(16).toUpperCase()}_`;
  });
  return names.join("") || "_x_";
}

/** And that text again. */
const textOf = (name) => name.replace(/^_x_$|_x([0-9A-F]+)_|_/g, (found, hex) =>
  hex ? String.fromCodePoint(parseInt(hex, 16)) : found === "_" ? " " : "");

const word = (value) => {
  const stands = typeof value === "string" && /^[A-Za-z][A-Za-z0-9-]*$/.test(value) && !/^(true|false|null)$/.test(value);
  return stands ? value : JSON.stringify(value);
};

/** The event of a transition, as `scxml_event` in the exporter is documented. */
function eventOf({ input, data, event }) {
  const plain = data === null ? input : `${input} ${JSON.stringify(data)}`;
  assert.ok(event.startsWith(plain));
  const isObject = data !== null && typeof data === "object" && !Array.isArray(data);
  const values = data === null ? [] : isObject ? Object.entries(data).flat() : [data];
  return nameOf([input, ...values.map(word)].join(" ") + event.slice(plain.length));
}

test("names can be read back", () => {
  for (const text of ["ShowPrice LSE", "a_b", "a x5F b", "_x20_", "1st", "-", "", "日本 🦀", '{"a":"b"}']) {
    assert.equal(textOf(nameOf(text)), text);
    assert.match(nameOf(text), /^[A-Za-z_][A-Za-z0-9_-]*$/);
  }
});

const PROGRAMS = { "python-statemachine": pythonStatemachine, scion };

for (const bot of bots) {
  const graph = expanded(bot);
  for (const [program, run] of Object.entries(PROGRAMS)) {
    test(`${bot}: every transition leads ${program} where the bot goes`, async (t) => {
      const ways = walks(graph);
      const snapshots = await run(`${bot}.scxml`, ways.map((walk) => walk.map(eventOf)));
      report(t, program, bot, graph, ways.flatMap((walk, n) => checkWalk(graph, walk, snapshots[n])));
      assert.equal(new Set(ways.flat()).size, graph.transitions.length);
    });
  }

  test(`${bot}: the SCXML has the bot's transitions and no others`, () => {
    const known = new Set(taken(graph).map((step) => `${nameOf(step.from)} ${eventOf(step)}`));
    assert.deepEqual(transitions(text(`${bot}.scxml`)).sort(), [...known].sort());
  });
}

/** The steps of a walk, each of which led where the bot goes. */
function checkWalk(graph, walk, [start, ...after]) {
  const active = new Map([...leaves(graph)].map(([id, path]) => [id, path.map(nameOf).sort()]));
  assert.deepEqual(start.active.sort(), active.get(graph.initial));
  assert.equal(after.length, walk.length);
  walk.forEach((step, n) => {
    const says = `${step.from} + ${step.event}`;
    assert.deepEqual(after[n].active.sort(), active.get(step.to), says);
    // So that re-entering can be told from staying.
    if (step.from === step.to) assert.deepEqual(after[n].entered, step.internal ? [] : [nameOf(step.to)], says);
  });
  return walk;
}

/** `state event` for each transition in a document. */
function transitions(document) {
  const open = [];
  const found = [];
  for (const [, tag, attributes, closed] of document.matchAll(/<(\/?[a-z]+)([^>]*?)(\/?)>/g)) {
    const value = (name) => attributes.match(` ${name}="([^"]*)"`)?.[1];
    if (tag === "transition") found.push(`${open.at(-1)} ${value("event")}`);
    else if (tag.startsWith("/")) open.pop();
    else if (!closed) open.push(value("id"));
  }
  return found;
}

function pythonStatemachine(file, walks) {
  const { stdout, stderr, status } = spawnSync(python, [here("scxml.py"), join(folder, file)],
    { input: JSON.stringify(walks), encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

async function scion(file, walks) {
  const called = (call) => new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
  const model = await called((done) => scxml.documentStringToModel(file, text(file), done));
  const prepared = await called((done) => model.prepare(done, {}));
  return walks.map((events) => {
    const machine = new scxml.core.Statechart(prepared);
    let entered = [];
    machine.registerListener({ onEntry: (id) => entered.push(id) });
    const snapshot = () => {
      // What the document itself is called begins with a dollar sign.
      const active = machine.getFullConfiguration().filter((id) => !id.startsWith("$"));
      const now = { active, entered };
      entered = [];
      return now;
    };
    machine.start();
    return [snapshot(), ...events.map((event) => (machine.gen(event), snapshot()))];
  });
}
