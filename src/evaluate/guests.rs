//! What each machine's guest operating system name means, worked out once per distinct name.

use rustc_hash::FxHashMap;

use crate::catalogue::{Catalogue, GuestOs, Vocabulary};
use crate::model::{Architecture, Estate, Field, Known, Missing, Name, Vm, Why};

/// What a guest's meaning is worked out from: its name, version and bitness, and whose words the name is in.
type Told = (Name, Option<Name>, Option<Architecture>, Vocabulary);

/// The meanings of the guest names of an estate.
#[derive(Clone, Debug, Default)]
pub struct Guests {
    meanings: Vec<Option<GuestOs>>,
    of_machine: Vec<Option<u32>>,
}

impl Guests {
    /// Works out the meaning of every guest name in an estate.
    #[must_use]
    pub fn of(estate: &Estate, catalogue: &Catalogue) -> Self {
        let mut guests = Self::default();
        let mut seen: FxHashMap<Told, u32> = FxHashMap::default();
        for vm in &estate.vms {
            let meaning = vm.guest_os.need().ok().map(|Known { value: name, origin }| {
                let version = vm.guest_os_version.value().cloned();
                let architecture = vm.architecture.value().copied();
                let vocabulary = vocabulary(estate, origin.table);
                *seen.entry((name.clone(), version, architecture, vocabulary)).or_insert_with_key(
                    |(name, version, architecture, vocabulary)| {
                        let version = version.as_deref();
                        guests.meanings.push(catalogue.guest_os.identify(name, version, *architecture, *vocabulary));
                        u32::try_from(guests.meanings.len() - 1).expect("fewer names than machines")
                    },
                )
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
        let meaning = self.of_machine.get(index).copied().flatten();
        let unsaid = Missing { field: Field::GuestOs, why: Why::Unsaid(name.origin) };
        let guest = meaning.and_then(|meaning| self.meanings[meaning as usize].as_ref()).ok_or(unsaid)?;
        Ok(Known { value: guest, origin: name.origin })
    }
}

/// Whose words the names of a table are in: System Center's cmdlets, and the script `Get-VMdata` over them, give VMM's.
fn vocabulary(estate: &Estate, table: u16) -> Vocabulary {
    let taken_for = estate.tables.get(usize::from(table)).map_or("", |table| &table.taken_for);
    let of_vmm = ["Get-SC", "Get-VMdata"].iter().any(|start| taken_for.starts_with(start));
    if of_vmm { Vocabulary::Vmm } else { Vocabulary::Any }
}
