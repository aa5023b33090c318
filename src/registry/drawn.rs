//! What can be drawn and checked of a machine, whether or not one can chat with it.

use std::marker::PhantomData;
use std::panic::catch_unwind;
use std::sync::OnceLock;

use smol_str::SmolStr;

use crate::bot::Bot;
use crate::graph::{Graph, Report, shape_hash};

/// A machine by its name, as it can be explored.
pub trait Drawn: Send + Sync {
    /// Its name in addresses and on the command line.
    fn name(&self) -> &'static str;
    /// Its name for people.
    fn title(&self) -> &'static str;
    /// The machine as explored; `None` if it cannot start without a panic.
    fn graph(&self) -> Option<&Graph>;
    /// Checks the machine, of which up to `nodes_max` nodes are explored.
    fn check(&self, nodes_max: usize) -> Report;
    /// The shape hash of the machine; empty if it could not be explored.
    fn shape(&self) -> SmolStr;
}

/// The machine of `B`, explored when that is first asked for.
pub(super) struct Drawing<B> {
    explored: OnceLock<Option<Explored>>,
    bot: PhantomData<fn() -> B>,
}

struct Explored {
    graph: Graph,
    shape: SmolStr,
}

impl<B: Bot> Drawing<B> {
    pub(super) fn new() -> Self {
        Self {
            explored: OnceLock::new(),
            bot: PhantomData,
        }
    }

    fn explored(&self) -> Option<&Explored> {
        let explored = self.explored.get_or_init(|| {
            let graph = catch_unwind(|| Graph::of::<B>()).ok()?;
            let shape = shape_hash(&graph).into();
            Some(Explored { graph, shape })
        });
        explored.as_ref()
    }
}

impl<B: Bot> Drawn for Drawing<B> {
    fn name(&self) -> &'static str {
        B::NAME
    }

    fn title(&self) -> &'static str {
        B::TITLE
    }

    fn graph(&self) -> Option<&Graph> {
        self.explored().map(|explored| &explored.graph)
    }

    fn check(&self, nodes_max: usize) -> Report {
        crate::graph::check::<B>(nodes_max)
    }

    fn shape(&self) -> SmolStr {
        let shape = self.explored().map(|explored| explored.shape.clone());
        shape.unwrap_or_default()
    }
}
