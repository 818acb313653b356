//! MAC addresses that several machines bear: no published requirement, but a sign of copied rows or cloned machines.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{Arg, Estate, Gravity, Identity, Name, Origin, Phrase, say};

/// How many machines of an address a note names.
const NAMED: usize = 4;

/// Notes that MAC addresses stand at adapters of several machines, once, with the first address met.
pub(super) fn note(estate: &mut Estate) {
    let repeated = repeated(estate);
    let Some(first) = repeated.first() else { return };
    let found = bearers(estate, first);
    let named = found.iter().take(NAMED).map(|(vm, origin)| bearer(estate, vm, *origin).into()).collect();
    let more = match found.len().saturating_sub(NAMED) {
        0 => Arg::Word(""),
        more => say!(" and {more} more", more).into(),
    };
    let rest = match repeated.len() - 1 {
        0 => Arg::Word(""),
        1 => Arg::Word(" One more address is borne by several machines."),
        rest => say!(" {rest} more addresses are borne by several machines.", rest).into(),
    };
    let text = say!(
        "the MAC address {first} is borne by {machines}{more}.{rest} Check whether rows were copied, or give the machines addresses of their own.",
        first = Arg::named(Identity::Mac, first),
        machines = Arg::List(named),
        more,
        rest
    );
    let origin = found[1].1;
    estate.note_at(Gravity::Doubt, origin, text);
}

/// The addresses that more than one machine bears, in the order in which their second bearers come.
fn repeated(estate: &Estate) -> Vec<Name> {
    let mut bearers: FxHashMap<&Name, (usize, bool)> = FxHashMap::default();
    let mut repeated = Vec::new();
    for (number, vm) in estate.vms.iter().enumerate() {
        for mac in vm.nics.iter().filter_map(|nic| nic.mac.value()) {
            let (first, noted) = bearers.entry(mac).or_insert((number, false));
            if *first != number && !*noted {
                *noted = true;
                repeated.push(Arc::clone(mac));
            }
        }
    }
    repeated
}

/// The machines that bear an address, by name, with the cell it was read from.
fn bearers(estate: &Estate, mac: &Name) -> Vec<(Name, Origin)> {
    let borne = estate.vms.iter().filter_map(|vm| {
        let mut macs = vm.nics.iter().filter_map(|nic| nic.mac.need().ok());
        Some((vm.shown_name().into(), macs.find(|known| known.value == *mac)?.origin))
    });
    borne.collect()
}

/// A machine and where its address was read.
fn bearer(estate: &Estate, vm: &Name, origin: Origin) -> Phrase {
    let place = estate.place(origin);
    let machine = Arg::named(Identity::Machine, vm);
    say!("{machine} ({file}, {spot})", machine, file = place.in_file(), spot = place.spot())
}
