//! How an exploration becomes a [`Graph`]: names and data read off the typed machine.

use std::collections::HashMap;
use std::fmt::Debug;

use serde::Serialize;
use serde_json::{Map, Value};
use smol_str::SmolStr;
use strum::VariantNames;

use super::explore::{Explored, Found, NODES_MAX, Panic, Way, explore, guarded};
use super::model::{Cause, Edge, Graph, Input, Node, NodeLevel, NodeOption, Panicked};
use crate::bot::{Bot, Choice, Level, Machine, Pending, Step, Work, World, name_of};

impl Graph {
    /// The machine of `B`, explored on its sample world up to [`NODES_MAX`] nodes.
    ///
    /// # Panics
    /// If the start of a conversation does.
    #[must_use]
    pub fn of<B: Bot>() -> Self {
        Self::explored::<B>(NODES_MAX)
    }

    /// The machine of `B`, explored on its sample world up to `nodes_max` nodes. If there are more, the graph
    /// says that it is truncated.
    ///
    /// # Panics
    /// If the start of a conversation does.
    #[must_use]
    pub fn explored<B: Bot>(nodes_max: usize) -> Self {
        Self::in_world::<B>(&B::World::sample(), nodes_max).0
    }

    /// The machine of `B`, explored in `world`, and the nodes as machines that can be stepped.
    pub(super) fn in_world<'w, B: Bot>(
        world: &'w B::World,
        nodes_max: usize,
    ) -> (Self, Explored<'w, B>) {
        let mut inputs = Inputs::new();
        let mut edges = Vec::new();
        let mut explored = explore::<B>(world, nodes_max, |machine, found| {
            edges.push(edge(machine, found, &mut inputs));
        });
        let mut panics = std::mem::take(&mut explored.panics);
        let nodes = explored.machines.iter().enumerate();
        let nodes = nodes.map(|(index, machine)| {
            let cut = explored.cut.binary_search(&index).is_ok();
            guarded(|| node(machine, world, cut)).unwrap_or_else(|message| {
                panics.push(Panic {
                    node: index,
                    candidate: None,
                    message,
                });
                bare_node(machine, cut)
            })
        });
        let nodes: Vec<Node> = nodes.collect();
        let panics = panics
            .into_iter()
            .map(|panic| panicked(&explored.machines[panic.node], panic, &mut inputs));
        let panics = panics.collect();
        let graph = Self {
            bot: B::NAME.to_owned(),
            title: B::TITLE.to_owned(),
            greeting: explored.opening.text.clone(),
            opening_effects: started(&explored.opening).0,
            initial: 0,
            nodes,
            inputs: inputs.named,
            edges,
            declared: declared::<B>(),
            truncated: !explored.cut.is_empty(),
            panics,
        };
        (graph, explored)
    }
}

impl Input {
    /// The name and the data of an input, or of an effect: they are read off it in the same way.
    #[must_use]
    pub fn of(value: &(impl Serialize + Debug)) -> Self {
        let (name, data) = named(value);
        Self { name, data }
    }
}

/// The inputs met so far, each named once.
struct Inputs<I> {
    numbers: HashMap<I, usize>,
    named: Vec<Input>,
}

impl<I: Serialize + Debug + Clone + Eq + std::hash::Hash> Inputs<I> {
    fn new() -> Self {
        Self {
            numbers: HashMap::new(),
            named: Vec::new(),
        }
    }

    fn number(&mut self, input: I) -> usize {
        if let Some(&known) = self.numbers.get(&input) {
            return known;
        }
        let index = self.named.len();
        self.named.push(Input::of(&input));
        self.numbers.insert(input, index);
        index
    }
}

fn edge<B: Bot>(machine: &Machine<B>, found: Found<'_, B>, inputs: &mut Inputs<B::Input>) -> Edge {
    let step = found.step;
    let (effects, timers) = started(&step);
    Edge {
        from: found.from,
        to: found.to,
        input: inputs.number(found.candidate.input),
        cause: cause(found.candidate.way, machine),
        handled_by: step.handled_by,
        exited: step.exited,
        entered: step.entered,
        text: step.text,
        effects,
        timers,
    }
}

/// The names of the effects that a step asks for, and of the inputs that its timers bring.
fn started<B: Bot>(step: &Step<B>) -> (Vec<SmolStr>, Vec<SmolStr>) {
    let mut effects = Vec::new();
    let mut timers = Vec::new();
    for pending in &step.started {
        match &pending.work {
            Work::Effect(effect) => effects.push(name_of(effect)),
            Work::Timer { input, .. } => timers.push(name_of(input)),
        }
    }
    (effects, timers)
}

fn panicked<B: Bot>(
    machine: &Machine<B>,
    panic: Panic<'_, B::Input>,
    inputs: &mut Inputs<B::Input>,
) -> Panicked {
    let input = panic.candidate.map(|candidate| {
        let cause = cause(candidate.way, machine);
        (inputs.number(candidate.input), cause)
    });
    Panicked {
        node: panic.node,
        input,
        message: panic.message,
    }
}

