//! Many sites as one: how far each is, and what several of them have in common, worst first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::catalogue::{Severity, Target, WhenMissing};
use crate::evaluate::{Outcome, Readiness};
use crate::model::SubjectKind;
use crate::record::Recorded;

/// How many machines came out how, in the order of [`Readiness::ALL`].
pub type Counts = [u64; 4];

/// A site, as its reports tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Its machines.
    pub machines: u64,
    /// How far they are, for each road that was judged.
    pub roads: BTreeMap<Target, Counts>,
    /// What is not met, or essential and not known.
    pub found: BTreeMap<Finding, Held>,
}

/// A requirement that is not met or cannot be told, at any site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The road.
    pub target: Target,
    /// The requirement's name.
    pub requirement: String,
    /// What not met means.
    pub severity: Severity,
    /// Not met or unknown.
    pub outcome: Outcome,
}

/// What a finding holds back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Machines, those among them that inherit it.
    pub machines: u64,
    /// Hosts, clouds, resources and whatever else is no machine.
    pub others: u64,
}

/// A finding at all sites together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The finding.
    pub finding: Finding,
    /// What it holds back.
    pub held: Held,
    /// The sites, by their place, the one with the most machines first.
    pub sites: Vec<usize>,
}

/// Many sites as one.
#[derive(Clone, Debug, Default)]
pub struct Rollup {
    /// The sites, in order of name.
    pub sites: Vec<Site>,
    /// What they have in common, worst first.
    pub across: Vec<Across>,
}

impl Rollup {
    /// Brings sites together; what is told of a name more than once is added up.
    #[must_use]
    pub fn of(told: impl IntoIterator<Item = Site>) -> Self {
        let mut by_name: BTreeMap<String, Site> = BTreeMap::new();
        for site in told {
            by_name
                .entry(site.name.clone())
                .or_insert_with(|| Site { name: site.name.clone(), ..Site::default() })
                .add(site);
        }
        let sites: Vec<Site> = by_name.into_values().collect();
        let mut across: BTreeMap<&Finding, Across> = BTreeMap::new();
        for (place, site) in sites.iter().enumerate() {
            for (finding, held) in &site.found {
                let all = across.entry(finding).or_insert_with(|| Across {
                    finding: finding.clone(),
                    held: Held::default(),
                    sites: Vec::new(),
                });
                all.held.add(*held);
                all.sites.push(place);
            }
        }
        let mut across: Vec<Across> = across.into_values().collect();
        for all in &mut across {
            all.sites.sort_by_key(|place| Reverse(sites[*place].found[&all.finding].machines));
        }
        across.sort_by_key(|all| (all.finding.weight(), Reverse(all.held.machines), Reverse(all.sites.len())));
        Self { sites, across }
    }

    /// The roads that any site was judged for.
    #[must_use]
    pub fn roads(&self) -> Vec<Target> {
        let is_judged = |target: &&Target| self.sites.iter().any(|site| site.roads.contains_key(target));
        Target::ALL.iter().filter(is_judged).copied().collect()
    }

    /// All machines.
    #[must_use]
    pub fn machines(&self) -> u64 {
        self.sites.iter().map(|site| site.machines).sum()
    }

    /// How far the machines of all sites are on a road.
    #[must_use]
    pub fn counts(&self, road: Target) -> Counts {
        let mut sum = Counts::default();
        for counts in self.sites.iter().filter_map(|site| site.roads.get(&road)) {
            add(&mut sum, counts);
        }
        sum
    }

    /// The sites judged for a road, the worst first: the one of which the least part can go, and of those that are even the
    /// largest.
    #[must_use]
    pub fn worst_first(&self, road: Target) -> Vec<&Site> {
        let mut sites: Vec<&Site> = self.sites.iter().filter(|site| site.roads.contains_key(&road)).collect();
        sites.sort_by(|one, other| {
            let share = |site: &Site| (u128::from(can_go(&site.roads[&road])), u128::from(site.machines.max(1)));
            let ((one_goes, one_all), (other_goes, other_all)) = (share(one), share(other));
            // Shares are compared as they are, without a fraction that would be rounded.
            let by_share = (one_goes * other_all).cmp(&(other_goes * one_all));
            by_share.then(other.machines.cmp(&one.machines)).then_with(|| one.name.cmp(&other.name))
        });
        sites
    }
}

/// The machines that can go as they are, or after a change.
#[must_use]
pub const fn can_go(counts: &Counts) -> u64 {
    counts[Readiness::Ready as usize] + counts[Readiness::ReadyWithConditions as usize]
}

fn add(sum: &mut Counts, more: &Counts) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

impl Held {
    /// Adds what else is held back.
    pub const fn add(&mut self, more: Self) {
        self.machines += more.machines;
        self.others += more.others;
    }
}

impl Finding {
    /// How much it matters: blockers, then what is not known, then the others.
    const fn weight(&self) -> (u8, Severity) {
        let rank = match (self.outcome, self.severity) {
            (Outcome::NotMet, Severity::Blocker) => 0,
            (Outcome::NotMet, Severity::Condition | Severity::Warning | Severity::Info) => 2,
            (Outcome::Met | Outcome::Unknown | Outcome::Unverified | Outcome::NotApplicable, _) => 1,
        };
        (rank, self.severity)
    }
}

impl Site {
    fn add(&mut self, more: Self) {
        self.machines += more.machines;
        for (road, counts) in &more.roads {
            add(self.roads.entry(*road).or_default(), counts);
        }
        for (finding, held) in more.found {
            self.found.entry(finding).or_default().add(held);
        }
    }

    /// A site as its record tells it; `name` where the record names none.
    #[must_use]
    pub fn of_record(record: &Recorded<'_>, name: &str) -> Self {
        let mut site = Self {
            name: record.site.as_deref().unwrap_or(name).to_owned(),
            machines: record.machines.len() as u64,
            ..Self::default()
        };
        for edition in &record.editions {
            let counts = site.roads.entry(edition.target.0).or_default();
            for (readiness, count) in &edition.readiness {
                counts[readiness.0 as usize] += count;
            }
        }
        let finding = |edition: u16, requirement: u16, outcome: Outcome| {
            let edition = record.editions.get(usize::from(edition))?;
            let requirement = edition.requirements.get(usize::from(requirement))?;
            let is_told = outcome == Outcome::NotMet || requirement.when_missing.0 == WhenMissing::Unknown;
            let (name, severity) = (requirement.requirement.to_string(), requirement.severity.0);
            is_told.then_some(Finding { target: edition.target.0, requirement: name, severity, outcome })
        };
        for told in record.findings.iter().filter(|told| told.waived_by.is_none()) {
            if !matches!(told.outcome.0, Outcome::NotMet | Outcome::Unknown) {
                continue;
            }
            let Some(finding) = finding(told.edition, told.requirement, told.outcome.0) else { continue };
            let is_machine = told.subject_kind == SubjectKind::Vm.as_str();
            let machines = if is_machine { 1 } else { told.holds_for.unwrap_or(0) };
            site.found.entry(finding).or_default().add(Held { machines, others: u64::from(!is_machine) });
        }
        for verdict in record.machines.iter().flat_map(|machine| &machine.results) {
            for (requirement, _) in &verdict.missing {
                let Some(finding) = finding(verdict.edition, *requirement, Outcome::Unknown) else { continue };
                site.found.entry(finding).or_default().add(Held { machines: 1, others: 0 });
            }
        }
        site
    }
}
