//! What changed from one assessment to the next. It works by what is recorded of the two, whatever the folder, the day or
//! the order of their rows, and knows no text.

mod book;
mod cause;
mod facts;
mod plan;
mod plan_cause;
mod subjects;

use std::collections::{BTreeMap, BTreeSet};

use self::book::{Book, Held, Key, turn};
use self::cause::Alike;
use self::facts::Facts;
use self::plan_cause::Made;
use self::subjects::Subjects;
use crate::evaluate::Readiness;
use crate::record::{
    CHANGES, Cause, Changes, FindingChange, Findings, Machine, Machines, Named, PlanChanges, ReadinessChange, Recorded,
    Road, Visit, Way, Word,
};

pub use cause::DATED;

/// Compares an earlier assessment with a later one.
#[must_use]
pub fn assessments<'r>(old: &'r Recorded<'r>, new: &'r Recorded<'r>) -> Changes {
    let subjects = Subjects::of(old, new);
    let facts = Facts::of(&subjects);
    let (old_books, new_books) = (Book::all(old), Book::all(new));
    let (pairs, not_compared) = pairs(&old_books, &new_books);
    let alike = Alike::of(old, new);
    let same_rulebook =
        alike.program && not_compared.is_empty() && pairs.iter().all(|(before, after)| before.sha256 == after.sha256);
    let mut all = Under { old, new, subjects: &subjects, facts: &facts, alike, ways: BTreeMap::new() };
    let (mut roads, mut readiness, mut changed) = (Vec::new(), Vec::new(), Vec::<FindingChange>::new());
    let mut findings = Findings::default();
    for (before, after) in pairs {
        let (of_findings, one_by_one, causes) = all.findings(before, after);
        let mut of_machines = all.readiness(before, after, &causes);
        let count = |way: Way| of_machines.iter().filter(|change| change.way.0 == way).count() as u64;
        let (better, worse) = (count(Way::Better), count(Way::Worse));
        roads.push(all.road(before, after, (better, worse), of_findings));
        add(&mut findings, of_findings);
        readiness.append(&mut of_machines);
        changed.extend(one_by_one);
    }
    let machines = all.machines();
    let plan = plans(old, new, (&subjects, &facts, alike), &roads, (&readiness, &changed));
    Changes {
        schema: CHANGES.to_owned(),
        old: visit(old),
        new: visit(new),
        same_inputs: alike.inputs,
        same_rulebook,
        machines,
        findings,
        roads,
        not_compared,
        came: subjects.machines.came.iter().map(|(key, machine)| named(key, machine, new)).collect(),
        gone: subjects.machines.gone.iter().map(|(key, machine)| named(key, machine, old)).collect(),
        readiness,
        changed,
        facts: facts.changes,
        plan: Some(plan),
    }
}

/// What changed of the plan, by who made what else changed on the road planned for.
fn plans<'r>(
    old: &'r Recorded<'r>,
    new: &'r Recorded<'r>,
    (subjects, facts, alike): (&Subjects<'r>, &Facts, Alike),
    roads: &[Road],
    (readiness, changed): (&[ReadinessChange], &[FindingChange]),
) -> PlanChanges {
    let target = new.plan.as_ref().map_or("", |plan| plan.road.0.as_str());
    let same_edition = roads.iter().find(|road| road.target == target).is_none_or(|road| road.same_edition);
    let causes = changed.iter().filter(|change| change.target == target).map(|change| change.cause.0).collect();
    let made = Made::of(old, new, facts, alike, (same_edition, causes));
    let of_road = readiness.iter().filter(|change| change.target == target);
    let by_machine: BTreeMap<&str, Cause> = of_road.map(|change| (&*change.key, change.cause.0)).collect();
    plan::plans(old, new, subjects, &made, |machine| by_machine.get(machine).copied())
}

/// The editions that are compared with one another, and the targets that only one was judged against. Those of a target are
/// compared edition by edition, else the one with the other.
fn pairs<'b, 'r>(old: &'b [Book<'r>], new: &'b [Book<'r>]) -> (Vec<(&'b Book<'r>, &'b Book<'r>)>, Vec<String>) {
    let mut free: Vec<&Book<'r>> = old.iter().collect();
    let mut pairs: Vec<(&Book<'r>, &Book<'r>)> = Vec::new();
    for same_edition in [true, false] {
        for after in new {
            if pairs.iter().any(|(_, taken)| std::ptr::eq(*taken, after)) {
                continue;
            }
            let fits =
                |book: &&Book<'r>| book.target == after.target && (!same_edition || book.edition == after.edition);
            let newest = free.iter().enumerate().filter(|(_, book)| fits(book)).max_by_key(|(_, book)| &book.edition);
            if let Some(place) = newest.map(|(place, _)| place) {
                pairs.push((free.remove(place), after));
            }
        }
    }
    pairs.sort_by_key(|(_, after)| (after.rank(), &after.edition));
    let is_compared = |book: &&Book<'r>| {
        !pairs.iter().any(|(before, after)| std::ptr::eq(*before, *book) || std::ptr::eq(*after, *book))
    };
    let left = old.iter().chain(new).filter(is_compared).map(|book| format!("{}@{}", book.target, book.edition));
    let left: BTreeSet<String> = left.collect();
    (pairs, left.into_iter().collect())
}

