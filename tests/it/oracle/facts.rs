//! The limits of the newest editions, written once more from the documents, slowly and plainly.

use std::sync::LazyLock;

use super::estate::{GIB, Kind, Machine};

/// What a document makes of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// As asked for, or the matter does not concern the machine.
    Met,
    /// Not as asked for.
    NotMet,
    /// The export does not tell.
    Missing,
}

/// Whether an answer that is missing is told of each machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhenMissing {
    /// It is: without it nobody can call the machine ready.
    Told,
    /// It is not: it lowers the coverage alone.
    Counted,
}

use Answer::{Met, Missing, NotMet};
use WhenMissing::{Counted, Told};

/// A line of the table: where, what, when missing, and what the document says.
pub(super) type Line = (&'static str, &'static str, WhenMissing, fn(&Machine) -> Answer);

const RECOVERY: &str = "site-recovery";
const MIGRATE: &str = "azure-migrate";
const AZURE: &str = "azure-vm";

/// A limit that a number may reach.
fn at_most(value: Option<u64>, limit: u64) -> Answer {
    match value {
        None => Missing,
        Some(value) if value <= limit => Met,
        Some(_) => NotMet,
    }
}

/// Something that must not be.
fn without(value: Option<bool>) -> Answer {
    match value {
        None => Missing,
        Some(true) => NotMet,
        Some(false) => Met,
    }
}

/// The disk that the system is on, against a limit for each generation; where the generation is not told, a size that
/// is within both limits, or over both, settles it all the same.
fn os_disk(machine: &Machine, first: u64, second: u64) -> Answer {
    let Some(disks) = &machine.disks_mib else { return Missing };
    match machine.generation {
        None if disks[0] <= first.min(second) => Met,
        None if disks[0] > first.max(second) => NotMet,
        None => Missing,
        Some(1) => at_most(Some(disks[0]), first),
        Some(_) => at_most(Some(disks[0]), second),
    }
}

fn disk_count(machine: &Machine, limit: u64) -> Answer {
    at_most(machine.disks_mib.as_ref().map(|disks| disks.len() as u64), limit)
}

fn largest_data_disk(machine: &Machine, limit: u64) -> Answer {
    at_most(machine.disks_mib.as_ref().map(|disks| disks[1..].iter().copied().max().unwrap_or(0)), limit)
}

fn largest_disk(machine: &Machine, limit: u64) -> Answer {
    at_most(machine.disks_mib.as_ref().map(|disks| disks.iter().copied().max().unwrap_or(0)), limit)
}

/// Letters, digits and hyphens, 1 to 63 of them, a letter or digit first and last.
fn replicated_name(machine: &Machine) -> Answer {
    let name = machine.name.as_bytes();
    let plain = name.iter().all(|sign| sign.is_ascii_alphanumeric() || *sign == b'-');
    let ends = [name.first(), name.last()].iter().all(|sign| sign.is_some_and(u8::is_ascii_alphanumeric));
    if plain && ends && name.len() <= 63 { Met } else { NotMet }
}

fn is_linux(machine: &Machine) -> Option<bool> {
    machine.guest.map(|guest| guest.kind == Kind::Linux)
}

/// UEFI with Windows Server 2003, 2008 or 2008 R2 starts nowhere in Azure.
fn uefi(machine: &Machine) -> Answer {
    let old = machine.guest.map(|guest| matches!(guest.kind, Kind::Server2008R2 | Kind::Server2008 | Kind::Server2003));
    match (machine.generation, old) {
        (Some(1), _) | (_, Some(false)) => Met,
        (Some(_), Some(true)) => NotMet,
        (None, _) | (Some(_), None) => Missing,
    }
}

/// Something that only Linux guests have, and that must not be.
fn without_on_linux(machine: &Machine, value: Option<bool>) -> Answer {
    match (is_linux(machine), value) {
        (Some(false), _) | (_, Some(false)) => Met,
        (Some(true), Some(true)) => NotMet,
        (None, _) | (Some(true), None) => Missing,
    }
}

/// Something that only a machine with UEFI firmware has, which generation 1 is without.
fn without_on_uefi(machine: &Machine, value: Option<bool>) -> Answer {
    match value {
        None if machine.generation == Some(1) => Met,
        value => without(value),
    }
}

/// No size for ordinary machines runs a guest built for ARM; where the bitness is not told, a guest that exists for no
/// other processor than x64 settles it.
fn not_arm(machine: &Machine) -> Answer {
    match (machine.bits, machine.guest) {
        (Some("arm64"), _) => NotMet,
        (Some(_), _) => Met,
        (None, Some(guest)) if guest.only_64_bit => Met,
        (None, _) => Missing,
    }
}

/// A size of the published list that any workload may use: its vCPUs, memory in MiB and data disks.
struct Size {
    vcpus: u64,
    memory_mib: u64,
    data_disks: u64,
}

