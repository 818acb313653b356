//! What each machine's guest operating system name means, worked out once per distinct name.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::catalogue::{Catalogue, GuestOs, Lifecycle};
use crate::model::{Architecture, Estate, Field, Known, Missing, Name, Vm, Vocabulary, Why};
use crate::rules::Machine;

/// What a guest's meaning is worked out from: its name, version and bitness, and whose words the name is in.
type Told<T> = (T, Option<T>, Option<Architecture>, Vocabulary);

/// The meanings of the guest names of an estate.
#[derive(Clone, Debug, Default)]
pub struct Guests {
    meanings: Vec<Option<Meaning>>,
    of_machine: Vec<Option<u32>>,
    /// Machines as they are by what was not believed of them, by their index.
    disputed: FxHashMap<usize, Vec<Otherwise>>,
}

/// A machine by what was not believed of it.
#[derive(Clone, Debug)]
struct Otherwise {
    vm: Vm,
    meaning: Option<Meaning>,
}

/// What a name means, and where that stands in its lifecycle.
#[derive(Clone, Debug)]
struct Meaning {
    guest: GuestOs,
    lifecycle: Lifecycle,
}

impl Guests {
    /// Works out the meaning of every guest name in an estate, and its lifecycle on a date.
    ///
    /// # Panics
    /// Never: there are fewer names than machines, and fewer machines than 2^32.
    #[must_use]
    pub fn of(estate: &Estate, catalogue: &Catalogue, as_of: Date) -> Self {
        let mut guests = Self::default();
        let mut seen: FxHashMap<Told<Name>, u32> = FxHashMap::default();
        // Cells of one text share it, so that most names are known by their address before they are compared.
        let mut seen_at: FxHashMap<Told<usize>, u32> = FxHashMap::default();
        for vm in &estate.vms {
            let meaning = vm.guest_os.need().ok().map(|Known { value: name, origin }| {
                let version = vm.guest_os_version.value();
                let architecture = vm.architecture.value().copied();
                let words = vocabulary(estate, origin.table);
                *seen_at.entry((address(name), version.map(address), architecture, words)).or_insert_with(|| {
                    *seen.entry((name.clone(), version.cloned(), architecture, words)).or_insert_with(|| {
                        let version = version.map(|version| &**version);
                        let guest = catalogue.guest_os.identify(name, version, architecture, words);
                        guests.meanings.push(guest.map(|guest| Meaning { lifecycle: guest.lifecycle(as_of), guest }));
                        u32::try_from(guests.meanings.len() - 1).expect("fewer names than machines")
                    })
                })
            });
            guests.of_machine.push(meaning);
        }
        for (index, vm) in estate.vms.iter().enumerate().filter(|(_, vm)| vm.is_disputed()) {
            let otherwise = |vm: Vm| Otherwise { meaning: Meaning::of(&vm, estate, catalogue, as_of), vm };
            guests.disputed.insert(index, vm.otherwise().map(otherwise).collect());
        }
        guests
    }

    /// The machine of an index as it is by each row that was not believed.
    pub(super) fn otherwise(&self, index: usize) -> impl Iterator<Item = Machine<'_>> {
        self.disputed.get(&index).into_iter().flatten().map(move |Otherwise { vm, meaning }| Machine {
            vm,
            index,
            guest: told(vm, meaning.as_ref()),
            lifecycle: meaning.as_ref().map_or(Lifecycle::Unknown, |meaning| meaning.lifecycle),
        })
    }

    /// What the guest's name means, with the cell the name was read from.
    ///
    /// # Errors
    /// Missing when no name is given, or when the name says nothing ("Unknown").
    pub fn of_machine(&self, index: usize, vm: &Vm) -> Result<Known<&GuestOs>, Missing> {
        told(vm, self.meaning(index))
    }

    /// Where the guest of the machine of an index stands in its lifecycle.
    #[must_use]
    pub fn lifecycle_of(&self, index: usize) -> Lifecycle {
        self.meaning(index).map_or(Lifecycle::Unknown, |meaning| meaning.lifecycle)
    }

    fn meaning(&self, index: usize) -> Option<&Meaning> {
        let meaning = self.of_machine.get(index).copied().flatten()?;
        self.meanings[meaning as usize].as_ref()
    }
}

impl Meaning {
    /// What the name of a machine's guest means.
    fn of(vm: &Vm, estate: &Estate, catalogue: &Catalogue, as_of: Date) -> Option<Self> {
        let name = vm.guest_os.need().ok()?;
        let version = vm.guest_os_version.value().map(|version| &**version);
        let (architecture, words) = (vm.architecture.value().copied(), vocabulary(estate, name.origin.table));
        let guest = catalogue.guest_os.identify(&name.value, version, architecture, words)?;
        Some(Self { lifecycle: guest.lifecycle(as_of), guest })
    }
}

/// The meaning of a machine's guest, with the cell its name was read from.
fn told<'a>(vm: &Vm, meaning: Option<&'a Meaning>) -> Result<Known<&'a GuestOs>, Missing> {
    let name = vm.guest_os.need()?;
    let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(name.origin) };
    Ok(Known { value: &meaning.ok_or(unsaid)?.guest, origin: name.origin })
}

/// Whose words the names of a table are in.
fn vocabulary(estate: &Estate, table: u16) -> Vocabulary {
    estate.tables.get(usize::from(table)).map_or(Vocabulary::Any, |table| table.vocabulary)
}

fn address(name: &Name) -> usize {
    Arc::as_ptr(name).addr()
}
