//! What each machine asks of its size: as it was given, and by what it uses where that is exported.

use super::basis::{Amount, From};
use super::disk::with_comfort;
use super::size::Asks;
use super::wishes::Wishes;
use crate::catalogue::{Demand, DiskTierKind, Family, GuestOs, Support};
use crate::model::{Architecture, Bytes, Disk, Field, Known, Mebibytes, Missing, Percent, Vm};

/// What a machine uses, with comfort and floors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RightSize {
    /// Its vCPUs.
    pub vcpus: Amount<u32>,
    /// Its memory.
    pub memory: Amount<Mebibytes>,
}

const CPU_USE: &[From] = &[From::Fact(Field::Vcpus), From::Fact(Field::CpuUse), From::Wish("comfort_percent")];
const MEMORY_USE: &[From] = &[From::Fact(Field::Memory), From::Fact(Field::MemoryUse), From::Wish("comfort_percent")];
const VCPUS: &[From] = &[From::Fact(Field::Vcpus)];
const MEMORY: &[From] = &[From::Fact(Field::Memory)];

/// What a machine asks as it was given.
///
/// # Errors
/// The fact that is missing for it.
pub(super) fn allocated(vm: &Vm, guest: Option<&GuestOs>, wishes: &Wishes) -> Result<Asks, Missing> {
    let Demand { vcpus, memory, data_disks, nics: _, generation: _ } = Demand::of(vm)?;
    let is_arm = vm.architecture.value() == Some(&Architecture::Arm64);
    Ok(Asks {
        vcpus,
        memory,
        data_disks,
        nics: vm.nic_count().ok().map(|count| count.value),
        generation: vm.generation.value().copied(),
        architecture: if is_arm { Architecture::Arm64 } else { Architecture::X64 },
        nvme: guest.map_or(Support::MinorUnknown, nvme),
        // Default sizes take premium disks, so that a disk may be changed to one later.
        premium: wishes.disk_kinds.first() == Some(&DiskTierKind::PremiumSsd),
        iops: total(vm, Disk::operations, wishes),
        throughput: total(vm, |disk| disk.bytes_a_second().map(|rate| rate.0), wishes).map(Bytes),
        windows: guest.and_then(|guest| guest.family).is_some_and(is_windows),
    })
}

/// What a machine asks by what it uses; `None` while no export gives its utilisation.
pub(super) fn right_sized(vm: &Vm, asks: &Asks, wishes: &Wishes) -> Option<(Asks, RightSize)> {
    let (cpu, memory) = (vm.cpu_use.value(), vm.memory_use.value());
    if cpu.is_none() && memory.is_none() {
        return None;
    }
    let vcpus = match cpu {
        Some(share) => {
            let used = used(u64::from(asks.vcpus), *share, wishes).max(u64::from(wishes.least_vcpus));
            Amount::estimated(u32::try_from(used).unwrap_or(u32::MAX), CPU_USE)
        }
        None => Amount { value: asks.vcpus, basis: super::basis::Basis::Exported, from: VCPUS },
    };
    let memory = match memory {
        Some(share) => {
            let used = used(asks.memory.0, *share, wishes).max(wishes.least_memory.0);
            Amount::estimated(Mebibytes(used), MEMORY_USE)
        }
        None => Amount { value: asks.memory, basis: super::basis::Basis::Exported, from: MEMORY },
    };
    let right = RightSize { vcpus, memory };
    Some((Asks { vcpus: vcpus.value, memory: memory.value, ..*asks }, right))
}

/// A share of an amount with comfort, rounded up.
fn used(amount: u64, share: Percent, wishes: &Wishes) -> u64 {
    let product = u128::from(amount) * u128::from(share.0) * u128::from(wishes.comfort_percent);
    u64::try_from(product.div_ceil(1_000_000)).unwrap_or(u64::MAX)
}

/// The sum over all disks with comfort, when every disk's part is known.
fn total(vm: &Vm, part: impl Fn(&Disk) -> Option<u64>, wishes: &Wishes) -> Option<u64> {
    vm.every_disk_listed().ok()?;
    let mut sum = 0_u64;
    for disk in &vm.disks {
        sum = sum.saturating_add(part(disk)?);
    }
    Some(with_comfort(sum, wishes))
}

const fn is_windows(family: Family) -> bool {
    match family {
        Family::WindowsServer | Family::WindowsClient => true,
        Family::Linux | Family::Other => false,
    }
}

/// Whether a guest knows disks on `NVMe`.
fn nvme(guest: &GuestOs) -> Support {
    match guest.product.as_deref() {
        Some(product) => product.supports_nvme(guest.minor_version.as_deref()),
        None => Support::MinorUnknown,
    }
}

/// The guest of a machine, where it is known.
pub(super) fn guest(known: Result<Known<&GuestOs>, Missing>) -> Option<&GuestOs> {
    known.ok().map(|known| known.value)
}
