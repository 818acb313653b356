//! The groups of machines: a table for each of owner, environment and the like.

use super::super::grouping::{Group, Groups, NOT_GIVEN, Outcomes};
use super::super::phrased::{Block, Cell, Section, Start, Table};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, heading};
use crate::model::{Arg, Phrase, say};

/// The groups of a key that are shown, unless all are asked for.
const SHOWN: usize = 8;

/// The section; none where nothing that the inputs give divides the machines.
pub(super) fn section<'a>(view: &'a View<'a>) -> Option<Section<'a>> {
    let groups = Groups::of(view);
    let keys: Vec<&[Group<'a>]> =
        groups.list.chunk_by(|one, other| one.by == other.by).filter(|key| divides(key)).collect();
    if keys.is_empty() {
        return None;
    }
    let text = say!(
        "Each table counts every machine once: by what the inputs say of it, and where they say nothing as not given. Machines of several tags stand under all of them together. A requirement is counted once for each machine that it holds back on any road. What divides the machines into one value alone, or each from every other, stands in groups.csv only."
    );
    let mut blocks = vec![Block::Text(text)];
    for (number, of_key) in keys.into_iter().enumerate() {
        let by = &of_key[0].by;
        let key = if by.heading.is_some() { Arg::text(&by.name) } else { Arg::wording(&by.name.replace('_', " ")) };
        let shown = of_key.len().min(view.options.pdf.most(SHOWN));
        blocks.push(heading(&format!("groups-{number}"), say!("By {key}", key)));
        blocks.push(Block::Table(table(view, &groups, &of_key[..shown])));
        blocks.extend(words::and_more(of_key.len() - shown, "report.xlsx and groups.csv").map(Block::Text));
    }
    Some(Section { id: "groups".to_owned(), title: "Groups".into(), start: Start::Room, blocks })
}

/// Whether the groups of a key tell machines apart and hold some together.
fn divides(groups: &[Group<'_>]) -> bool {
    groups.iter().filter(|group| group.value.is_some()).count() > 1
        && groups.iter().any(|group| group.machines.len() > 1)
}

fn table<'a>(view: &'a View<'a>, groups: &Groups<'a>, shown: &[Group<'a>]) -> Table<'a> {
    let runs = &view.assessment.runs;
    let mut heads = vec![("Value", 22, false), ("Machines", 9, true)];
    heads.extend(runs.iter().map(|run| (words::target(run.edition.target), 18, false)));
    heads.push(("Held back by", 30, false));
    let row = |group: &Group<'a>| {
        let value = group.value.as_ref().map_or(Arg::Word(NOT_GIVEN), |value| Arg::text(value));
        let mut cells: Vec<Cell> = vec![Phrase::from(value).into(), Phrase::from(group.machines.len() as u64).into()];
        let roads = runs.iter().filter_map(|run| groups.outcomes(group, run.edition.target));
        cells.extend(roads.map(|outcomes| Cell::from(told(outcomes))));
        cells.push(held_back(&groups.held_back(group)).into());
        cells
    };
    let rows: Vec<Vec<Cell>> = shown.iter().map(row).collect();
    Table {
        columns: columns(&heads),
        len: rows.len(),
        row: Box::new(move |index| rows[index].clone()),
        empty: Phrase::default(),
        of_machines: false,
    }
}

/// How the machines of a group came out: "ready 12, conditions 3, not ready 1".
fn told(outcomes: Outcomes) -> Phrase {
    let Outcomes { ready, conditions, not_ready, unknown } = outcomes;
    let parts = [
        (ready, say!("ready {count}", count = ready)),
        (conditions, say!("conditions {count}", count = conditions)),
        (not_ready, say!("not ready {count}", count = not_ready)),
        (unknown, say!("unknown {count}", count = unknown)),
    ];
    let told = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part.into());
    Arg::List(told.collect()).into()
}

fn held_back(requirements: &[(&str, u64)]) -> Phrase {
    if requirements.is_empty() {
        return "–".into();
    }
    let each = requirements
        .iter()
        .map(|(name, count)| say!("{name} ({count})", name = Arg::text(name), count = *count).into());
    Arg::List(each.collect()).into()
}