/// A comparison under way.
struct Under<'c, 'r> {
    old: &'r Recorded<'r>,
    new: &'r Recorded<'r>,
    subjects: &'c Subjects<'r>,
    facts: &'c Facts,
    alike: Alike,
    /// Which ways each machine went, on any road.
    ways: BTreeMap<&'c str, BTreeSet<Way>>,
}

/// Who made the findings of a subject otherwise, by its kind and name.
type Causes = BTreeMap<(String, String), BTreeSet<Cause>>;

impl<'r> Under<'_, 'r> {
    /// What became of the findings of an edition: in numbers, one by one, and who made them otherwise.
    fn findings(&self, before: &Book<'r>, after: &Book<'r>) -> (Findings, Vec<FindingChange>, Causes) {
        let old = before.findings(self.old, self.subjects);
        let new = after.findings(self.new, self.subjects);
        let (mut count, mut changes, mut causes) = (Findings::default(), Vec::new(), Causes::new());
        let keys: BTreeSet<&Key<'r>> = old.keys().chain(new.keys()).collect();
        for key in keys {
            let (was, is) = (old.get(key), new.get(key));
            let counted = was.or(is).is_some_and(Held::counts) || is.is_some_and(Held::counts);
            if self.subjects.came(key.kind, &key.subject) {
                count.came_with_subject += u64::from(counted);
                continue;
            }
            if self.subjects.gone(key.kind, &key.subject) {
                count.gone_with_subject += u64::from(counted);
                continue;
            }
            let Some(turn) = turn(was, is) else {
                count.unchanged += u64::from(counted);
                continue;
            };
            count.count(turn);
            let cause = self.cause((before, after), key, was, is);
            let shown = is.or(was).expect("a key is of one of the two");
            if was.is_some_and(Held::weighs) || is.is_some_and(Held::weighs) {
                let subject = (key.kind.to_owned(), shown.subject.to_lowercase());
                let subject = if key.kind == "vm" { (subject.0, key.subject.to_string()) } else { subject };
                causes.entry(subject).or_default().insert(cause);
            }
            changes.push(FindingChange {
                target: after.target.to_owned(),
                turn: Word(turn),
                cause: Word(cause),
                id: shown.id.to_string(),
                requirement: key.requirement.to_owned(),
                severity: Word(shown.severity),
                subject_kind: key.kind.to_owned(),
                subject: shown.subject.to_owned(),
                subject_id: shown.subject_id.to_owned(),
                host: shown.host.to_owned(),
                holds_for: shown.holds_for,
                before: was.map(Held::side),
                after: is.map(Held::side),
            });
        }
        changes.sort_by(|one, other| {
            let rank = |change: &FindingChange| (change.turn.0, change.severity.0);
            rank(one).cmp(&rank(other)).then_with(|| one.id.cmp(&other.id))
        });
        (count, changes, causes)
    }

    fn cause(
        &self,
        books: (&Book<'r>, &Book<'r>),
        key: &Key<'r>,
        was: Option<&Held<'r>>,
        is: Option<&Held<'r>>,
    ) -> Cause {
        if was.zip(is).is_some_and(|(was, is)| is.differs_by_waiver(was)) {
            return Cause::Waiver;
        }
        let terms = (books.0.terms(key.requirement), books.1.terms(key.requirement));
        let same_facts = self.facts.same(self.subjects, key.kind, &key.subject);
        self.alike.cause(books, key.requirement, terms, same_facts)
    }

    /// The machines that are more or less ready by an edition than they were.
    fn readiness(&mut self, before: &Book<'r>, after: &Book<'r>, causes: &Causes) -> Vec<ReadinessChange> {
        let mut changes = Vec::new();
        let (Some(old), Some(new)) = (before.place, after.place) else { return changes };
        for (key, (was, is)) in &self.subjects.machines.both {
            let (Some(from), Some(to)) = (ready(was, old), ready(is, new)) else { continue };
            let way = match to.cmp(&from) {
                std::cmp::Ordering::Less => Way::Worse,
                std::cmp::Ordering::Greater => Way::Better,
                std::cmp::Ordering::Equal => continue,
            };
            self.ways.entry(key).or_default().insert(way);
            let mut of_it: BTreeSet<Cause> = BTreeSet::new();
            let own = [("vm", key.clone())].into_iter();
            for (kind, name) in own.chain(holders(was)).chain(holders(is)) {
                of_it.extend(causes.get(&(kind.to_owned(), name)).into_iter().flatten());
            }
            let same_rules = self.alike.program && before.sha256 == after.sha256 && self.alike.day;
            let otherwise = if same_rules { Cause::Site } else { Cause::Either };
            changes.push(ReadinessChange {
                target: after.target.to_owned(),
                key: key.clone(),
                vm: is.vm.to_string(),
                vm_id: is.vm_id.as_ref().map(ToString::to_string),
                host: is.host.as_ref().map(ToString::to_string),
                way: Word(way),
                before: Word(from),
                after: Word(to),
                cause: Word(cause::of_all(&of_it, otherwise)),
            });
        }
        changes.sort_by(|one, other| (one.way.0, one.after.0, &one.key).cmp(&(other.way.0, other.after.0, &other.key)));
        changes
    }

    fn road(&self, before: &Book<'r>, after: &Book<'r>, (better, worse): (u64, u64), findings: Findings) -> Road {
        let (old, new) = (before.place, after.place);
        let count = |record: &Recorded<'r>, place: Option<u16>, wanted: Readiness| {
            let is = |machine: &&Machine<'r>| place.is_some_and(|place| ready(machine, place) == Some(wanted));
            record.machines.iter().filter(is).count() as u64
        };
        let of = |wanted: &Readiness| (Word(*wanted), count(self.old, old, *wanted), count(self.new, new, *wanted));
        let judges_machines = old.is_some() && new.is_some();
        Road {
            target: after.target.to_owned(),
            old_edition: before.edition.clone(),
            new_edition: after.edition.clone(),
            same_edition: before.sha256 == after.sha256,
            readiness: if judges_machines { Readiness::ALL.iter().map(of).collect() } else { Vec::new() },
            better,
            worse,
            unchanged: self.subjects.machines.both.len() as u64 - better - worse,
            findings,
        }
    }

    fn machines(&self) -> Machines {
        let Subjects { machines, .. } = self.subjects;
        let mut count = Machines {
            came: machines.came.len() as u64,
            gone: machines.gone.len() as u64,
            unchanged: (machines.both.len() - self.ways.len()) as u64,
            ..Machines::default()
        };
        for ways in self.ways.values() {
            *match (ways.contains(&Way::Better), ways.contains(&Way::Worse)) {
                (true, true) => &mut count.mixed,
                (true, false) => &mut count.better,
                (false, _) => &mut count.worse,
            } += 1;
        }
        count
    }
}