/// The list of sizes, read without the program's own reader: x64, for any workload, not to be retired.
static SIZES: LazyLock<Vec<Size>> = LazyLock::new(|| {
    let text = include_str!("../../../templates/sizes.csv");
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let heads: Vec<&str> = lines.next().expect("a line of headings").split(',').collect();
    let at = |name: &str| heads.iter().position(|head| *head == name).unwrap_or_else(|| panic!("no column {name}"));
    let (vcpus, memory, disks) = (at("vcpus"), at("memory_mib"), at("max_data_disks"));
    let (processor, retires, kind) = (at("architecture"), at("retires"), at("kind"));
    let cells = lines.map(|line| line.split(',').collect::<Vec<_>>());
    let ordinary =
        cells.filter(|cells| cells[processor] == "x64" && cells[retires].is_empty() && cells[kind] == "general");
    let number = |cell: &str| cell.parse().expect("a whole number");
    ordinary
        .map(|cells| Size {
            vcpus: number(cells[vcpus]),
            memory_mib: number(cells[memory]),
            data_disks: number(cells[disks]),
        })
        .collect()
});

/// Some size must have the vCPUs, the memory and room for every disk but the one that the system is on.
fn some_size(machine: &Machine) -> Answer {
    let (Some(vcpus), Some(memory)) = (machine.vcpus, machine.memory_mib) else { return Missing };
    let fits = |disks: u64| {
        SIZES.iter().any(|size| size.vcpus >= vcpus && size.memory_mib >= memory && size.data_disks >= disks)
    };
    match &machine.disks_mib {
        Some(disks) if fits(disks.len() as u64 - 1) => Met,
        // Where not even the other two are had together, the disks change nothing.
        None if fits(0) => Missing,
        Some(_) | None => NotMet,
    }
}

/// A guest of 32 bits; where its bits are not told, one that was never made for any settles it.
fn not_32_bit(machine: &Machine) -> Answer {
    match (machine.bits, machine.guest) {
        (Some("x86"), _) => NotMet,
        (Some(_), _) => Met,
        (None, Some(guest)) if guest.only_64_bit => Met,
        (None, _) => Missing,
    }
}

