//! A difference as a picture: the newer machine, with what is gone from the older one still in it.

use std::collections::{BTreeMap, HashMap};

use super::{Change, Diff, Exported};
use crate::graph::picture::broken;
use crate::graph::svg::{Chart, ChartArrow, ChartNote, ChartState, Ids, draw};

/// One transition in the picture.
struct Line<'d> {
    from: usize,
    to: usize,
    stays: bool,
    input: &'d str,
    change: Option<Change>,
    tooltip: String,
}

impl Diff {
    /// The difference as SVG: what is new is green, what is gone is red and dashed, what is not the same is amber; each
    /// has its sign as well.
    #[must_use]
    pub fn svg(&self) -> String {
        draw(&self.chart())
    }

    fn chart(&self) -> Chart {
        let mut ids = Ids::default();
        let mut chart = Chart {
            title: format!("{}: what changed", self.title),
            notice: self.is_empty().then(|| "nothing did".to_owned()),
            ..Chart::default()
        };
        let numbers = self.states(&mut chart, &mut ids);
        let lines = self.lines(&numbers);
        let mut groups: BTreeMap<_, Vec<&Line<'_>>> = BTreeMap::new();
        for line in &lines {
            let change = line.change.map(Change::class);
            let key = (line.from, line.to, line.stays, change);
            groups.entry(key).or_default().push(line);
        }
        for lines in groups.values() {
            add(&mut chart, &mut ids, lines);
        }
        chart
    }

    /// Adds the states of both machines; says where each stands.
    fn states(&self, chart: &mut Chart, ids: &mut Ids) -> HashMap<String, usize> {
        let changes: HashMap<&str, &super::StateDiff> = self
            .states
            .iter()
            .map(|state| (&*state.state, state))
            .collect();
        let mut numbers = HashMap::new();
        for (machine, is_new) in [(&self.new, true), (&self.old, false)] {
            for state in &machine.states {
                if numbers.contains_key(&state.key) {
                    continue;
                }
                let parent = state.parent.as_ref();
                let parent = parent.and_then(|parent| numbers.get(parent).copied());
                let diff = changes.get(&*state.key);
                numbers.insert(state.key.clone(), chart.states.len());
                chart.states.push(ChartState {
                    id: ids.state(&state.key),
                    label: state.key.clone(),
                    parent,
                    is_initial: is_new && machine.initial == state.key,
                    is_final: state.kind == "final",
                    change: diff.map(|diff| diff.change),
                    tooltip: diff.map(ToString::to_string).unwrap_or_default(),
                    ..ChartState::default()
                });
            }
        }
        numbers
    }

    /// The transitions of the newer machine, and those of the older that are gone.
    fn lines(&self, numbers: &HashMap<String, usize>) -> Vec<Line<'_>> {
        let mut lines = lines_of(&self.new, numbers);
        for line in &mut lines {
            let diff = self.transitions.iter().find(|diff| {
                diff.change != Change::Removed
                    && numbers[&diff.from] == line.from
                    && diff.input == line.input
                    && diff.to.as_ref().map(|to| numbers[to]) == (!line.stays).then_some(line.to)
            });
            line.change = diff.map(|diff| diff.change);
            line.tooltip = diff.map(ToString::to_string).unwrap_or_default();
        }
        let gone = self
            .transitions
            .iter()
            .filter(|diff| diff.change == Change::Removed);
        lines.extend(gone.map(|diff| {
            let from = numbers[&diff.from];
            Line {
                from,
                to: diff.to.as_ref().map_or(from, |to| numbers[to]),
                stays: diff.to.is_none(),
                input: &diff.input,
                change: Some(diff.change),
                tooltip: diff.to_string(),
            }
        }));
        lines
    }
}

fn lines_of<'d>(machine: &'d Exported, numbers: &HashMap<String, usize>) -> Vec<Line<'d>> {
    let taken = machine.transitions.iter();
    // What nobody takes and what changes nothing is not drawn at all.
    let taken =
        taken.filter(|transition| transition.handled_by.is_some() || transition.target().is_some());
    let line = |transition: &'d super::ExportedTransition| Line {
        from: numbers[&transition.from],
        to: numbers[&transition.to],
        stays: transition.target().is_none(),
        input: &transition.event,
        change: None,
        tooltip: String::new(),
    };
    taken.map(line).collect()
}

/// Adds transitions that share their ends and what became of them: as text in their state, or as an arrow.
fn add(chart: &mut Chart, ids: &mut Ids, group: &[&Line<'_>]) {
    let Line {
        from,
        to,
        stays,
        change,
        ..
    } = *group[0];
    let inputs: Vec<String> = group.iter().map(|line| line.input.to_owned()).collect();
    let mut lines = broken(&inputs);
    let tooltips = group.iter().filter(|line| !line.tooltip.is_empty());
    let tooltips: Vec<&str> = tooltips.map(|line| &*line.tooltip).collect();
    let tooltip = tooltips.join("\n");
    let id = ids.transition(&chart.states[from].id, &chart.states[to].id);
    if !stays && (from == to || !is_within(chart, to, from)) {
        chart.arrows.push(ChartArrow {
            id,
            from,
            to,
            lines,
            change,
            tooltip,
        });
        return;
    }
    if let Some(last) = lines.last_mut() {
        match stays {
            true => last.push_str(": stays"),
            false => last.push_str(&format!(" → {}", chart.states[to].label)),
        }
    }
    let note = ChartNote {
        id,
        to: chart.states[to].label.clone(),
        lines,
        change,
        tooltip,
    };
    chart.states[from].notes.push(note);
}

fn is_within(chart: &Chart, state: usize, ancestor: usize) -> bool {
    let mut above = Some(state);
    while let Some(state) = above {
        if state == ancestor {
            return true;
        }
        above = chart.states[state].parent;
    }
    false
}
