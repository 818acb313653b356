//! The host on which the first copies of a wave concentrate.

use std::collections::BTreeMap;

use super::line::Load;
use super::wave::Wave;
use crate::model::{Estate, Name};

/// From which share of a wave's data on, in percent, a host is told.
const TOLD_FROM: u64 = 50;
/// From how many machines on a wave can concentrate on a host.
const MACHINES: usize = 3;

/// A host that holds much of a wave's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostLoad {
    /// The host, as the export spells it.
    pub host: Name,
    /// Its share of the data of the wave's first copies, in whole percent.
    pub percent: u64,
}

/// The host that holds most of each wave's data, when that is worth telling and the wave's machines are on several hosts
/// or others of the estate are.
pub(super) fn busiest(estate: &Estate, waves: &[Wave], loads: &[Load]) -> Vec<Option<HostLoad>> {
    let hosts = estate.vms.iter().filter_map(|vm| vm.host.value());
    let first = hosts.clone().next();
    let several = hosts.clone().any(|host| first.is_some_and(|first| !first.eq_ignore_ascii_case(host)));
    waves.iter().map(|wave| if several { of_wave(estate, wave, loads) } else { None }).collect()
}

fn of_wave(estate: &Estate, wave: &Wave, loads: &[Load]) -> Option<HostLoad> {
    if wave.machines.len() < MACHINES {
        return None;
    }
    let mut held: BTreeMap<String, (Name, u64)> = BTreeMap::new();
    let mut total = 0_u64;
    for seat in &wave.machines {
        // Without the data of one machine the share of the others says nothing.
        let data = loads[seat.machine as usize].data.ok()?.value.0;
        let host = estate.vms[seat.machine as usize].host.value()?;
        held.entry(host.to_lowercase()).or_insert_with(|| (host.clone(), 0)).1 += data;
        total = total.saturating_add(data);
    }
    let (host, data) = held.into_values().rev().max_by_key(|(_, data)| *data)?;
    let percent = u64::try_from(u128::from(data) * 100 / u128::from(total.max(1))).unwrap_or(100);
    (percent >= TOLD_FROM).then_some(HostLoad { host, percent })
}