/// Whatever hands findings down to a machine, by kind and name.
fn holders(machine: &Machine<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let vmm_server = machine.facts.iter().find(|(fact, _)| fact == "vm_vmm_server").map(|(_, value)| value);
    let named = [
        ("host", machine.host.as_ref()),
        ("cluster", machine.cluster.as_ref()),
        ("cloud", machine.cloud.as_ref()),
        ("vmm-server", vmm_server),
    ];
    named.into_iter().filter_map(|(kind, name)| Some((kind, name?.to_lowercase())))
}

fn ready(machine: &Machine<'_>, edition: u16) -> Option<Readiness> {
    machine.results.iter().find(|verdict| verdict.edition == edition).map(|verdict| verdict.readiness.0)
}

fn visit(record: &Recorded<'_>) -> Visit {
    Visit {
        klar_version: record.klar_version.to_string(),
        as_of: record.as_of.to_string(),
        customer: record.customer.as_ref().map(ToString::to_string),
        site: record.site.as_ref().map(ToString::to_string),
        machines: record.machines.len() as u64,
    }
}

fn named(key: &str, machine: &Machine<'_>, record: &Recorded<'_>) -> Named {
    let mut readiness: Vec<(String, Word<Readiness>)> = machine
        .results
        .iter()
        .filter_map(|verdict| {
            let edition = record.editions.get(usize::from(verdict.edition))?;
            Some((edition.target.0.as_str().to_owned(), verdict.readiness))
        })
        .collect();
    readiness.sort_by(|one, other| one.0.cmp(&other.0));
    Named {
        key: key.to_owned(),
        vm: machine.vm.to_string(),
        vm_id: machine.vm_id.as_ref().map(ToString::to_string),
        host: machine.host.as_ref().map(ToString::to_string),
        readiness,
    }
}

fn add(all: &mut Findings, of: Findings) {
    all.new += of.new;
    all.worse += of.worse;
    all.no_longer_told += of.no_longer_told;
    all.eased += of.eased;
    all.fixed += of.fixed;
    all.unchanged += of.unchanged;
    all.came_with_subject += of.came_with_subject;
    all.gone_with_subject += of.gone_with_subject;
}
