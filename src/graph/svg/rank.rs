//! Which of a level's parts stand in which row: along the arrows from the top down, where that is possible.

/// What is to be ranked: the parts of one level.
pub(super) struct Ranking<'a> {
    /// The width of each part.
    pub(super) widths: &'a [f64],
    /// The arrows between two parts.
    pub(super) arrows: &'a [(usize, usize)],
    /// For each part, how many more arrows leave it downwards for outside than upwards.
    pub(super) pulls: &'a [i32],
    /// Where one starts to read.
    pub(super) first: usize,
    /// The width that a row of several parts keeps to.
    pub(super) width_max: f64,
}

/// The row of each part. Parts with an arrow between them never share one.
pub(super) fn ranks(ranking: &Ranking<'_>) -> Vec<usize> {
    let (order, below) = untangled(ranking);
    let mut above = vec![Vec::new(); below.len()];
    for (upper, lowers) in below.iter().enumerate() {
        lowers.iter().for_each(|&lower| above[lower].push(upper));
    }
    let mut rows = Rows {
        widths: Vec::new(),
        max: ranking.width_max,
    };
    let mut ranks = vec![0; below.len()];
    for &part in &order {
        let mut rank = above[part]
            .iter()
            .map(|&part| ranks[part] + 1)
            .max()
            .unwrap_or(0);
        while !rows.fits(rank, ranking.widths[part]) {
            rank += 1;
        }
        rows.put(rank, ranking.widths[part]);
        ranks[part] = rank;
    }
    for &part in order.iter().rev() {
        sink(
            part,
            &mut ranks,
            &mut rows,
            (&above[part], &below[part]),
            ranking,
        );
    }
    close_up(&mut ranks);
    ranks
}

/// Moves a part down to what it belongs to, if more arrows pull it down than up.
fn sink(
    part: usize,
    ranks: &mut [usize],
    rows: &mut Rows,
    (above, below): (&[usize], &[usize]),
    ranking: &Ranking<'_>,
) {
    let count = |parts: &[usize]| i32::try_from(parts.len()).unwrap_or(i32::MAX);
    let pull = count(below) - count(above) + ranking.pulls[part];
    let lowest = below.iter().map(|&part| ranks[part] - 1).min();
    let lowest = lowest.unwrap_or(rows.widths.len() - 1);
    if pull <= 0 || part == ranking.first {
        return;
    }
    let width = ranking.widths[part];
    if let Some(rank) = (ranks[part] + 1..=lowest)
        .rev()
        .find(|&rank| rows.fits(rank, width))
    {
        rows.widths[ranks[part]] -= width;
        rows.put(rank, width);
        ranks[part] = rank;
    }
}

/// The parts so that all arrows lead on, and where from each they lead: depth first from the first one; an arrow
/// back to where one came from, or to the first one, is turned around.
fn untangled(ranking: &Ranking<'_>) -> (Vec<usize>, Vec<Vec<usize>>) {
    let count = ranking.widths.len();
    let mut out = vec![Vec::new(); count];
    for &(from, to) in ranking.arrows {
        // Where one starts to read nothing stands above.
        match to == ranking.first {
            true => out[to].push(from),
            false => out[from].push(to),
        }
    }
    let mut below = vec![Vec::new(); count];
    let mut state = vec![Visit::Never; count];
    let mut done = Vec::with_capacity(count);
    for start in std::iter::once(ranking.first).chain(0..count) {
        if start >= count || state[start] != Visit::Never {
            continue;
        }
        state[start] = Visit::Open;
        let mut stack = vec![(start, 0)];
        while let Some((part, next)) = stack.last_mut() {
            let from = *part;
            let Some(&to) = out[from].get(*next) else {
                state[from] = Visit::Done;
                done.push(from);
                stack.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                Visit::Open => below[to].push(from),
                Visit::Done => below[from].push(to),
                Visit::Never => {
                    below[from].push(to);
                    state[to] = Visit::Open;
                    stack.push((to, 0));
                }
            }
        }
    }
    done.reverse();
    (done, below)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Never,
    Open,
    Done,
}

/// How full the rows are.
struct Rows {
    widths: Vec<f64>,
    max: f64,
}

impl Rows {
    fn fits(&self, rank: usize, width: f64) -> bool {
        let taken = self.widths.get(rank).copied().unwrap_or(0.0);
        taken < 1.0 || taken + width <= self.max
    }

    fn put(&mut self, rank: usize, width: f64) {
        if self.widths.len() <= rank {
            self.widths.resize(rank + 1, 0.0);
        }
        self.widths[rank] += width;
    }
}

/// Leaves no row empty.
fn close_up(ranks: &mut [usize]) {
    let mut used: Vec<usize> = ranks.to_vec();
    used.sort_unstable();
    used.dedup();
    for rank in ranks {
        *rank = used.binary_search(rank).expect("the list holds every rank");
    }
}
