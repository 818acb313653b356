//! What kind of value each field takes, so that a column can be told by its cells.

use super::azure::is_azure_type;
use super::culture::Culture;
use super::{
    Unread, addresses, architecture, assignment, checkpoints, count, disk_format, disk_role, disk_type, encrypted,
    generation, guid, has_any, is_power_state, legacy, mac, pass_through, region, replication_mode, said, sizes, text,
    yes_no,
};
use crate::ingest::columns::Unit;
use crate::ingest::table::Value;
use crate::model::{Field, Vm};

/// The kind of value that a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A name or any text.
    Text,
    /// The name of a place or server, and no path of a file.
    Place,
    /// An operating system's name.
    System,
    /// An identifier.
    Id,
    /// A file's path.
    Path,
    /// A size with a unit.
    Size,
    /// A whole number.
    Count,
    /// A share or a rate.
    Number,
    /// Yes or no.
    YesNo,
    /// One of a few words, as the function reads it.
    Word(fn(Value<'_>) -> Result<(), Unread>),
    /// IP addresses.
    Addresses,
    /// A MAC address.
    Mac,
    /// The type of an Azure resource.
    AzureType,
}

/// Whether several columns of a fact are held against each other: each may tell of a machine what the others do not.
#[must_use]
pub fn is_weighed(field: Field) -> bool {
    let is_plain = matches!(Form::of(field), Form::YesNo | Form::System);
    let is_word = matches!(
        field,
        Field::Generation
            | Field::Architecture
            | Field::BitLocker
            | Field::FibreChannel
            | Field::PassThrough
            | Field::SharedStorage
    );
    Vm::has(field) && (is_plain || is_word)
}

impl Form {
    /// The kind of value that a field takes.
    #[must_use]
    pub fn of(field: Field) -> Self {
        match field {
            Field::GuestOs | Field::HostOs | Field::VmmOs => Self::System,
            Field::Site | Field::VmHost => Self::Place,
            Field::VmId | Field::DiskId | Field::HostId | Field::CloudId => Self::Id,
            Field::DiskPath | Field::DiskParent => Self::Path,
            Field::Memory
            | Field::MemoryStartup
            | Field::MemoryMaximum
            | Field::DiskTotal
            | Field::DiskProvisioned
            | Field::DiskSize
            | Field::OsDiskSize
            | Field::DiskUsed
            | Field::LogicalSector
            | Field::PhysicalSector
            | Field::HostMemory
            | Field::VolumeSize
            | Field::VolumeFree => Self::Size,
            Field::Vcpus => Self::Word(|value| super::processors(value, &Culture::Comma).map(drop)),
            Field::DiskCount
            | Field::NicCount
            | Field::OsDiskPartitions
            | Field::DiskBus
            | Field::DiskLun
            | Field::HostProcessors
            | Field::HostVmCount
            | Field::QuotaUsed
            | Field::QuotaLimit => Self::Count,
            Field::CpuUse
            | Field::MemoryUse
            | Field::DailyChange
            | Field::WriteChurn
            | Field::DiskIops
            | Field::DiskThroughput
            | Field::DiskReads
            | Field::DiskWrites
            | Field::DiskReadThroughput
            | Field::DiskWriteThroughput => Self::Number,
            Field::SecureBoot
            | Field::VirtualTpm
            | Field::Shielded
            | Field::StorageSpaces
            | Field::GuestIscsi
            | Field::GuestSmb
            | Field::GuestNfs
            | Field::ReiserFs
            | Field::DynamicDataDisk
            | Field::DynamicOsDisk
            | Field::LvmOnOsDisk
            | Field::BootOnOsDisk
            | Field::NicTeaming
            | Field::HighlyAvailable
            | Field::Template
            | Field::RecoveryCopy
            | Field::TestReplica
            | Field::DiskShared
            | Field::DiskIsVhd
            | Field::HostUpToDate
            | Field::HostInternet
            | Field::HostIpv6
            | Field::VmmInternet
            | Field::VmmUpgraded => Self::YesNo,
            Field::NicAddresses => Self::Addresses,
            other => Self::word(other),
        }
    }

    fn word(field: Field) -> Self {
        match field {
            Field::BitLocker => Self::Word(|value| encrypted(value).map(drop)),
            Field::FibreChannel | Field::PassThrough | Field::SharedStorage => {
                Self::Word(|value| has_any(value).map(drop))
            }
            Field::AzureType => Self::AzureType,
            Field::NicMac => Self::Mac,
            Field::Architecture => Self::Word(|value| architecture(value).map(drop)),
            Field::Generation => Self::Word(|value| generation(value).map(drop)),
            Field::PowerState => Self::Word(is_power_state),
            Field::Checkpoints => Self::Word(|value| checkpoints(value, &Culture::Unsettled).map(drop)),
            Field::ReplicationMode => Self::Word(|value| replication_mode(value).map(drop)),
            Field::DiskFormat => Self::Word(|value| disk_format(value).map(drop)),
            Field::DiskType => Self::Word(|value| disk_type(value).map(drop)),
            Field::DiskRole => Self::Word(|value| disk_role(value).map(drop)),
            Field::DiskController => Self::Word(controller),
            Field::DiskPassThrough => Self::Word(|value| pass_through(value).map(drop)),
            Field::NicAssignment => Self::Word(|value| assignment(value).map(drop)),
            Field::NicLegacy => Self::Word(|value| legacy(value).map(drop)),
            Field::Platform => Self::Word(platform),
            Field::AzureLocation => Self::Word(|value| region(value).map(drop)),
            _ => Self::Text,
        }
    }

    /// Whether a cell holds such a value.
    ///
    /// # Errors
    /// Why it gives none.
    pub fn check(self, value: Value<'_>, unit: Unit, culture: &Culture) -> Result<(), Unread> {
        match self {
            Self::Text => text(value).map(drop),
            Self::Place => unreadable_unless(!is_path(&text(value)?)),
            Self::System => system(value),
            Self::Id => guid(value).map(drop),
            Self::Path => path(value),
            // A number is a size here whatever its unit; that is settled for the column.
            Self::Size => sizes(value, if unit.bytes().is_some() { unit } else { Unit::MiB }, culture).map(drop),
            Self::Count => count(value, culture).map(drop),
            Self::Number => number(value),
            Self::YesNo => yes_no(value).map(drop),
            Self::Word(read) => read(value),
            Self::Addresses => addresses(value).map(drop),
            Self::Mac => mac(value).map(drop),
            Self::AzureType => azure_type(value),
        }
    }

    /// What it takes, for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Text => "texts",
            Self::Place => "names that are no paths",
            Self::System => "names of operating systems",
            Self::Id => "identifiers",
            Self::Path => "paths of files",
            Self::Size => "sizes",
            Self::Count => "whole numbers",
            Self::Number => "numbers",
            Self::YesNo => "yes or no",
            Self::Word(_) => "words that are known for it",
            Self::Addresses => "IP addresses",
            Self::Mac => "MAC addresses",
            Self::AzureType => "types of Azure resources",
        }
    }
}

