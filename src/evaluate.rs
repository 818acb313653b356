//! Every requirement against every subject, in parallel, in fixed order.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::catalogue::{Catalogue, Edition, Requirement, Severity, WhenMissing};
use crate::model::{Estate, Missing, Why, words};
use crate::rules::{self, Answer, Check, Context, Evidence, Machine, Verdict};

mod guests;
mod inherit;
mod marks;
mod prerequisites;
mod subject;
mod vm_result;
mod waive;

pub use guests::Guests;
pub use inherit::{machines_held, machines_of};
pub use marks::{Counts, Marks, holders};
pub use prerequisites::{PrerequisiteLine, PrerequisiteResult};
pub use subject::Subject;
pub use vm_result::VmResult;
pub use waive::{Waiver, WaiverResult, WaiverState};

words! {
    /// What became of a requirement for a subject.
    Outcome {
        /// Met.
        Met = "met",
        /// Not met.
        NotMet = "not-met",
        /// Could not be told, and the machine cannot be called ready without it.
        Unknown = "unknown",
        /// Could not be told; lowers coverage only.
        Unverified = "unverified",
        /// Does not concern the subject.
        NotApplicable = "not-applicable",
    }
}

words! {
    /// Whether a machine can take a road to Azure, worst first.
    Readiness {
        /// A blocker is not met.
        NotReady = "not-ready",
        /// An essential requirement is unknown.
        Unknown = "unknown",
        /// A condition is not met.
        ReadyWithConditions = "ready-with-conditions",
        /// Nothing stands in the way of what could be checked.
        Ready = "ready",
    }
}

/// Why a finding stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// What was seen and what was expected.
    Seen(Box<Evidence>),
    /// What is missing.
    Missing(Missing),
}

/// A requirement that is not met, unknown or unverified for a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index into the edition's requirements.
    pub requirement: u16,
    /// Not met, unknown or unverified.
    pub outcome: Outcome,
    /// What it is about.
    pub subject: Subject,
    /// Why.
    pub because: Because,
    /// The waiver that waives it: an index into the assessment's waivers.
    pub waiver: Option<u16>,
}

/// How many subjects a requirement came out how for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Met.
    pub met: u64,
    /// Not met.
    pub not_met: u64,
    /// Unknown.
    pub unknown: u64,
    /// Unverified.
    pub unverified: u64,
    /// Not applicable.
    pub not_applicable: u64,
    /// Not met and waived; counted under not met as well.
    pub waived: u64,
}

/// The results of one edition.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// A result per machine, in the estate's order.
    pub vms: Vec<VmResult>,
    /// For each machine, in the estate's order, the checks that concern it.
    pub applicable: Vec<Marks>,
    /// For each requirement, in the edition's order, the place of its check in the roster.
    pub checks: Vec<Option<u8>>,
    /// A tally per requirement, in the edition's order.
    pub tallies: Vec<Tally>,
    /// Findings: subjects other than machines first, each in the estate's order, then in the edition's order of requirements.
    pub findings: Vec<Finding>,
    /// The rows of the prerequisites article, when the edition has them.
    pub prerequisites: Vec<PrerequisiteResult>,
}

impl Run<'_> {
    /// The findings of the machine of an index.
    #[must_use]
    pub fn findings_of_machine(&self, index: usize) -> &[Finding] {
        self.findings_of(Subject::Vm(number(index)))
    }

    /// How many machines came out how, worst first.
    #[must_use]
    pub fn readiness_counts(&self) -> [(Readiness, u64); 4] {
        let mut counts = [
            (Readiness::NotReady, 0),
            (Readiness::Unknown, 0),
            (Readiness::ReadyWithConditions, 0),
            (Readiness::Ready, 0),
        ];
        for vm in &self.vms {
            counts[vm.readiness as usize].1 += 1;
        }
        counts
    }
}

/// Everything concluded about an estate.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// The date that lifecycles were compared with.
    pub as_of: Date,
    /// A run per edition asked for, in the order asked.
    pub runs: Vec<Run<'a>>,
    /// What each machine's guest operating system name means.
    pub guests: Guests,
    /// The waivers, and what became of each.
    pub waivers: Vec<WaiverResult>,
    /// The catalogue it rests on.
    pub catalogue: &'a Catalogue,
}

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
        self.requirement.severity == Severity::Blocker && matches!(missing.why, Why::Unreadable(_))
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

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Met => self.met += 1,
            Outcome::NotMet => self.not_met += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Unverified => self.unverified += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.met += other.met;
        self.not_met += other.not_met;
        self.unknown += other.unknown;
        self.unverified += other.unverified;
        self.not_applicable += other.not_applicable;
        self.waived += other.waived;
    }

    /// Subjects the requirement was put to.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.met + self.not_met + self.unknown + self.unverified + self.not_applicable
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
            let mut result = VmResult::nothing_wrong();
            let mut marks = Marks::default();
            for (prepared, check) in &of_machines {
                let answer = check(&machine, &prepared.requirement.limits, context);
                let answer = of_stand_in(vm.stand_in, prepared.requirement, answer);
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

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("the row limit is below 2^32")
}
