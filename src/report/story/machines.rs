//! The machine table: every machine with its readiness for each target.

use super::super::document::{Block, Cell, Section, Table, Tone};
use super::super::groups::guest_title;
use super::super::view::{PdfDetail, View};
use super::super::words;
use super::summary::{columns, tone};
use crate::evaluate::{Finding, Run, Subject, VmResult};

/// The machines shown; the workbook and `vms.csv` have every one.
const WORST: usize = 600;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "Worst first. Coverage counts the requirements that could be checked of those that apply. Blockers and conditions include those inherited from the host, cluster, cloud or VMM server; a reason that is inherited names whose it is.";
    let mut blocks = vec![Block::Text(text.to_owned()), Block::Table(table(view))];
    let more = told(view);
    if more > 0 {
        blocks.push(Block::Text(format!("And {} more, in report.xlsx and vms.csv.", words::grouped(more))));
    }
    Section { id: "machines".to_owned(), title: "Machines".to_owned(), blocks }
}

/// How many machines the table leaves out and a sentence below it tells of.
#[must_use]
pub fn told(view: &View<'_>) -> u64 {
    (view.estate.vms.len() - listed(view)) as u64
}

fn listed(view: &View<'_>) -> usize {
    match view.options.pdf {
        PdfDetail::Short => view.estate.vms.len().min(WORST),
        PdfDetail::Full => view.estate.vms.len(),
    }
}

/// The machines that are shown, the worst first, by the most blockers, then by name.
fn worst_first(view: &View<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..view.estate.vms.len()).collect();
    let weight = |index: &usize| {
        let runs = &view.assessment.runs;
        let worst = runs.iter().map(|run| run.vms[*index].readiness).min();
        let sum = |count: fn(&VmResult) -> u16| runs.iter().map(|run| u32::from(count(&run.vms[*index]))).sum::<u32>();
        let counts = (sum(|result| result.blockers), sum(|result| result.unknown), sum(|result| result.conditions));
        (worst, std::cmp::Reverse(counts), view.estate.vms[*index].shown_name().to_lowercase(), *index)
    };
    order.sort_by_cached_key(weight);
    order.truncate(listed(view));
    order
}

fn table<'a>(view: &'a View<'a>) -> Table<'a> {
    let mut heads: Vec<(String, u16, bool)> = [("Machine", 18), ("Owner", 12), ("Host", 14), ("Guest OS", 18)]
        .map(|(title, weight)| (title.to_owned(), weight, false))
        .to_vec();
    for run in &view.assessment.runs {
        heads.push((format!("{} {}", words::target(run.edition.target), run.edition.edition), 15, false));
    }
    heads.push(("Reasons".to_owned(), 34, false));
    let heads: Vec<(&str, u16, bool)> =
        heads.iter().map(|(title, weight, numeric)| (title.as_str(), *weight, *numeric)).collect();
    let order = worst_first(view);
    Table {
        columns: columns(&heads),
        len: order.len(),
        row: Box::new(move |row| self::row(view, order[row])),
        empty: "No machine was read.".to_owned(),
        of_machines: true,
    }
}

fn row(view: &View<'_>, index: usize) -> Vec<Cell> {
    let vm = &view.estate.vms[index];
    let shown = |value: Option<String>| Cell::from(value.unwrap_or_else(|| "–".to_owned()));
    let mut cells = vec![
        vm.shown_name().into(),
        shown(vm.owner.value().map(ToString::to_string)),
        shown(vm.host.value().map(ToString::to_string)),
        shown(Some(guest_title(view, index, vm)).filter(|title| !title.is_empty())),
    ];
    cells.extend(view.assessment.runs.iter().map(|run| readiness(run, index)));
    cells.push(shown(Some(reasons(view, index)).filter(|reasons| !reasons.is_empty())));
    cells
}

/// The requirements that hold a machine back, worst first; of an inherited one, whose it is.
fn reasons(view: &View<'_>, index: usize) -> String {
    let reason = |(run, finding): (&Run<'_>, &Finding)| {
        let name = &run.edition.requirements[usize::from(finding.requirement)].check;
        match finding.subject {
            Subject::Vm(_) => name.clone(),
            holder => format!("{name} ({})", super::super::finding::holder(view.estate, holder)),
        }
    };
    let reasons: Vec<String> = view.assessment.reasons(view.estate, index).into_iter().map(reason).collect();
    reasons.join("; ")
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