fn unreadable_unless(fits: bool) -> Result<(), Unread> {
    if fits { Ok(()) } else { Err(Unread::Unreadable) }
}

/// An operating system has a name: letters, and not those of a path.
fn system(value: Value<'_>) -> Result<(), Unread> {
    let name = text(value)?;
    unreadable_unless(name.chars().filter(|ch| ch.is_alphabetic()).count() > 0 && !name.contains(['\\', '@']))
}

/// Whether a text is the name of a disk's file.
#[must_use]
pub fn is_disk_file(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    [".vhdx", ".vhd", ".vhds", ".avhdx", ".avhd", ".vmdk"].iter().any(|end| lower.ends_with(end))
}

/// Whether a text is the path of a file or folder: "C:\ClusterStorage\Volume1", "\\server\share", "/vms/a", "a.vhdx".
#[must_use]
pub fn is_path(text: &str) -> bool {
    let text = text.trim();
    let has_drive = matches!(text.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    has_drive || text.starts_with(['/', '[']) || text.starts_with("\\\\") || is_disk_file(text)
}

/// A file's path, or the host's disk in its place: "D:\VHD\a.vhdx", "\\server\share", "/vms/a", "a.vhdx", "Disk 2 10.00 GB".
fn path(value: Value<'_>) -> Result<(), Unread> {
    let path = text(value)?;
    let lower = path.to_ascii_lowercase();
    let is_disk = lower.strip_prefix("disk ").is_some_and(|rest| rest.starts_with(|ch: char| ch.is_ascii_digit()));
    unreadable_unless(path.contains('\\') || path.starts_with(['/', '[']) || is_disk_file(&path) || is_disk)
}

/// A hypervisor's name, or a word for what is none; numbers are those of an export.
fn platform(value: Value<'_>) -> Result<(), Unread> {
    unreadable_unless(is_platform(&text(value)?))
}

/// Whether a text is a hypervisor's name, a word for what is none, or a number of an export.
#[must_use]
pub fn is_platform(text: &str) -> bool {
    let letters: String = text.to_lowercase().chars().filter(|sign| sign.is_alphabetic()).collect();
    letters.is_empty() || super::words::WORDS.platforms.iter().any(|word| letters.contains(word.as_str()))
}

fn controller(value: Value<'_>) -> Result<(), Unread> {
    let text = text(value)?.to_ascii_uppercase();
    unreadable_unless(
        ["IDE", "SCSI", "SATA", "PMEM"].iter().any(|kind| text.contains(kind)) || text == "0" || text == "1",
    )
}

fn number(value: Value<'_>) -> Result<(), Unread> {
    match value {
        Value::Number(_) => Ok(()),
        Value::Text(text) => unreadable_unless(said(text)?.starts_with(|ch: char| ch.is_ascii_digit() || ch == '-')),
        Value::Bool(_) | Value::Date(_) | Value::Error(_) => Err(Unread::Unreadable),
    }
}

/// A resource's type as Azure spells it: "Microsoft.Network/virtualNetworks", or the portal's name of it.
fn azure_type(value: Value<'_>) -> Result<(), Unread> {
    unreadable_unless(is_azure_type(&text(value)?))
}
