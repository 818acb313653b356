//! Identifiers that stay the same from visit to visit: of a subject by its ID, else by its name and where it is; of a
//! finding by target, requirement and subject.

use rustc_hash::FxHashMap;

use super::view::View;
use crate::evaluate::{Run, Subject};
use crate::model::{Arg, Estate, Fact, Identity, Name, Phrase, say};
use crate::tables::Item;

/// The identifiers of an estate's subjects.
#[derive(Debug)]
pub struct Ids {
    /// For subjects that nothing tells from an earlier one, which of them it is, from 2.
    repeated: FxHashMap<Subject, u32>,
    /// Whether several editions of a target were judged against, so that a target alone names none.
    by_edition: bool,
}

impl Ids {
    /// The identifiers for a view.
    #[must_use]
    pub fn of(view: &View<'_>) -> Self {
        let mut seen: FxHashMap<String, u32> = FxHashMap::default();
        let mut repeated = FxHashMap::default();
        for subject in Subject::all(view.estate) {
            let key = format!("{}/{}", subject.kind(), say!("{key}", key = key(view.estate, subject)));
            let count = seen.entry(key).or_insert(0);
            *count += 1;
            if *count > 1 {
                repeated.insert(subject, *count);
            }
        }
        let runs = &view.assessment.runs;
        let by_edition = runs
            .iter()
            .enumerate()
            .any(|(number, run)| runs[..number].iter().any(|earlier| earlier.edition.target == run.edition.target));
        Self { repeated, by_edition }
    }

    /// The identifier of an action: target and requirement.
    #[must_use]
    pub fn action(&self, run: &Run<'_>, requirement: &str) -> Phrase {
        let target = Arg::Word(run.edition.target.as_str());
        let requirement = Arg::text(requirement);
        if self.by_edition {
            let edition = Arg::text(&run.edition.edition);
            return say!(
                "{target}@{edition}/{requirement}",
                target = target,
                edition = edition,
                requirement = requirement
            );
        }
        say!("{target}/{requirement}", target = target, requirement = requirement)
    }

    /// The identifier of a finding, as a machine that inherits it has it when one is given.
    #[must_use]
    pub fn finding(&self, estate: &Estate, action: Phrase, subject: Subject, heir: Option<u32>) -> Phrase {
        let (kind, of) = self.subject(estate, subject);
        match heir {
            None => say!("{action}/{kind}/{subject}", action = action, kind = kind, subject = of),
            Some(machine) => {
                let (_, heir) = self.subject(estate, Subject::Vm(machine));
                say!("{action}/vm/{heir}/{kind}/{subject}", action = action, heir = heir, kind = kind, subject = of)
            }
        }
    }

    /// The identifier of what a rule of the organisation's own found.
    #[must_use]
    pub fn rule_finding(&self, estate: &Estate, action: Phrase, item: Item) -> Phrase {
        let part = |kind: &'static str, name: &str| {
            let (_, machine) = self.subject(estate, item.subject());
            let name = Arg::named(Identity::Path, &name.to_lowercase());
            say!(
                "{action}/{kind}/{machine}/{name}",
                action = action.clone(),
                kind = Arg::Word(kind),
                machine = machine,
                name = name
            )
        };
        match item {
            Item::Vm(_) | Item::Host(_) => self.finding(estate, action, item.subject(), None),
            Item::Disk(vm, disk) => {
                let of = &estate.vms[vm].disks[disk];
                let known =
                    of.path.value().or_else(|| of.name.value()).map_or_else(|| disk.to_string(), ToString::to_string);
                part("disk", &known)
            }
            Item::Nic(vm, nic) => {
                let of = &estate.vms[vm].nics[nic];
                let known =
                    of.mac.value().or_else(|| of.name.value()).map_or_else(|| nic.to_string(), ToString::to_string);
                part("nic", &known)
            }
        }
    }

    /// What tells a subject from others of its kind.
    #[must_use]
    pub fn key(&self, estate: &Estate, subject: Subject) -> Phrase {
        let (_, key) = self.subject(estate, subject);
        say!("{key}", key = key)
    }

    /// The kind of a subject and its identifier.
    fn subject(&self, estate: &Estate, subject: Subject) -> (Arg, Arg) {
        let key = key(estate, subject);
        let key = match self.repeated.get(&subject) {
            Some(number) => Arg::from(say!("{key}#{number}", key = key, number = *number)),
            None => key,
        };
        (Arg::Word(subject.kind().as_str()), key)
    }
}

/// What tells a subject from others of its kind, in small letters: its ID, else its name and where it is.
fn key(estate: &Estate, subject: Subject) -> Arg {
    let identity = subject.kind().identity();
    let name = || Arg::named(identity, &subject.name(estate).to_lowercase());
    let id = |id: &Fact<Name>| id.value().map(|id| Arg::named(Identity::Id, &id.to_lowercase()));
    let at = |place: &Fact<Name>, identity: Identity| match place.value() {
        Some(place) => {
            Arg::from(say!("{name}@{place}", name = name(), place = Arg::named(identity, &place.to_lowercase())))
        }
        None => name(),
    };
    match subject {
        Subject::Estate => Arg::Word("all"),
        Subject::Vault(index) => id(&estate.azure.vaults[index as usize].id).unwrap_or_else(name),
        Subject::StorageAccount(index) => id(&estate.azure.storage_accounts[index as usize].id).unwrap_or_else(name),
        Subject::Network(index) => id(&estate.azure.networks[index as usize].id).unwrap_or_else(name),
        Subject::Quota(index) => at(&estate.azure.quotas[index as usize].location, Identity::Resource),
        Subject::VmmServer(_) | Subject::HostGroup(_) | Subject::Cluster(_) => name(),
        Subject::Cloud(index) => {
            let cloud = &estate.clouds[index as usize];
            id(&cloud.id).unwrap_or_else(|| at(&cloud.vmm_server, Identity::Server))
        }
        Subject::Host(index) => id(&estate.hosts[index as usize].id).unwrap_or_else(name),
        Subject::Vm(index) => {
            let vm = &estate.vms[index as usize];
            id(&vm.id).unwrap_or_else(|| at(&vm.host, Identity::Host))
        }
    }
}
