//! The machine table: every machine with its readiness for each target.

use super::super::document::{Block, Cell, Section, Table, Tone};
use super::super::groups::guest_title;
use super::super::view::View;
use super::super::words;
use super::summary::{columns, tone};
use crate::evaluate::Run;
use crate::model::GIB;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "Coverage counts the requirements that could be checked of those that apply. Blockers and conditions include those inherited from the host, cluster, cloud or VMM server.";
    let blocks = vec![Block::Text(text.to_owned()), Block::Table(table(view))];
    Section { id: "machines".to_owned(), title: "Machines".to_owned(), blocks }
}

fn table<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut heads: Vec<(String, u16, bool)> = [
        ("Machine", 22, false),
        ("Host", 16, false),
        ("Guest OS", 22, false),
        ("Gen.", 5, true),
        ("vCPUs", 6, true),
        ("Memory GiB", 8, true),
        ("Disks", 6, true),
        ("Disk GiB", 8, true),
    ]
    .map(|(title, weight, numeric)| (title.to_owned(), weight, numeric))
    .to_vec();
    for run in &view.assessment.runs {
        heads.push((format!("{} {}", words::target(run.edition.target), run.edition.edition), 16, false));
    }
    let heads: Vec<(&str, u16, bool)> =
        heads.iter().map(|(title, weight, numeric)| (title.as_str(), *weight, *numeric)).collect();
    Table {
        columns: columns(&heads),
        len: view.estate.vms.len(),
        row: Box::new(move |index| row(view, index)),
        empty: "No machine was read.".to_owned(),
        of_machines: true,
    }
}

fn row(view: &View<'_>, index: usize) -> Vec<Cell> {
    let vm = &view.estate.vms[index];
    let shown = |value: Option<String>| Cell::from(value.unwrap_or_else(|| "–".to_owned()));
    let mut cells = vec![
        vm.shown_name().into(),
        shown(vm.host.value().map(ToString::to_string)),
        shown(Some(guest_title(view, index, vm)).filter(|title| !title.is_empty())),
        shown(vm.generation.value().map(ToString::to_string)),
        shown(vm.vcpus.value().map(ToString::to_string)),
        shown(vm.memory.value().map(|memory| words::grouped(memory.0.div_ceil(1024)))),
        shown(vm.disk_count().ok().map(|count| count.value.to_string())),
        shown(vm.disk_total().ok().map(|total| words::grouped(total.0.div_ceil(GIB)))),
    ];
    cells.extend(view.assessment.runs.iter().map(|run| readiness(run, index)));
    cells
}

/// "Not ready, 3 blockers (14/21)".
fn readiness(run: &Run<'_>, index: usize) -> Cell {
    let result = run.vms[index];
    let name = words::readiness(result.readiness);
    let told = if result.blockers > 0 {
        format!("{name}, {}", words::count(u64::from(result.blockers), "blocker", "blockers"))
    } else if result.unknown > 0 {
        format!("{name}, {} missing", words::count(u64::from(result.unknown), "fact", "facts"))
    } else if result.conditions > 0 {
        format!("Ready, {}", words::count(u64::from(result.conditions), "condition", "conditions"))
    } else {
        name.to_owned()
    };
    let waived = if result.waived > 0 { format!(", {} waived", result.waived) } else { String::new() };
    let text = format!("{told}{waived} ({}/{})", result.checked, result.applicable);
    let tone: Tone = tone(result.readiness);
    Cell { text, tone, link: None }
}
