//! The machine table: every machine with its readiness for each target.

use super::super::phrased::{Block, Cell, Section, Start, Table};
use super::super::view::View;
use super::super::words;
use super::parts::{columns, tone};
use crate::evaluate::{Finding, Readiness, Run, Subject, VmResult};
use crate::model::{Arg, Identity, Phrase, say};

/// The reasons shown of a machine, unless all are asked for.
const REASONS: usize = 3;
/// The machines shown, unless all are asked for; the workbook and `vms.csv` have every one.
const WORST: usize = 600;

pub(super) fn section<'a>(view: &'a View<'a>) -> Section<'a> {
    let text = "Worst first. Beside each readiness stands how many of the requirements that apply could be checked. A reason is the name of a requirement under Findings; one that is inherited says from what. vms.csv has the hosts, the guests and every count.";
    let mut blocks = vec![Block::Text(text.into()), Block::Table(table(view))];
    let more = view.estate.vms.len() - listed(view);
    blocks.extend(words::and_more(more, "report.xlsx and vms.csv").map(Block::Text));
    Section { id: "machines".to_owned(), title: "Machines".into(), blocks, start: Start::Room }
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
            let mut cells = vec![Arg::named(Identity::Machine, vm.shown_name()).into()];
            cells.extend(with_owner.then(|| match vm.owner.value() {
                Some(owner) => Arg::named(Identity::Person, owner).into(),
                None => "–".into(),
            }));
            cells.extend(view.assessment.runs.iter().map(|run| readiness(run, index)));
            cells.push(reasons(view, index).into());
            cells
        }),
        empty: "No machine was read.".into(),
        of_machines: true,
    }
}

/// The requirements that hold a machine back, worst first; of an inherited one, whose it is.
fn reasons(view: &View<'_>, index: usize) -> Phrase {
    let reason = |(run, finding): (&Run<'_>, &Finding)| {
        let name = Arg::text(&run.edition.requirements[usize::from(finding.requirement)].check);
        match finding.subject {
            Subject::Vm(_) => name,
            holder => {
                let holder = Arg::Word(words::subject_kind(holder.kind().as_str()).0);
                say!("{requirement} ({holder})", requirement = name, holder = holder).into()
            }
        }
    };
    let all = view.assessment.reasons(view.estate, index);
    let more = all.len().saturating_sub(view.options.pdf.most(REASONS));
    let shown = all.into_iter().take(view.options.pdf.most(REASONS));
    let mut reasons: Vec<Arg> = shown.map(reason).collect();
    if more > 0 {
        reasons.push(say!("and {more} more", more = more).into());
    }
    if reasons.is_empty() { "–".into() } else { Arg::Items(reasons.into()).into() }
}

/// "Not ready 14/21".
fn readiness(run: &Run<'_>, index: usize) -> Cell {
    let result = run.vms[index];
    let name = match result.readiness {
        Readiness::ReadyWithConditions => "Conditions",
        Readiness::NotReady | Readiness::Unknown | Readiness::Ready => words::readiness(result.readiness),
    };
    let text = say!(
        "{readiness} {checked}/{applicable}",
        readiness = Arg::Word(name),
        checked = Arg::at(result.checked),
        applicable = Arg::at(result.applicable)
    );
    let text = match result.waived {
        0 => text,
        waived => say!("{readiness}, {waived} waived", readiness = text, waived = Arg::at(waived)),
    };
    Cell { text, tone: tone(result.readiness), link: None }
}
