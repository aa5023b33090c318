// What a picture of a machine must show, by the JSON export, and what three languages for pictures do show: each as
// `{ states: [{ key, parent, text }], arrows: [{ from, to, label }], initial, finals }`.

const unprintable = /[\p{Cc}\u{fffe}\u{ffff}]/gu;

/** A label in one line, whichever way it was broken. */
export const plain = (label) => label.replace(unprintable, " ").replace(/\s+/gu, " ").trim();

/** A name as a key, as in the exporter's `safe`. */
function safe(name) {
  const alike = { ".": "·", "\\": "∖", "#": "♯" };
  const key = name.replace(unprintable, " ").replace(/[.\\#]/gu, (c) => alike[c]);
  if (key === "__proto__") return "_proto_";
  return key.trim() === "" ? "?" : key;
}

/** What a picture of a graph must show. Labels are those of the shape view: in the other, inputs say more than a name. */
export function expected(graph) {
  const states = new Map();
  const add = ({ id, name, kind, states: parts }, parent) => {
    const key = id ?? safe(name);
    states.set(key, { key: plain(key), parent: parent && plain(parent), kind, text: [] });
    for (const part of parts) add(part, key);
    if (parent) states.get(key).above = states.get(parent);
  };
  for (const root of graph.states) add(root, null);
  const within = (state, other) => state !== undefined && (state === other || within(state.above, other));

  const arrows = new Map();
  const texts = new Map();
  for (const { from, to, input, internal, handledBy } of graph.transitions) {
    const stays = internal && from === to;
    if (stays && handledBy === null) continue;
    const inside = from !== to && within(states.get(to), states.get(from));
    const drawn = stays || inside ? texts : arrows;
    const key = `${from}\n${to}`;
    if (!drawn.has(key)) drawn.set(key, { from, to, labels: new Set() });
    drawn.get(key).labels.add(safe(input));
  }
  for (const { from, to, labels } of texts.values()) {
    const end = from === to ? ": stays" : ` → ${to}`;
    states.get(from).text.push([...labels].join(", ") + end);
  }
  return {
    states: [...states.values()].map(({ key, parent, text }) => ({ key, parent, text: plain(text.join(" ")) })),
    arrows: [...arrows.values()].map(({ from, to, labels }) => ({ from: plain(from), to: plain(to), label: plain([...labels].join(", ")) })),
    initial: plain(graph.initial),
    finals: [...states.values()].filter(({ kind }) => kind === "final").map(({ key }) => key),
  };
}

/** Where conversations come from and go to: no id in any language. */
const OUTSIDE = Symbol("[*]");

/** Puts together what the readers below find: states by their ids in a language, relations between those ids. */
function picture(states, relations) {
  const key = (id) => plain(states.get(id)?.label ?? `no state: ${id}`);
  const arrows = relations.filter(({ from, to }) => from !== OUTSIDE && to !== OUTSIDE);
  const initial = relations.filter(({ from }) => from === OUTSIDE).map(({ to }) => key(to));
  return {
    states: [...states].map(([id, { parent, text }]) => ({ key: key(id), parent: parent && key(parent), text: plain(text.join(" ")) })),
    arrows: arrows.map(({ from, to, label }) => ({ from: key(from), to: key(to), label: plain(label) })),
    initial: initial.length === 1 ? initial[0] : initial,
    finals: relations.filter(({ to }) => to === OUTSIDE).map(({ from }) => key(from)),
  };
}

/** What mermaid itself read: its statements, which end composites' boxes of text in `__text`. */
export function fromMermaid(statements) {
  const decoded = (text) => text.replace(/ﬂ°°(\d+)¶ß/gu, (_, code) => String.fromCodePoint(code)).replace(/<br\s*\/?>/gu, " ");
  const states = new Map();
  const relations = [];
  const end = ({ id, start }) => (/_(start|end)$/u.test(id) && start !== undefined) || id === "[*]" ? OUTSIDE : id;
  const add = (statement, parent) => {
    if (statement.stmt === "relation") {
      const { state1, state2, description = "" } = statement;
      relations.push({ from: end(state1), to: end(state2), label: decoded(description) });
      return;
    }
    const { id, description, doc = [] } = statement;
    const owner = id.endsWith("__text") ? parent : id;
    if (!states.has(owner)) states.set(owner, { label: decoded(description), parent, text: [] });
    else if (description !== "in any state") states.get(owner).text.push(decoded(description));
    for (const part of doc) add(part, id);
  };
  for (const statement of statements) add(statement, null);
  return picture(states, relations);
}

/** What Graphviz itself read, as `dot -Tdot_json` tells it. */
export function fromGraphviz({ objects, edges }) {
  const START = objects.find(({ name }) => name === ".");
  const entity = { lt: "<", gt: ">", quot: '"', amp: "&" };
  const decoded = (html) => html.replace(/<[^>]*>/gu, "").replace(/&(\w+);/gu, (_, name) => entity[name]);
  const unescaped = (label) => label.replace(/\\(.)/gu, (_, c) => (c === "n" ? " " : c));
  const states = new Map();
  const relations = [];
  for (const object of objects.filter((object) => object !== START)) {
    const [label, ...text] = object.label.split('<br align="left"/>').map(decoded);
    const holds = objects.filter(({ subgraphs = [], nodes = [] }) => [...subgraphs, ...nodes].includes(object._gvid));
    // Of all clusters that hold a node, the innermost comes last.
    const clusters = object.nodes ? holds.filter(({ subgraphs = [] }) => subgraphs.includes(object._gvid)) : holds;
    states.set(object.name, { label, parent: clusters.at(-1)?.name ?? null, text });
    if (object.peripheries === "2") relations.push({ from: object.name, to: OUTSIDE, label: "" });
  }
  const name = (id) => (objects[id] === START ? OUTSIDE : objects[id].name);
  for (const { tail, head, ltail, lhead, label = "" } of edges) {
    relations.push({ from: ltail ?? name(tail), to: lhead ?? name(head), label: unescaped(label) });
  }
  return picture(states, relations);
}

/** A PlantUML file, which is a line for each thing. */
export function fromPlantuml(source) {
  const decoded = (text) => text.replace(/\\n/gu, " ").replace(/<U\+([0-9A-F]{4})>/gu, (_, hex) => String.fromCodePoint(parseInt(hex, 16)));
  const [first, , , ...lines] = source.trimEnd().split("\n");
  if (first !== "@startuml" || lines.pop() !== "@enduml") throw new Error("not a diagram of PlantUML's");
  const states = new Map();
  const relations = [];
  const open = [];
  const end = (id) => (id === "[*]" ? OUTSIDE : id);
  for (const line of lines.map((line) => line.trim())) {
    const [, label, id, opens] = line.match(/^state "([^"]*)" as (\w+)( \{)?$/u) ?? [];
    const [, from, to, inputs = ""] = line.match(/^(\S+) --> (\S+)(?: : (.*))?$/u) ?? [];
    const [, owner, text] = line.match(/^(\w+) : (.*)$/u) ?? [];
    if (id) states.set(id, { label: decoded(label), parent: open.at(-1) ?? null, text: [] });
    else if (from) relations.push({ from: end(from), to: end(to), label: decoded(inputs) });
    else if (owner) states.get(owner).text.push(decoded(text));
    else if (line === "}") open.pop();
    else if (line !== "' truncated: exploration stopped at its limit" && line !== "hide empty description") throw new Error(line);
    if (opens) open.push(id);
  }
  return picture(states, relations);
}
