// The XState export, run by XState: every transition leads where the bot itself goes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createActor, createMachine, initialTransition, transition } from "xstate";
import { bots, expanded, json, leaves, report, taken, text, walks } from "./exports.js";

const config = (bot) => json(`${bot}.xstate.json`);

/** The value of XState's state for each leaf, as the nesting of ids. */
function values(graph) {
  const nested = (path) => path.reduceRight((value, id) => (value === null ? id : { [id]: value }), null);
  return new Map([...leaves(graph)].map(([id, path]) => [id, nested(path)]));
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

/** The `createMachine` module as Node.js runs it, from where XState can be found. */
async function moduleOf(bot) {
  const xstate = JSON.stringify(import.meta.resolve("xstate"));
  const code = text(`${bot}.xstate.mjs`).replace('"xstate"', xstate);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

for (const bot of bots) {
  test(`${bot}: every transition leads where the bot goes`, (t) => {
    const machine = createMachine(withEntries(config(bot)));
    const graph = expanded(bot);
    const value = values(graph);
    const walked = [];
    for (const walk of walks(graph)) {
      let [state] = initialTransition(machine);
      assert.deepEqual(state.value, value.get(graph.initial));
      for (const step of walk) {
        const { from, to, event, internal, entered } = step;
        const [after, actions] = transition(machine, state, { type: event });
        assert.deepEqual(after.value, value.get(to), `${from} + ${event}`);
        if (from === to) {
          const keys = actions.map((action) => action.params.key);
          assert.deepEqual(keys, internal ? [] : [to], `${from} + ${event}, which enters ${entered}`);
        }
        state = after;
        walked.push(step);
      }
    }
    report(t, "xstate", bot, graph, walked);
    assert.equal(new Set(walked).size, graph.transitions.length);
  });

  test(`${bot}: the config has the bot's transitions and no others`, () => {
    const machine = createMachine(config(bot));
    const graph = expanded(bot);
    const known = new Set(taken(graph).map(({ from, event }) => `${from} + ${event}`));
    const found = [...leaves(graph).keys()].flatMap((id) => [...machine.getStateNodeById(id).transitions.keys()].map((event) => `${id} + ${event}`));
    assert.deepEqual(found.sort(), [...known].sort());
  });

  test(`${bot}: the module makes the machine of the config`, async () => {
    const { machine } = await moduleOf(bot);
    assert.deepEqual(machine.config, createMachine(config(bot)).config);
    assert.deepEqual(createActor(machine).getSnapshot().value, values(expanded(bot)).get(expanded(bot).initial));
  });
}

test("stock: London, GSK, go back, main menu", () => {
  const actor = createActor(createMachine(config("stock"))).start();
  const { transitions } = expanded("stock");
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
