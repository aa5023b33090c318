//! What was measured, as a table: medians, how far the rounds lay apart, and ratios.

use std::fmt;

/// A part's figures: rows in groups, of which the floors are rows like all others.
pub(crate) struct Table {
    title: &'static str,
    figures: &'static [&'static str],
    ratios: &'static [Ratio],
    rows: Vec<Row>,
}

/// A column that compares a figure with that of another row in the same group.
pub(crate) struct Ratio {
    pub(crate) header: &'static str,
    pub(crate) of: &'static str,
    pub(crate) figure: usize,
}

impl Ratio {
    /// The time beside that of the plain table, where time is the first figure.
    pub(crate) const TIME_OF_PLAIN: Self = Self {
        header: "time of plain SQLite",
        of: "plain SQLite",
        figure: 0,
    };

    /// The CPU time beside that of the plain table, where it is the second figure.
    pub(crate) const CPU_OF_PLAIN: Self = Self {
        header: "CPU of plain SQLite",
        of: "plain SQLite",
        figure: 1,
    };
}

struct Row {
    group: String,
    name: &'static str,
    /// Of each round.
    runs: Vec<Vec<f64>>,
}

struct Spread {
    least: f64,
    median: f64,
    most: f64,
}

impl Table {
    pub(crate) fn new(
        title: &'static str,
        figures: &'static [&'static str],
        ratios: &'static [Ratio],
    ) -> Self {
        Self {
            title,
            figures,
            ratios,
            rows: Vec::new(),
        }
    }

    /// Adds a round of the row `name` in `group`.
    pub(crate) fn add(&mut self, group: &str, name: &'static str, figures: Vec<f64>) {
        let mut rows = self.rows.iter_mut();
        if let Some(row) = rows.find(|row| row.is(group, name)) {
            row.runs.push(figures);
            return;
        }
        self.rows.push(Row {
            group: group.to_owned(),
            name,
            runs: vec![figures],
        });
    }

    fn ratio(&self, row: &Row, ratio: &Ratio) -> String {
        let of = self.rows.iter().find(|of| of.is(&row.group, ratio.of));
        let Some(of) = of else {
            return "-".to_owned();
        };
        let figure = ratio.figure;
        short(row.spread(figure).median / of.spread(figure).median)
    }

    fn cells(&self) -> Vec<Vec<String>> {
        let mut head = vec![self.title.to_owned(), String::new()];
        head.extend(self.figures.iter().map(ToString::to_string));
        head.extend(self.ratios.iter().map(|ratio| ratio.header.to_owned()));
        let mut cells = vec![head];
        for row in &self.rows {
            let mut line = vec![row.group.clone(), row.name.to_owned()];
            line.extend((0..self.figures.len()).map(|figure| row.spread(figure).to_string()));
            line.extend(self.ratios.iter().map(|ratio| self.ratio(row, ratio)));
            cells.push(line);
        }
        cells
    }
}

impl Row {
    fn is(&self, group: &str, name: &str) -> bool {
        self.group == group && self.name == name
    }

    fn spread(&self, figure: usize) -> Spread {
        let mut runs: Vec<f64> = self.runs.iter().map(|run| run[figure]).collect();
        runs.sort_by(f64::total_cmp);
        Spread {
            least: runs[0],
            median: runs[runs.len() / 2],
            most: runs[runs.len() - 1],
        }
    }
}

/// With about three digits.
fn short(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        ..10.0 => format!("{number:.2}"),
        ..100.0 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [least, median, most] = [self.least, self.median, self.most].map(short);
        if least == most {
            return f.write_str(&median);
        }
        write!(f, "{median} ({least} to {most})")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = self.cells();
        let width = |column: usize| {
            let widths = cells.iter().map(|line| line[column].chars().count());
            widths.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..cells[0].len()).map(width).collect();
        for line in &cells {
            for (column, (cell, &width)) in line.iter().zip(&widths).enumerate() {
                match column {
                    0 => write!(f, "{cell:<width$}")?,
                    1 => write!(f, "  {cell:<width$}")?,
                    _ => write!(f, "  {cell:>width$}")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
