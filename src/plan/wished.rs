//! What was wished of a plan, key by key, so that it can be told which of two plans was wished otherwise.

use super::wishes::{DailyChange, Need, Wishes};
use crate::model::{Arg, Identity, Name, Pattern, Phrase, say};

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wished {
    /// The key of the configuration.
    pub key: &'static str,
    /// What is wished.
    pub value: Phrase,
}

/// Every wish that has a value. The waves of an earlier plan are none: they are kept, not wished.
pub(super) fn of(wishes: &Wishes) -> Vec<Wished> {
    let mut list = List(Vec::new());
    list.named("region", Identity::Term, wishes.region.as_ref());
    list.named("zone", Identity::Term, wishes.zone.as_ref());
    list.add("road", wishes.road.map(|road| Arg::Word(road.as_str())));
    list.add("sizing", Some(wishes.sizing));
    list.patterns("sizes", Identity::Resource, wishes.sizes.iter());
    list.patterns("avoid", Identity::Resource, wishes.avoid.iter());
    list.add("accelerated_networking", matches!(wishes.accelerated_networking, Need::Needed).then_some("needed"));
    let kinds = wishes.disk_kinds.iter().map(|kind| Arg::Word(kind.as_str()));
    list.add("disk_types", Some(Arg::List(kinds.collect())));
    list.add("redundancy", Some(wishes.redundancy));
    list.add("comfort_percent", Some(wishes.comfort_percent));
    list.add("percentile", wishes.percentile);
    list.add("least_vcpus", Some(wishes.least_vcpus));
    list.add("least_memory_mib", Some(Arg::At(wishes.least_memory.0)));
    list.add("oversize_factor", Some(wishes.oversize_factor));
    list.add("growth_percent", wishes.growth_percent);
    match wishes.daily_change {
        Some(DailyChange::Percent(percent)) => list.add("daily_change_percent", Some(percent)),
        Some(DailyChange::GibEach(size)) => list.add("daily_change_gib", Some(size)),
        None => {}
    }
    list.add("bandwidth_mbit", wishes.bandwidth_mbit.map(Arg::At));
    list.add("hours_a_day", Some(wishes.hours_a_day));
    list.add("busy_hours", Some(wishes.busy_hours));
    list.add("wave_size", wishes.wave_size);
    list.add("licence", Some(wishes.licence));
    list.add("term", Some(wishes.term));
    list.named("resource_group", Identity::Resource, wishes.resource_group.as_ref());
    let together = wishes.together.iter().map(|together| {
        let name = Arg::named(Identity::Customer, &together.name);
        say!("{name}: {machines}", name, machines = machines(together.machines.iter())).into()
    });
    list.many("together", together);
    let pins = wishes.pins.iter().map(|pin| {
        let machine = Arg::named(Identity::Machine, pin.machine.as_str());
        say!("{machine} in {wave}", machine, wave = Arg::At(pin.wave.into())).into()
    });
    list.many("pin", pins);
    list.patterns("exclude", Identity::Machine, wishes.excluded.iter().map(|exclusion| &exclusion.machine));
    let networks = wishes.networks.iter().map(|network| {
        let from = Arg::named(Identity::Network, network.from.as_str());
        let to =
            Arg::names(Identity::Network, [&network.network].into_iter().chain(&network.subnet).map(|name| &**name));
        say!("{from} to {to}", from, to).into()
    });
    list.many("network", networks);
    list.0
}

fn machines<'a>(patterns: impl Iterator<Item = &'a Pattern>) -> Arg {
    Arg::names(Identity::Machine, patterns.map(Pattern::as_str))
}

struct List(Vec<Wished>);

impl List {
    fn add(&mut self, key: &'static str, value: Option<impl Into<Arg>>) {
        self.0.extend(value.map(|value| Wished { key, value: Phrase::from(value.into()) }));
    }

    fn named(&mut self, key: &'static str, identity: Identity, name: Option<&Name>) {
        self.add(key, name.map(|name| Arg::named(identity, name)));
    }

    fn patterns<'a>(&mut self, key: &'static str, identity: Identity, patterns: impl Iterator<Item = &'a Pattern>) {
        self.many(key, patterns.map(|pattern| Arg::named(identity, pattern.as_str())));
    }

    /// Several of a kind, and nothing where there are none.
    fn many(&mut self, key: &'static str, values: impl Iterator<Item = Arg>) {
        let values: Vec<Arg> = values.collect();
        self.add(key, (!values.is_empty()).then(|| Arg::Items(values.into())));
    }
}
