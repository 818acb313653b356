//! The machine table: every machine with its readiness for each target.

use super::super::document::{Block, Cell, Section, Start, Table};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, tone};
use crate::evaluate::{Finding, Readiness, Run, Subject, VmResult};

/// The reasons shown of a machine, unless all are asked for.
const REASONS: usize = 3;
/// The machines shown, unless all are asked for; the workbook and `vms.csv` have every one.
const WORST: usize = 600;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "Worst first. Beside each readiness stands how many of the requirements that apply could be checked. A reason is the name of a requirement under Findings; one that is inherited says from what. vms.csv has the hosts, the guests and every count.";
    let mut blocks = vec![Block::Text(text.to_owned()), Block::Table(table(view))];
    let more = view.estate.vms.len() - listed(view);
    blocks.extend(words::and_more(more, "report.xlsx and vms.csv").map(Block::Text));
    Section { id: "machines".to_owned(), title: "Machines".to_owned(), blocks, start: Start::Room }
}

/// How many machines the table leaves out and a sentence below it tells of.
#[must_use]
pub fn told(view: &View<'_>) -> u64 {
    (view.estate.vms.len() - listed(view)) as u64
}

fn listed(view: &View<'_>) -> usize {
    view.estate.vms.len().min(view.options.pdf.most(WORST))
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
    let with_owner = view.estate.vms.iter().any(|vm| vm.owner.value().is_some());
    let mut heads = vec![("Machine", 22, false)];
    heads.extend(with_owner.then_some(("Owner", 12, false)));
    heads.extend(view.assessment.runs.iter().map(|run| (words::target(run.edition.target), 19, false)));
    heads.push(("Reasons", 31, false));
    let order = worst_first(view);
    Table {
        columns: columns(&heads),
        len: order.len(),
        row: Box::new(move |row| {
            let index = order[row];
            let vm = &view.estate.vms[index];
            let mut cells = vec![vm.shown_name().into()];
            cells.extend(with_owner.then(|| vm.owner.value().map_or("–", |owner| owner).into()));
            cells.extend(view.assessment.runs.iter().map(|run| readiness(run, index)));
            cells.push(reasons(view, index).into());
            cells
        }),
        empty: "No machine was read.".to_owned(),
        of_machines: true,
    }
}

/// The requirements that hold a machine back, worst first; of an inherited one, whose it is.
fn reasons(view: &View<'_>, index: usize) -> String {
    let reason = |(run, finding): (&Run<'_>, &Finding)| {
        let name = &run.edition.requirements[usize::from(finding.requirement)].check;
        match finding.subject {
            Subject::Vm(_) => name.clone(),
            holder => format!("{name} ({})", words::subject_kind(holder.kind().as_str()).0),
        }
    };
    let all = view.assessment.reasons(view.estate, index);
    let more = all.len().saturating_sub(view.options.pdf.most(REASONS)) as u64;
    let shown = all.into_iter().take(view.options.pdf.most(REASONS));
    let mut reasons: Vec<String> = shown.map(reason).collect();
    if more > 0 {
        reasons.push(format!("and {} more", words::grouped(more)));
    }
    if reasons.is_empty() { "–".to_owned() } else { reasons.join("; ") }
}

/// "Not ready 14/21".
fn readiness(run: &Run<'_>, index: usize) -> Cell {
    let result = run.vms[index];
    let name = match result.readiness {
        Readiness::ReadyWithConditions => "Conditions",
        Readiness::NotReady | Readiness::Unknown | Readiness::Ready => words::readiness(result.readiness),
    };
    let waived = if result.waived > 0 { format!(", {} waived", result.waived) } else { String::new() };
    let text = format!("{name} {}/{}{waived}", result.checked, result.applicable);
    Cell { text, tone: tone(result.readiness), link: None }
}
