//! Who made a change of the plan: the site, the rulebook, the wishes, the prices, the calendar or a waiver.

use std::collections::BTreeSet;

use super::cause::Alike;
use super::facts::Facts;
use crate::record::{Cause, Plan, Recorded};

/// What of a plan is otherwise, as far as it bears on who made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whether a machine is planned.
    Standing,
    /// The size of a machine.
    Size,
    /// The tiers of its disks.
    Disks,
    /// Its wave, or a wave.
    Wave,
    /// What a month of it costs.
    Cost,
    /// What a quota falls short by.
    Quota,
    /// A storage account.
    Account,
    /// What the plan adds up to.
    Total,
}

/// What two plans were made by, as far as it differs.
pub(super) struct Made<'c> {
    facts: &'c Facts,
    /// What differs of the inputs, of program, catalogue and edition of the road, and of the prices.
    differs: BTreeSet<Cause>,
    /// Whether the sizes to be had may differ by the inputs.
    offers_of_site: bool,
    /// The keys of the wishes that differ; none where one of the plans does not tell them.
    wishes: Option<BTreeSet<String>>,
    /// Who else made findings of the road otherwise.
    others: BTreeSet<Cause>,
}

impl<'c> Made<'c> {
    /// What two plans were made by; `same_edition` is of the road planned for, and `causes` made its findings otherwise.
    pub(super) fn of(
        old: &Recorded<'_>,
        new: &Recorded<'_>,
        facts: &'c Facts,
        alike: Alike,
        (same_edition, causes): (bool, BTreeSet<Cause>),
    ) -> Self {
        let others = causes.into_iter().filter(|cause| matches!(cause, Cause::Date | Cause::Waiver)).collect();
        let plans = old.plan.as_ref().zip(new.plan.as_ref());
        let prices = |(old, new): (&Plan<'_>, &Plan<'_>)| {
            old.prices_sha256 != new.prices_sha256 || old.prices.len() != new.prices.len()
        };
        let differs = [
            (!alike.inputs, Cause::Site),
            (!(alike.program && same_edition), Cause::Rulebook),
            (plans.is_some_and(prices), Cause::Prices),
        ];
        let is_exported = |plan: &Plan<'_>| plan.availability != "not-verified";
        let offers =
            |(old, new): (&Plan<'_>, &Plan<'_>)| is_exported(old) || is_exported(new) || old.region != new.region;
        Self {
            facts,
            differs: differs.into_iter().filter(|(differs, _)| *differs).map(|(_, cause)| cause).collect(),
            offers_of_site: !alike.inputs && plans.is_none_or(offers),
            wishes: plans.and_then(|(old, new)| wishes(old, new)),
            others,
        }
    }

    /// Who made something otherwise: the one thing that differs and bears on it, where there is but one. What bears on a
    /// machine's own size, disks and cost is what is told of that machine; on all else, whatever the inputs tell.
    pub(super) fn cause(&self, kind: Kind, machine: Option<&str>) -> Cause {
        let mut causes = BTreeSet::new();
        let is_touched = machine.is_none_or(|machine| self.facts.is_touched(machine));
        let by_machine_alone = matches!(kind, Kind::Size | Kind::Disks | Kind::Cost) && !self.offers_of_site;
        causes.extend(self.differs.iter().filter(|cause| match cause {
            Cause::Site => is_touched || !by_machine_alone,
            Cause::Prices => !matches!(kind, Kind::Wave | Kind::Account | Kind::Standing),
            Cause::Rulebook | Cause::Either | Cause::Date | Cause::Waiver | Cause::Wishes | Cause::Several => true,
        }));
        if self.wishes.as_ref().is_none_or(|keys| keys.iter().any(|key| bears_on(key, kind))) {
            causes.insert(Cause::Wishes);
        }
        if !matches!(kind, Kind::Size | Kind::Disks | Kind::Cost) {
            causes.extend(&self.others);
        }
        let mut causes = causes.into_iter();
        match (causes.next(), causes.next()) {
            // All that is left are the waves of an earlier plan, which are kept where that is asked for.
            (None, _) => Cause::Wishes,
            (Some(only), None) => only,
            (Some(_), Some(_)) => Cause::Several,
        }
    }
}

/// The keys of the wishes that differ, when both plans tell theirs.
fn wishes(old: &Plan<'_>, new: &Plan<'_>) -> Option<BTreeSet<String>> {
    if old.wishes.is_empty() || new.wishes.is_empty() {
        return None;
    }
    let keys = old.wishes.iter().chain(&new.wishes).map(|(key, _)| key);
    let value = |plan: &Plan<'_>, key: &str| {
        plan.wishes.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string())
    };
    Some(keys.filter(|key| value(old, key) != value(new, key)).map(ToString::to_string).collect())
}

/// Whether a wish may bear on something; one that is not known bears on everything.
fn bears_on(key: &str, kind: Kind) -> bool {
    match key {
        "wave_size" | "together" | "pin" => !matches!(kind, Kind::Size | Kind::Disks | Kind::Cost | Kind::Standing),
        "exclude" => !matches!(kind, Kind::Size | Kind::Disks | Kind::Cost),
        "licence" | "term" => matches!(kind, Kind::Size | Kind::Cost | Kind::Quota | Kind::Total),
        "bandwidth_mbit"
        | "hours_a_day"
        | "busy_hours"
        | "growth_percent"
        | "daily_change_percent"
        | "daily_change_gib" => !matches!(kind, Kind::Size | Kind::Disks | Kind::Cost | Kind::Standing),
        "resource_group" | "network" | "oversize_factor" | "percentile" => false,
        _ => true,
    }
}
