//! Bandwidth and time: how long the first copies take, what a recovery point needs, and what a line can hold.

use super::basis::{Amount, Basis, From};
use super::wishes::{DailyChange, Wishes};
use crate::catalogue::Planning;
use crate::model::{Bytes, DiskKind, Field, GIB, Missing, Vm};

const SECONDS_A_DAY: u128 = 86_400;
const MINUTES_A_DAY: u128 = 1_440;
/// Bits in a megabit (10^6).
const MEGABIT: u128 = 1_000_000;
/// The recovery points that the deployment planner reports bandwidth for, in minutes.
const RECOVERY_POINTS: [u32; 3] = [15, 30, 60];
/// The shares of the data that the table of what-ifs supposes to change in a day, in percent.
const WHAT_IFS: [u32; 4] = [1, 3, 5, 10];

const PROVISIONED: &[From] = &[From::Fact(Field::DiskSize)];
const USED: &[From] = &[From::Fact(Field::DiskUsed), From::Fact(Field::DiskSize)];
const TOTAL: &[From] = &[From::Fact(Field::DiskTotal)];
const CHANGE: &[From] = &[From::Fact(Field::DailyChange)];
const WISHED_CHANGE: &[From] = &[From::Wish("daily_change")];

/// What a machine's first copy holds: what its dynamic disks take up, and all of its other disks.
///
/// # Errors
/// The size that is missing.
pub fn data_of(vm: &Vm) -> Result<Amount<Bytes>, Missing> {
    if vm.every_disk_listed().is_err() {
        return vm.disk_total().map(|total| Amount::estimated(total, TOTAL));
    }
    let (mut sum, mut from) = (0_u64, PROVISIONED);
    for disk in &vm.disks {
        let size = disk.size.need()?.value.0;
        // The file of a fixed disk is as large as the disk, whatever it holds.
        let used = disk.used.value().filter(|_| disk.kind.value() == Some(&DiskKind::Dynamic));
        if used.is_some() {
            from = USED;
        }
        sum = sum.saturating_add(used.map_or(size, |used| used.0.min(size)));
    }
    Ok(Amount::estimated(Bytes(sum), from))
}

/// What changes on a machine in a day, as exported, or as wished for where no export says.
#[must_use]
pub fn change_of(vm: &Vm, data: Option<Bytes>, wishes: &Wishes) -> Option<Amount<Bytes>> {
    if let Some(change) = vm.daily_change.value() {
        return Some(Amount { value: *change, basis: Basis::Exported, from: CHANGE });
    }
    let change = match wishes.daily_change? {
        DailyChange::GibEach(gib) => Bytes(gib.saturating_mul(GIB)),
        DailyChange::Percent(percent) => Bytes(part(data?.0, percent)),
    };
    Some(Amount { value: change, basis: Basis::Declared, from: WISHED_CHANGE })
}

fn part(bytes: u64, percent: u32) -> u64 {
    u64::try_from((u128::from(bytes) * u128::from(percent)).div_ceil(100)).unwrap_or(u64::MAX)
}

/// What is known of a machine for the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub data: Result<Amount<Bytes>, Missing>,
    pub change: Option<Amount<Bytes>>,
}

/// What a wave asks of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaveTime {
    /// The bytes of its first copies, as far as they are known.
    pub data: Bytes,
    /// Its machines whose data is not known.
    pub unknown: u32,
    /// The hours of use of the line that its first copies take; none without a bandwidth, or when none of it is left
    /// beside the changes of earlier waves.
    pub hours: Option<Amount<u64>>,
    /// The days that makes, at the hours a day wished for.
    pub days: Option<u64>,
}

/// The bandwidth that something needs, in kilobits (10^3) a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kbit(pub u64);

/// What changes need if they are a share of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// The share that changes in a day, in percent.
    pub percent: u32,
    /// The bytes that makes, with growth.
    pub change: Bytes,
    /// The bandwidth that they need on average.
    pub needs: Kbit,
}

/// The line that replication uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePlan {
    /// The bytes of all first copies, as far as they are known.
    pub data: Bytes,
    /// Machines whose data is not known.
    pub unknown_data: u32,
    /// What changes in a day on the machines whose change is known, with growth.
    pub change: Option<Amount<Bytes>>,
    /// Machines whose change is not known.
    pub unknown_change: u32,
    /// The growth that changes are reckoned with.
    pub growth: Amount<u64>,
    /// The bandwidth of the line in megabits (10^6) a second, when it is stated.
    pub bandwidth: Option<Amount<u64>>,
    /// The bandwidth that recovery points of some minutes need.
    pub recovery: Vec<(u32, Amount<Kbit>)>,
    /// How many machines, in order of the waves, the line holds with their changes.
    pub holds: Option<u32>,
    /// What the changes need if they are some share of the data; only where no change is known.
    pub what_ifs: Vec<WhatIf>,
    /// The time of each wave.
    pub waves: Vec<WaveTime>,
}

const BANDWIDTH: &[From] = &[From::Wish("bandwidth_mbit"), From::Wish("hours_a_day"), From::Fact(Field::DiskSize)];
const RECOVERY: &[From] = &[From::Fact(Field::DailyChange), From::Document("planner-run"), From::Wish("busy_hours")];

