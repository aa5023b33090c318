// The XState export, run by XState: every transition leads where the bot itself goes.
//
// Reads <bot>.xstate.json and <bot>.expanded.json, which `cargo test` writes; STATECHAT_EXPORTS names another folder.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createActor, createMachine, transition } from "xstate";

const folder = process.env.STATECHAT_EXPORTS ?? fileURLToPath(new URL("../../target/tmp/exports", import.meta.url));

const read = name => JSON.parse(readFileSync(join(folder, name), "utf8"));

// The value of XState's state for each id, as the nesting of ids.
function values(states, nest = value => value, found = new Map()) {
  for (const { id, states: parts } of states) {
    if (parts.length === 0) found.set(id, nest(id));
    else values(parts, value => nest({ [id]: value }), found);
  }
  return found;
}

// Each state notes that it is entered, so that re-entering can be told from staying.
function withEntries(node, key) {
  const states = Object.entries(node.states ?? {}).map(([key, state]) => [key, withEntries(state, key)]);
  return {
    ...node,
    ...(key && { entry: { type: "enter", params: { key } } }),
    ...(states.length && { states: Object.fromEntries(states) }),
  };
}

for (const bot of ["stock", "lamp", "hostile"]) {
  test(`${bot}: starts where the bot starts`, () => {
    const machine = createMachine(read(`${bot}.xstate.json`));
    const graph = read(`${bot}.expanded.json`);
    const actor = createActor(machine).start();
    assert.deepEqual(actor.getSnapshot().value, values(graph.states).get(graph.initial));
  });

  test(`${bot}: every transition leads where the bot goes`, () => {
    const machine = createMachine(withEntries(read(`${bot}.xstate.json`)));
    const graph = read(`${bot}.expanded.json`);
    const value = values(graph.states);
    assert.ok(graph.transitions.length > 0);
    for (const { from, to, event, internal, entered } of graph.transitions) {
      const before = machine.resolveState({ value: value.get(from) });
      const [after, actions] = transition(machine, before, { type: event });
      assert.deepEqual(after.value, value.get(to), `${from} + ${event}`);
      if (from === to) {
        const keys = actions.map(action => action.params.key);
        assert.deepEqual(keys, internal ? [] : [to], `${from} + ${event}, which enters ${entered}`);
      }
    }
  });

  test(`${bot}: knows no transition that the bot does not`, () => {
    const machine = createMachine(read(`${bot}.xstate.json`));
    const graph = read(`${bot}.expanded.json`);
    const known = new Set(graph.transitions.map(({ from, event }) => `${from} + ${event}`));
    for (const id of values(graph.states).keys()) {
      for (const event of machine.getStateNodeById(id).ownEvents) {
        assert.ok(known.has(`${id} + ${event}`), `${id} + ${event}`);
      }
    }
  });

  test(`${bot}: every leaf can be reached by events alone`, () => {
    const machine = createMachine(read(`${bot}.xstate.json`));
    const graph = read(`${bot}.expanded.json`);
    const reached = new Map();
    const queue = [createActor(machine).getSnapshot()];
    while (queue.length > 0) {
      const state = queue.pop();
      const key = JSON.stringify(state.value);
      if (reached.has(key)) continue;
      reached.set(key, state);
      if (state.status !== "active") continue;
      for (const type of new Set(state._nodes.flatMap(node => node.ownEvents))) {
        queue.push(transition(machine, state, { type })[0]);
      }
    }
    const expected = [...values(graph.states).values()].map(value => JSON.stringify(value));
    assert.deepEqual([...reached.keys()].sort(), expected.sort());
  });
}

test("stock: London, GSK, go back, main menu", () => {
  const actor = createActor(createMachine(read("stock.xstate.json"))).start();
  const { transitions } = read("stock.expanded.json");
  const leaf = value => (typeof value === "string" ? value : leaf(Object.values(value)[0]));
  const outcome = transitions.find(({ input }) => input === "QuoteArrived").event;
  for (const [type, place] of [
    ['ChooseExchange {"exchange":"LSE"}', "ChooseStock LSE"],
    ['ChooseStock {"exchange":"LSE","stock":"GSK"}', "FetchQuote LSE GSK"],
    [outcome, "ShowPrice LSE GSK"],
    ["GoBack", "ChooseStock LSE"],
    ["MainMenu", "ChooseExchange"],
  ]) {
    actor.send({ type });
    assert.equal(leaf(actor.getSnapshot().value), place);
  }
});
