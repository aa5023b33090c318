//! Every transition of a machine as a test of its own: the shortest path to it, played through a real session.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use super::conversation::{Conversation, start_time};
use super::moves::Move;
use crate::bot::{Bot, Machine, Work, World};
use crate::graph::{NODES_MAX, explore};
use crate::session::Places;

/// Plays the shortest path to every transition that exploration finds in the sample world of `B`, one conversation
/// each, and shows each to `check` when it has landed where exploration said: in the same place, with the same memory,
/// pending work and reply, taken by the same level. How much was played comes back.
///
/// Exploration knows no clock: a pending timer rings whichever of several would be due first, and silence can follow
/// silence.
///
/// # Panics
/// If a path lands elsewhere, with the transcript; if a handler panics; if there are more than [`NODES_MAX`] nodes;
/// and if `check` panics.
#[track_caller]
pub fn every_transition<B: Bot>(mut check: impl FnMut(&Path<B>, Conversation<B>)) -> Tour {
    let map = Rc::new(Map::<B>::explored());
    let mut tour = Tour {
        nodes: map.machines.len(),
        played: 0,
        unsaid: Vec::new(),
    };
    for edge in 0..map.edges.len() {
        let path = map.path_over(edge);
        if let Some(unsaid) = path
            .iter()
            .find_map(|&edge| map.edges[edge].how.as_ref().err())
        {
            // Nodes of one place differ in what is remembered and pending, too.
            if !tour.unsaid.contains(unsaid) {
                tour.unsaid.push(unsaid.clone());
            }
            continue;
        }
        let path = Path {
            map: Rc::clone(&map),
            edges: path,
        };
        check(&path, path.play());
        tour.played += 1;
    }
    tour
}

/// What [`every_transition`] played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// How many nodes the machine has: places with their data, memory and pending work.
    pub nodes: usize,
    /// How many transitions among them were played.
    pub played: usize,
    /// What no text says, though exploration tried it: options that are not listed and that none of their names finds.
    /// Neither they nor what only they lead to were played.
    pub unsaid: Vec<String>,
}

impl fmt::Display for Tour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} transitions among {} nodes", self.played, self.nodes)?;
        match self.unsaid.is_empty() {
            true => Ok(()),
            false => write!(f, "; no text says: {}", self.unsaid.join("; ")),
        }
    }
}

/// A shortest path to a transition, the transition itself last. Its `Display` form is the moves as calls.
#[derive(Clone)]
pub struct Path<B: Bot> {
    map: Rc<Map<B>>,
    edges: Vec<usize>,
}

/// A machine as explored, with how to get along each edge.
struct Map<B: Bot> {
    places: Arc<Places<B>>,
    machines: Vec<Rc<Machine<B>>>,
    edges: Vec<Edge<B>>,
    /// By node, the edge that found it.
    found_by: Vec<Option<usize>>,
}

struct Edge<B: Bot> {
    from: usize,
    to: usize,
    /// The move, or what nobody can say.
    how: Result<Move<B>, String>,
    reply: Option<String>,
    handled_by: Option<SmolStr>,
}

impl<B: Bot> Path<B> {
    /// The moves.
    pub fn moves(&self) -> impl Iterator<Item = &Move<B>> {
        self.steps().filter_map(|edge| edge.how.as_ref().ok())
    }

    /// Plays it, and checks after each move that it led where exploration said.
    ///
    /// # Panics
    /// If it did not.
    #[must_use]
    #[track_caller]
    pub fn play(&self) -> Conversation<B> {
        let places = Arc::clone(&self.map.places);
        let mut conversation = Conversation::with_places(places, start_time());
        for (edge, next) in self.steps().zip(self.moves()) {
            conversation.told_of_silence = false;
            if let Err(problem) = conversation.play(next) {
                conversation.panics(&format!(
                    "{next} was explored, but cannot happen: {problem}"
                ));
            }
            if let Err(problem) = self.holds(edge, &conversation) {
                conversation.panics(&format!("{next} did not do what was explored: {problem}"));
            }
        }
        conversation
    }

    fn steps(&self) -> impl Iterator<Item = &Edge<B>> {
        self.edges.iter().map(|&edge| &self.map.edges[edge])
    }

    fn holds(&self, edge: &Edge<B>, conversation: &Conversation<B>) -> Result<(), String> {
        let (explored, played) = (&self.map.machines[edge.to], conversation.machine());
        same("the place", explored.place(), played.place())?;
        same("the memory", explored.bot(), played.bot())?;
        same("the pending work", &works(explored), &works(played))?;
        same("the reply", &edge.reply, &conversation.reply())?;
        let handled_by = conversation
            .last()
            .and_then(|last| last.transition?.handled_by);
        same("the level that took it", &edge.handled_by, &handled_by)
    }
}

impl<B: Bot> fmt::Display for Path<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.moves().try_for_each(|next| write!(f, "{next}"))
    }
}

impl<B: Bot> fmt::Debug for Path<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({self})")
    }
}

impl<B: Bot> Map<B> {
    #[track_caller]
    fn explored() -> Self {
        let places = Places::new(Arc::new(B::World::sample()));
        let mut edges = Vec::new();
        let explored = explore::<B>(places.world(), NODES_MAX, |machine, found| {
            edges.push(Edge {
                from: found.from,
                to: found.to,
                how: Move::along(machine, &found.candidate, places.world()),
                reply: found.step.text,
                handled_by: found.step.handled_by,
            });
        });
        assert!(
            explored.cut.is_empty(),
            "the machine has more than {NODES_MAX} nodes: data that grows in it belongs in the log"
        );
        if let Some(panic) = explored.panics.first() {
            let place = explored.machines[panic.node].place();
            panic!("the machine panics in {place:?}: {}", panic.message);
        }
        let mut found_by = vec![None; explored.machines.len()];
        for (index, edge) in edges.iter().enumerate() {
            // Found breadth first: the first edge to a node is the last of a shortest path to it.
            if edge.to != 0 && found_by[edge.to].is_none() {
                found_by[edge.to] = Some(index);
            }
        }
        Self {
            machines: explored.machines,
            places,
            edges,
            found_by,
        }
    }

    /// The edges of a shortest path from the start over `edge`.
    fn path_over(&self, edge: usize) -> Vec<usize> {
        let mut path = vec![edge];
        let mut at = self.edges[edge].from;
        while let Some(found_by) = self.found_by[at] {
            path.push(found_by);
            at = self.edges[found_by].from;
        }
        path.reverse();
        path
    }
}

/// The pending work without when it was asked for, which exploration does not know.
fn works<B: Bot>(machine: &Machine<B>) -> Vec<&Work<B::Input, B::Effect>> {
    machine.pending().iter().map(|work| &work.work).collect()
}

fn same<T: PartialEq + fmt::Debug>(what: &str, explored: &T, played: &T) -> Result<(), String> {
    match explored == played {
        true => Ok(()),
        false => Err(format!("{what} was {explored:?}, and is {played:?}")),
    }
}
