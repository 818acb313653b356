//! Every requirement against every subject, in parallel, in fixed order.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::catalogue::{Catalogue, Edition, Requirement, Severity, WhenMissing};
use crate::model::{Estate, Missing, Why};
use crate::rules::{self, Answer, Check, Context, Machine, Verdict};

mod counts;
mod disputed;
mod finding;
mod guests;
mod inherit;
mod marks;
mod outcome;
mod prerequisites;
mod results;
mod subject;
mod vm_result;
mod waive;

pub use counts::{Counts, holders};
pub use finding::{Because, Finding, Tally};
pub use guests::Guests;
pub use inherit::{machines_held, machines_of};
pub use marks::Marks;
pub use outcome::{Outcome, Readiness};
pub use prerequisites::{PrerequisiteLine, PrerequisiteResult};
pub use results::{Assessment, Run};
pub use subject::Subject;
use subject::number;
pub use vm_result::VmResult;
pub use waive::{Waiver, WaiverResult, WaiverState};

/// Judges an estate against editions.
#[must_use]
pub fn evaluate<'a>(
    estate: &Estate,
    catalogue: &'a Catalogue,
    editions: &[&'a Edition],
    as_of: Date,
) -> Assessment<'a> {
    evaluate_waiving(estate, catalogue, editions, as_of, &[])
}

/// Judges an estate like [`evaluate`], with waivers for findings that someone answers for.
#[must_use]
pub fn evaluate_waiving<'a>(
    estate: &Estate,
    catalogue: &'a Catalogue,
    editions: &[&'a Edition],
    as_of: Date,
    waivers: &[Waiver],
) -> Assessment<'a> {
    let guests = Guests::of(estate, catalogue, as_of);
    let context = Context::with_catalogue(estate, as_of, catalogue);
    let mut waivers = WaiverResult::begin(waivers, as_of);
    let runs = editions.iter().map(|edition| run(estate, edition, &context, &guests, &mut waivers)).collect();
    Assessment { as_of, runs, guests, waivers, catalogue }
}

/// Machines judged by one task; large enough to keep two cores busy without waiting on each other.
const MACHINES_PER_TASK: usize = 1024;
/// Findings of one machine that room is made for beforehand; an inventory without facts of the guest has about as many.
const FINDINGS_EXPECTED: usize = 16;

fn run<'a>(
    estate: &Estate,
    edition: &'a Edition,
    context: &Context<'_>,
    guests: &Guests,
    waivers: &mut [WaiverResult],
) -> Run<'a> {
    let checks: Vec<Prepared<'_>> = prepare(edition);
    let mut judged = Judged::new(checks.len());
    judge_others(estate, &checks, context, &mut judged);
    let others = judged.findings.len();
    let parts: Vec<(Vec<(VmResult, Marks)>, Judged)> = estate
        .vms
        .par_chunks(MACHINES_PER_TASK)
        .enumerate()
        .map(|(part, vms)| judge_machines(vms, part * MACHINES_PER_TASK, &checks, context, guests))
        .collect();
    let mut vms = Vec::with_capacity(estate.vms.len());
    let mut applicable = Vec::with_capacity(estate.vms.len());
    judged.findings.reserve_exact(parts.iter().map(|(_, part)| part.findings.len()).sum());
    for (results, part) in parts {
        for (result, marks) in results {
            vms.push(result);
            applicable.push(marks);
        }
        judged.absorb(part);
    }
    waive::waive(estate, edition, waivers, &mut judged.findings, &mut judged.tallies, &mut vms);
    inherit::inherit(estate, edition, &judged.findings[..others], &mut vms);
    let prerequisites = prerequisites::of(estate, edition, &judged.tallies, &judged.findings);
    let checks = edition.requirements.iter().map(|requirement| marks::number_of(&requirement.check)).collect();
    let Judged { tallies, findings } = judged;
    Run { edition, vms, applicable, checks, tallies, findings, prerequisites }
}

/// A requirement with its check found once.
struct Prepared<'a> {
    index: u16,
    requirement: &'a Requirement,
    check: Check,
    number: u8,
}

impl Prepared<'_> {
    /// Whether a cell that could not be read may hide what keeps a machine from being moved.
    fn may_block(&self, missing: Missing) -> bool {
        self.requirement.severity == Severity::Blocker && matches!(missing.why, Why::Unreadable(_) | Why::Disputed(_))
    }
}

fn prepare(edition: &Edition) -> Vec<Prepared<'_>> {
    edition
        .requirements
        .iter()
        .enumerate()
        .filter_map(|(index, requirement)| {
            let rule = rules::find(&requirement.check)?;
            let number = marks::number_of(&requirement.check)?;
            Some(Prepared { index: u16::try_from(index).ok()?, requirement, check: rule.check, number })
        })
        .collect()
}

/// Tallies and findings under way.
struct Judged {
    tallies: Vec<Tally>,
    findings: Vec<Finding>,
}

