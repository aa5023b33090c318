// The pictures: what mermaid and Graphviz read in them is the bot's machine, nothing less and nothing more, and both
// draw it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { needsBrowser, useBrowser } from "./e2e/chromium.js";
import { bots, json, text } from "./exports.js";
import { expected, fromGraphviz, fromMermaid, fromPlantuml, plain } from "./pictures.js";

const browser = useBrowser();
const VIEWS = { shape: { json: ".json", picture: "" }, expanded: { json: ".expanded.json", picture: ".expanded" } };

/** More states than these make no picture to look at, and Graphviz and mermaid take hours over it. */
const DRAWN_STATES_MAX = 100;
const count = (states) => states.reduce((sum, state) => sum + 1 + count(state.states), 0);

const byKey = (one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
const sorted = ({ states, arrows, initial, finals }) =>
  ({ states: states.toSorted(byKey), arrows: arrows.toSorted(byKey), initial, finals: finals.toSorted() });

/** Without what the expanded view says of inputs and their data. */
const bare = ({ states, arrows, ...rest }) => ({
  states: states.map(({ key, parent }) => ({ key, parent })),
  arrows: arrows.map(({ from, to }) => ({ from, to })),
  ...rest,
});

function assertShows(found, graph) {
  const wanted = expected(graph);
  assert.ok(wanted.states.length > 0);
  if (graph.view === "shape") {
    assert.deepEqual(sorted(found), sorted(wanted));
    return;
  }
  assert.deepEqual(sorted(bare(found)), sorted(bare(wanted)));
  const inputs = groupLabels(graph);
  for (const { from, to, label } of found.arrows) {
    for (const input of inputs.get(`${from}\n${to}`)) assert.ok(label.includes(input), `${from} → ${to}: ${input} in ${label}`);
  }
}

/** The names of the inputs of each arrow. */
function groupLabels({ transitions }) {
  const found = new Map();
  for (const { from, to, input, internal } of transitions) {
    if (internal && from === to) continue;
    const key = `${plain(from)}\n${plain(to)}`;
    found.set(key, (found.get(key) ?? new Set()).add(plain(input)));
  }
  return found;
}

let loaded = null;

/** The page that has mermaid: one for all, since to load it takes longer than to draw most of the pictures. */
const mermaidPage = () => (loaded ??= loadMermaid());

async function loadMermaid() {
  const page = await browser().newPage();
  await page.addScriptTag({ path: fileURLToPath(import.meta.resolve("mermaid/dist/mermaid.min.js")) });
  await page.evaluate(() => globalThis.mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 10_000 }));
  return page;
}

/** What mermaid reads, and the texts and the number of arrows that it draws. */
const draw = (page, source) => page.evaluate(async (source) => {
  const { mermaid } = globalThis;
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source);
  const statements = JSON.parse(JSON.stringify(db.rootDoc));
  const relations = db.getRelations().length;
  document.body.innerHTML = (await mermaid.render("drawn", source)).svg;
  const labels = [...document.querySelectorAll("svg .label, svg .cluster-label, svg .nodeLabel")].map((label) => label.textContent);
  const arrows = document.querySelectorAll("svg path.transition").length;
  return { statements, relations, labels, arrows };
}, source);

for (const bot of bots) {
  for (const [view, { json: graph, picture }] of Object.entries(VIEWS)) {
    const machine = () => json(bot + graph);

    test(`${bot}, ${view}: what is written for PlantUML is the machine`, () => {
      assertShows(fromPlantuml(text(`${bot}${picture}.puml`)), machine());
    });

    if (count(machine().states) > DRAWN_STATES_MAX) continue;

    test(`${bot}, ${view}: mermaid reads the machine, and draws it`, needsBrowser, async (t) => {
      const page = await mermaidPage();
      const { statements, relations, labels, arrows } = await draw(page, text(`${bot}${picture}.mmd`));
      const found = fromMermaid(statements);
      assertShows(found, machine());
      assert.equal(relations, found.arrows.length + 1 + found.finals.length);
      assert.equal(arrows, relations);
      const drawn = labels.map(plain).join("\n");
      for (const { key } of found.states) assert.ok(drawn.includes(key), key);
      t.diagnostic(`mermaid: ${found.arrows.length} arrows of ${bot}`);
    });

    test(`${bot}, ${view}: Graphviz reads the machine`, (t) => {
      const { stdout, stderr, status } = spawnSync("dot", ["-Tdot_json"], { input: text(`${bot}${picture}.dot`), encoding: "utf8", maxBuffer: 1 << 28 });
      assert.equal(status, 0, stderr);
      assert.equal(stderr, "");
      const found = fromGraphviz(JSON.parse(stdout));
      assertShows(found, machine());
      t.diagnostic(`graphviz: ${found.arrows.length} arrows of ${bot}`);
    });
  }
}