fn cause<B: Bot>(way: Way<'_>, machine: &Machine<B>) -> Cause {
    match way {
        Way::Option { id, listed } => Cause::Option {
            id: id.into_owned(),
            listed,
        },
        Way::Text => Cause::Text,
        Way::Idle => Cause::Idle,
        Way::Person(change) => Cause::Person { change },
        Way::Timer(_) => Cause::Timer,
        Way::Outcome(id) => {
            let ended = machine.pending().iter().find(|work| work.id == id);
            Cause::Outcome {
                effect: ended.map(work_name).unwrap_or_default(),
            }
        }
    }
}

fn work_name<I: Debug, E: Debug>(pending: &Pending<I, E>) -> SmolStr {
    match &pending.work {
        Work::Effect(effect) => name_of(effect),
        Work::Timer { input, .. } => name_of(input),
    }
}

fn node<B: Bot>(machine: &Machine<B>, world: &B::World, cut: bool) -> Node {
    let (_, leaf_data) = named(machine.place());
    let mut levels: Vec<NodeLevel> = Vec::new();
    for level in machine.levels() {
        levels.push(NodeLevel {
            data: superstate_data(&level, &leaf_data),
            name: level.name,
        });
    }
    if let Some(leaf) = levels.last_mut() {
        leaf.data = leaf_data;
    }
    // What panics in these is among the panics: all that can be done was asked for before.
    let options = guarded(|| machine.options(world)).unwrap_or_default();
    let options = options.into_iter();
    Node {
        levels,
        memory: json(machine.bot()),
        pending: machine.pending().iter().map(work_name).collect(),
        is_final: guarded(|| machine.is_final()).unwrap_or_default(),
        options: options.filter(|choice| choice.listed).map(shown).collect(),
        cut,
    }
}

/// A node of whose data nothing is known but their names.
fn bare_node<B: Bot>(machine: &Machine<B>, cut: bool) -> Node {
    let level = |name| NodeLevel {
        name,
        data: Value::Null,
    };
    Node {
        levels: machine.path().into_iter().map(level).collect(),
        memory: Value::Null,
        pending: Vec::new(),
        is_final: false,
        options: Vec::new(),
        cut,
    }
}

fn shown<I>(choice: Choice<'_, I>) -> NodeOption {
    NodeOption {
        id: choice.id.into_owned(),
        label: choice.label.into_owned(),
    }
}

/// A superstate borrows fields of its leaf, under the same names, and has no JSON of its own: so its data are the
/// leaf's fields that its `Debug` form names.
fn superstate_data(level: &Level, leaf_data: &Value) -> Value {
    let mut data = Map::new();
    for (field, text) in debug_fields(&level.debug) {
        let value = leaf_data.get(field).cloned();
        data.insert(field.to_owned(), value.unwrap_or_else(|| text.into()));
    }
    or_null(data)
}

/// The fields of a derived `Debug` form `Name { field: value, … }` with their values' text.
fn debug_fields(debug: &str) -> Vec<(&str, &str)> {
    let Some(body) = debug
        .split_once(" { ")
        .and_then(|(_, rest)| rest.strip_suffix(" }"))
    else {
        return Vec::new();
    };
    let parts = top_level_parts(body).into_iter();
    parts.filter_map(|part| part.split_once(": ")).collect()
}

/// `body` cut at its commas, other than those inside brackets and quotes.
fn top_level_parts(body: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quoted, mut escaped) = (0, 0_usize, false, false);
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(body[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(body[start..].trim());
    parts
}

/// The name of an enum's value, and its data without that name.
fn named(value: &(impl Serialize + Debug)) -> (SmolStr, Value) {
    let name = name_of(value);
    let data = match json(value) {
        Value::String(text) if alike(&text, &name) => Value::Null,
        Value::Object(mut fields) => {
            let tag = fields.keys().next().cloned();
            match tag.filter(|tag| fields.len() == 1 && alike(tag, &name)) {
                Some(tag) => without_emptiness(fields.remove(&tag).unwrap_or_default()),
                None => or_null(fields),
            }
        }
        other => other,
    };
    (name, data)
}

fn without_emptiness(data: Value) -> Value {
    match data {
        Value::Object(fields) => or_null(fields),
        other => other,
    }
}

fn or_null(fields: Map<String, Value>) -> Value {
    if fields.is_empty() {
        Value::Null
    } else {
        Value::Object(fields)
    }
}

/// Whether a tag in JSON is a variant's name, however serde was told to write it: `chooseStock`, `choose-stock`.
fn alike(tag: &str, name: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(tag) == plain(name)
}

/// What cannot be JSON (a map with keys that are not strings) is shown as it prints.
fn json(value: &(impl Serialize + Debug)) -> Value {
    serde_json::to_value(value).unwrap_or_else(|_| format!("{value:?}").into())
}

fn declared<B: Bot>() -> Vec<SmolStr> {
    let variants = <B::Place as VariantNames>::VARIANTS.iter();
    let mut names: Vec<SmolStr> = variants.map(|&name| name.into()).collect();
    names.sort();
    names
}
