//! What each machine's guest operating system name means, worked out once per distinct name.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::catalogue::{Catalogue, GuestOs, Lifecycle};
use crate::model::{Architecture, Estate, Field, Known, Missing, Name, Vm, Vocabulary, Why};

/// What a guest's meaning is worked out from: its name, version and bitness, and whose words the name is in.
type Told<T> = (T, Option<T>, Option<Architecture>, Vocabulary);

/// The meanings of the guest names of an estate.
#[derive(Clone, Debug, Default)]
pub struct Guests {
    meanings: Vec<Option<Meaning>>,
    of_machine: Vec<Option<u32>>,
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
        guests
    }

    /// What the guest's name means, with the cell the name was read from.
    ///
    /// # Errors
    /// Missing when no name is given, or when the name says nothing ("Unknown").
    pub fn of_machine(&self, index: usize, vm: &Vm) -> Result<Known<&GuestOs>, Missing> {
        let name = vm.guest_os.need()?;
        let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(name.origin) };
        let meaning = self.meaning(index).ok_or(unsaid)?;
        Ok(Known { value: &meaning.guest, origin: name.origin })
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

/// Whose words the names of a table are in.
fn vocabulary(estate: &Estate, table: u16) -> Vocabulary {
    estate.tables.get(usize::from(table)).map_or(Vocabulary::Any, |table| table.vocabulary)
}

fn address(name: &Name) -> usize {
    Arc::as_ptr(name).addr()
}