impl Judged {
    fn new(requirements: usize) -> Self {
        Self { tallies: vec![Tally::default(); requirements], findings: Vec::new() }
    }

    /// Takes down an answer and returns its outcome.
    fn take(&mut self, prepared: &Prepared<'_>, subject: Subject, answer: Answer) -> Outcome {
        let (outcome, because) = match answer {
            Ok(Verdict::Met) => (Outcome::Met, None),
            Ok(Verdict::NotApplicable) => (Outcome::NotApplicable, None),
            Ok(Verdict::NotMet(evidence)) => (Outcome::NotMet, Some(Because::Seen(Box::new(evidence)))),
            Err(missing) => {
                let outcome = match prepared.requirement.when_missing {
                    WhenMissing::Unknown => Outcome::Unknown,
                    // What no export tells lowers coverage; a cell that says something no one understood may say the worst.
                    WhenMissing::Unverified if prepared.may_block(missing) => Outcome::Unknown,
                    WhenMissing::Unverified => Outcome::Unverified,
                };
                (outcome, Some(Because::Missing(missing)))
            }
        };
        self.tallies[usize::from(prepared.index)].count(outcome);
        if let Some(because) = because {
            self.findings.push(Finding { requirement: prepared.index, outcome, subject, because, waiver: None });
        }
        outcome
    }

    fn absorb(&mut self, other: Self) {
        for (mine, theirs) in self.tallies.iter_mut().zip(other.tallies) {
            mine.add(theirs);
        }
        self.findings.extend(other.findings);
    }
}

fn judge_machines(
    vms: &[crate::model::Vm],
    first: usize,
    checks: &[Prepared<'_>],
    context: &Context<'_>,
    guests: &Guests,
) -> (Vec<(VmResult, Marks)>, Judged) {
    let mut judged = Judged::new(checks.len());
    judged.findings.reserve(vms.len() * FINDINGS_EXPECTED);
    let of_machines: Vec<_> = checks
        .iter()
        .filter_map(|prepared| if let Check::Vm(check) = prepared.check { Some((prepared, check)) } else { None })
        .collect();
    let results = vms
        .iter()
        .enumerate()
        .map(|(offset, vm)| {
            let index = first + offset;
            let guest = guests.of_machine(index, vm);
            let machine = Machine { vm, index, guest, lifecycle: guests.lifecycle_of(index) };
            let others: Vec<Machine<'_>> = guests.otherwise(index).collect();
            let mut result = VmResult::nothing_wrong();
            let mut marks = Marks::default();
            for (prepared, check) in &of_machines {
                let answer = check(&machine, &prepared.requirement.limits, context);
                let answer = of_stand_in(vm.stand_in, prepared.requirement, answer);
                let by_others = others.iter().map(|other| check(other, &prepared.requirement.limits, context));
                let answer = disputed::weigh(answer, vm, by_others);
                let outcome = judged.take(prepared, Subject::Vm(number(index)), answer);
                result.count(outcome, prepared.requirement.severity);
                if outcome != Outcome::NotApplicable {
                    marks.add(prepared.number);
                }
            }
            result.settle();
            (result, marks)
        })
        .collect();
    (results, judged)
}

/// A template or a replica is never ready: what it meets tells nothing of the machine that would be moved, so that what such
/// a machine cannot be called ready without stays unknown. What it does not meet is told.
fn of_stand_in(stand_in: Option<Missing>, requirement: &Requirement, answer: Answer) -> Answer {
    match (stand_in, requirement.when_missing, answer) {
        (Some(missing), WhenMissing::Unknown, Ok(Verdict::Met)) => Err(missing),
        (_, _, answer) => answer,
    }
}

/// Judges every subject that is not a machine, kind by kind, so that findings come in the order of [`Subject`].
fn judge_others(estate: &Estate, checks: &[Prepared<'_>], context: &Context<'_>, judged: &mut Judged) {
    macro_rules! judge {
        ($list:expr, $kind:ident) => {
            for (index, subject) in $list.iter().enumerate() {
                for prepared in checks {
                    if let Check::$kind(check) = prepared.check {
                        let answer = check(subject, &prepared.requirement.limits, context);
                        judged.take(prepared, Subject::$kind(number(index)), answer);
                    }
                }
            }
        };
    }
    for prepared in checks {
        if let Check::Estate(check) = prepared.check {
            judged.take(prepared, Subject::Estate, check(&prepared.requirement.limits, context));
        }
    }
    judge!(estate.azure.vaults, Vault);
    judge!(estate.azure.storage_accounts, StorageAccount);
    judge!(estate.azure.networks, Network);
    judge!(estate.azure.quotas, Quota);
    judge!(estate.vmm_servers, VmmServer);
    judge!(estate.clouds, Cloud);
    judge!(estate.host_groups, HostGroup);
    judge!(estate.clusters, Cluster);
    judge!(estate.hosts, Host);
}