/// Plans the line for waves of machines, each given by its load.
pub(super) fn plan(waves: &[Vec<Load>], wishes: &Wishes, facts: &Planning) -> LinePlan {
    let growth = match wishes.growth_percent {
        Some(percent) => {
            Amount { value: u64::from(percent), basis: Basis::Declared, from: &[From::Wish("growth_percent")] }
        }
        None => Amount {
            value: facts.growth_percent.value,
            basis: Basis::Published,
            from: &[From::Document("planner-run")],
        },
    };
    let grown = |bytes: u64| part(bytes, u32::try_from(growth.value + 100).unwrap_or(u32::MAX));
    let all = || waves.iter().flatten();
    let data: u64 = all().filter_map(|load| load.data.ok()).fold(0, |sum, data| sum.saturating_add(data.value.0));
    let known: Vec<u64> = all().filter_map(|load| load.change).map(|change| grown(change.value.0)).collect();
    let change = known.iter().fold(0_u64, |sum, change| sum.saturating_add(*change));
    let count = |test: fn(&&Load) -> bool| u32::try_from(all().filter(test).count()).unwrap_or(u32::MAX);
    let what_ifs = if known.is_empty() {
        let supposed = WHAT_IFS.map(|percent| {
            let change = Bytes(grown(part(data, percent)));
            WhatIf { percent, change, needs: average(change, wishes) }
        });
        supposed.to_vec()
    } else {
        Vec::new()
    };
    let recovery =
        RECOVERY_POINTS.map(|minutes| (minutes, Amount::estimated(needed(Bytes(change), minutes, wishes), RECOVERY)));
    LinePlan {
        data: Bytes(data),
        unknown_data: count(|load| load.data.is_err()),
        change: (!known.is_empty()).then_some(Amount::estimated(Bytes(change), RECOVERY)),
        unknown_change: count(|load| load.change.is_none()),
        growth,
        bandwidth: wishes.bandwidth_mbit.map(|mbit| Amount {
            value: mbit,
            basis: Basis::Declared,
            from: &[From::Wish("bandwidth_mbit")],
        }),
        recovery: if known.is_empty() { Vec::new() } else { recovery.to_vec() },
        holds: wishes.bandwidth_mbit.filter(|_| !known.is_empty()).map(|mbit| holds(waves, mbit, wishes, grown)),
        what_ifs,
        waves: times(waves, wishes, grown),
    }
}

/// The average bandwidth that a day's changes need in the hours that the line may be used.
fn average(change: Bytes, wishes: &Wishes) -> Kbit {
    let seconds = u128::from(wishes.hours_a_day.max(1)) * 3_600;
    Kbit(u64::try_from((u128::from(change.0) * 8).div_ceil(seconds * 1_000)).unwrap_or(u64::MAX))
}

/// The bandwidth that lets the last of a day's changes, spread over the busy hours, arrive within some minutes.
///
/// Data written all day never stops coming, so that the line must take it as fast as it is written. In fewer hours it
/// may lag behind by the recovery point, and has that much longer than the busy hours for the whole of a day's changes.
fn needed(change: Bytes, minutes: u32, wishes: &Wishes) -> Kbit {
    let busy = u128::from(wishes.busy_hours.clamp(1, 24)) * 60;
    let minutes = if busy >= MINUTES_A_DAY { 0 } else { u128::from(minutes) };
    let seconds = (busy + minutes).min(MINUTES_A_DAY) * 60;
    Kbit(u64::try_from((u128::from(change.0) * 8).div_ceil(seconds * 1_000)).unwrap_or(u64::MAX))
}

/// What the line takes in a day, in bits.
fn capacity(mbit: u64, wishes: &Wishes) -> u128 {
    u128::from(mbit) * MEGABIT * u128::from(wishes.hours_a_day.clamp(1, 24)) * (SECONDS_A_DAY / 24)
}

/// How many machines in order fit the line with their changes; a machine whose change is not known ends the count.
fn holds(waves: &[Vec<Load>], mbit: u64, wishes: &Wishes, grown: impl Fn(u64) -> u64) -> u32 {
    let mut left = capacity(mbit, wishes);
    let mut count = 0;
    for load in waves.iter().flatten() {
        let Some(change) = load.change else { break };
        let bits = u128::from(grown(change.value.0)) * 8;
        if bits > left {
            break;
        }
        left -= bits;
        count += 1;
    }
    count
}

/// The time of each wave; a later one has what the changes of earlier ones leave of the line.
fn times(waves: &[Vec<Load>], wishes: &Wishes, grown: impl Fn(u64) -> u64) -> Vec<WaveTime> {
    let hours_a_day = u128::from(wishes.hours_a_day.clamp(1, 24));
    let mut changing = 0_u128;
    let mut times = Vec::with_capacity(waves.len());
    for wave in waves {
        let data =
            wave.iter().filter_map(|load| load.data.ok()).fold(0_u64, |sum, data| sum.saturating_add(data.value.0));
        let unknown = wave.iter().filter(|load| load.data.is_err()).count();
        let left = wishes.bandwidth_mbit.and_then(|mbit| capacity(mbit, wishes).checked_sub(changing));
        let hours = left.filter(|left| *left > 0).map(|left| {
            // `left` bits a day are `left / hours_a_day` bits an hour of use.
            let hours = (u128::from(data) * 8 * hours_a_day).div_ceil(left);
            u64::try_from(hours).unwrap_or(u64::MAX)
        });
        times.push(WaveTime {
            data: Bytes(data),
            unknown: u32::try_from(unknown).unwrap_or(u32::MAX),
            hours: hours.map(|hours| Amount::estimated(hours, BANDWIDTH)),
            days: hours.map(|hours| u64::try_from(u128::from(hours).div_ceil(hours_a_day)).unwrap_or(u64::MAX)),
        });
        changing += wave
            .iter()
            .filter_map(|load| load.change)
            .map(|change| u128::from(grown(change.value.0)) * 8)
            .sum::<u128>();
    }
    times
}