/// What no road can deliver, because Azure has no size for it.
const TARGET: &[fn(&'static str) -> Line] = &[
    |road| (road, "too-many-nics", Counted, |machine| at_most(machine.nics, 8)),
    |road| {
        (road, "cores-over-limit", if road == AZURE { Told } else { Counted }, |machine| at_most(machine.vcpus, 128))
    },
    |road| {
        (road, "memory-over-limit", if road == AZURE { Told } else { Counted }, |machine| {
            at_most(machine.memory_mib, 3892 * GIB)
        })
    },
    |road| {
        (road, "cores-over-largest-size", if road == AZURE { Told } else { Counted }, |machine| {
            at_most(machine.vcpus, 832)
        })
    },
    |road| {
        (road, "memory-over-largest-size", if road == AZURE { Told } else { Counted }, |machine| {
            at_most(machine.memory_mib, 15_200 * GIB)
        })
    },
    |road| (road, "machine-shielded", Counted, |machine| without_on_uefi(machine, machine.flag("Shielded"))),
    |road| (road, "uefi-guest-unsupported", Told, uefi),
    |road| (road, "no-size-fits", if road == AZURE { Told } else { Counted }, some_size),
    |road| (road, "guest-32-bit", Counted, not_32_bit),
];

/// Replication by Site Recovery, the matrix of October 2026.
const OF_RECOVERY: &[Line] = &[
    (RECOVERY, "os-disk-over-limit", Told, |machine| os_disk(machine, 2048 * GIB, 4095 * GIB)),
    (RECOVERY, "too-many-disks", Told, |machine| disk_count(machine, 64)),
    (RECOVERY, "data-disk-over-limit", Told, |machine| largest_data_disk(machine, 32_767 * GIB)),
    (RECOVERY, "disk-under-minimum", Told, |machine| match &machine.disks_mib {
        None => Missing,
        Some(disks) if disks.iter().all(|size| *size >= GIB) => Met,
        Some(_) => NotMet,
    }),
    (RECOVERY, "secure-boot-on", Counted, |machine| match machine.generation {
        Some(1) => Met,
        _ => without(machine.flag("Secure Boot")),
    }),
    // The target makes machines of the standard security type alone.
    (RECOVERY, "security-type-unsupported", Counted, |machine| without_on_uefi(machine, machine.flag("Virtual TPM"))),
    (RECOVERY, "bitlocker-on", Counted, |machine| without(machine.flag("BitLocker"))),
    (RECOVERY, "shared-disk", Counted, |machine| without(machine.flag("Shared disk"))),
    (RECOVERY, "fibre-channel-disk", Counted, |machine| without(machine.flag("Virtual Fibre Channel"))),
    (RECOVERY, "pass-through-disk", Counted, |machine| without(machine.flag("Pass-through disk"))),
    (RECOVERY, "guest-iscsi-disk", Counted, |machine| without(machine.flag("Guest iSCSI"))),
    (RECOVERY, "guest-smb-volume", Counted, |machine| without(machine.flag("Guest SMB"))),
    (RECOVERY, "guest-storage-spaces", Counted, |machine| without(machine.flag("Storage Spaces"))),
    (RECOVERY, "guest-dynamic-os-disk", Counted, |machine| without(machine.flag("Dynamic OS disk"))),
    (RECOVERY, "guest-dynamic-data-disk", Counted, |machine| without(machine.flag("Dynamic data disk"))),
    (RECOVERY, "lvm-on-os-disk", Counted, |machine| without_on_linux(machine, machine.flag("LVM on OS disk"))),
    (RECOVERY, "native-4k-sectors", Counted, |machine| match (&machine.disks_mib, machine.sector) {
        (None, _) | (_, None) => Missing,
        (Some(_), Some(4096)) => NotMet,
        (Some(_), Some(_)) => Met,
    }),
    (RECOVERY, "guest-nic-teaming", Counted, |machine| without(machine.flag("NIC teaming"))),
    (RECOVERY, "hyper-v-replica-on", Counted, |machine| without(machine.flag("Hyper-V Replica"))),
    (RECOVERY, "checkpoints-present", Counted, |machine| at_most(machine.checkpoints, 0)),
    (RECOVERY, "churn-over-limit", Counted, |machine| at_most(machine.churn_mb, 54)),
    (RECOVERY, "vm-name-not-allowed", Counted, replicated_name),
];

/// Migration by Azure Migrate, with what the texts of 2026 leave as it was in October 2023.
const OF_MIGRATE: &[Line] = &[
    (MIGRATE, "os-disk-over-limit", Told, |machine| os_disk(machine, 2048 * GIB, 4096 * GIB)),
    (MIGRATE, "data-disk-over-limit", Told, |machine| largest_data_disk(machine, 32_767 * GIB)),
    (MIGRATE, "large-data-disk-needs-new-provider", Counted, |machine| largest_data_disk(machine, 4095 * GIB)),
    (MIGRATE, "too-many-disks", Told, |machine| disk_count(machine, 16)),
    (MIGRATE, "bitlocker-on", Counted, |machine| without(machine.flag("BitLocker"))),
    (MIGRATE, "shared-disk", Counted, |machine| without(machine.flag("Shared disk"))),
    (MIGRATE, "fibre-channel-disk", Counted, |machine| without(machine.flag("Virtual Fibre Channel"))),
    (MIGRATE, "pass-through-disk", Counted, |machine| without(machine.flag("Pass-through disk"))),
    (MIGRATE, "guest-iscsi-disk", Counted, |machine| without(machine.flag("Guest iSCSI"))),
    (MIGRATE, "guest-nfs-volume", Counted, |machine| without(machine.flag("Guest NFS"))),
    (MIGRATE, "guest-reiserfs", Counted, |machine| match machine.flag("ReiserFS") {
        Some(true) => NotMet,
        Some(false) => Met,
        None if is_linux(machine) == Some(false) => Met,
        None => Missing,
    }),
    // Asked of Linux guests alone, so that nothing is asked before the guest is known.
    (MIGRATE, "linux-boot-outside-os-disk", Counted, |machine| match (is_linux(machine), &machine.disks_mib) {
        (None, _) => Missing,
        (Some(false), _) => Met,
        // With one disk there is no other that /boot could be on.
        (Some(true), Some(disks)) if disks.len() == 1 => Met,
        (Some(true), _) => without(machine.flag("Boot on OS disk").map(|on| !on)),
    }),
    (MIGRATE, "guest-nic-teaming", Counted, |machine| without(machine.flag("NIC teaming"))),
    (MIGRATE, "hyper-v-replica-on", Counted, |machine| without(machine.flag("Hyper-V Replica"))),
    (MIGRATE, "guest-architecture-unsupported", Counted, not_arm),
    (MIGRATE, "vm-name-not-allowed", Counted, replicated_name),
];

/// Running as an Azure machine, the assessment of February 2025 and the sizes of today.
const OF_AZURE: &[Line] = &[
    (AZURE, "os-disk-over-limit", Told, |machine| os_disk(machine, 2048 * GIB, 4096 * GIB)),
    (AZURE, "disk-over-limit", Told, |machine| largest_disk(machine, 65_536 * GIB)),
    (AZURE, "too-many-disks", Told, |machine| disk_count(machine, 65)),
    (AZURE, "nics-over-limit", Counted, |machine| at_most(machine.nics, 32)),
    (AZURE, "guest-architecture-unsupported", Counted, not_arm),
    (AZURE, "client-os-licence", Told, |machine| match machine.guest {
        None => Missing,
        Some(guest) if guest.kind == Kind::Client => NotMet,
        Some(_) => Met,
    }),
    (AZURE, "windows-name-too-long", Counted, |machine| match is_linux(machine) {
        None => Missing,
        Some(true) => Met,
        Some(false) => at_most(Some(machine.name.len() as u64), 15),
    }),
];

/// Every line of the second opinion.
pub(super) fn lines() -> Vec<Line> {
    let roads = [RECOVERY, MIGRATE, AZURE];
    let targets = roads.iter().flat_map(|road| TARGET.iter().map(|line| line(road)));
    targets.chain([OF_RECOVERY, OF_MIGRATE, OF_AZURE].concat()).collect()
}
