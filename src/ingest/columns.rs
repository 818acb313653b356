//! Which column of a table is what: the field, the unit and the number that a heading gives.

use super::cell::culture::Culture;
use crate::model::Field;

/// What a row of a table speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A virtual machine.
    Machine,
    /// A machine and one of its disks; the machine's cells may be blank on its second and later rows.
    MachineDisk,
    /// A machine and one of its network adapters; the machine's cells may be blank likewise.
    MachineNic,
    /// A drive of a machine, which names its VHD file by ID.
    Drive,
    /// A VHD file, whether or not a machine uses it.
    HardDisk,
    /// A network adapter of a machine.
    Nic,
    /// Anything that names a machine and says nothing of it: a job, an alert, a licence.
    Mention,
    /// More facts of a machine (firmware, security, checkpoints), never a machine by itself.
    MachineDetail,
    /// A computer as a directory, a scanner or its own system knows it: more facts of the machine or the host of that name.
    Computer,
    /// A Hyper-V host.
    Host,
    /// More facts of a host, such as its operating system.
    HostDetail,
    /// A failover cluster.
    Cluster,
    /// More facts of a cluster, such as one of its nodes.
    ClusterDetail,
    /// A VMM private cloud.
    Cloud,
    /// A VMM host group.
    HostGroup,
    /// A VMM management server.
    VmmServer,
    /// A volume of a host or cluster.
    Volume,
    /// A connection between two servers.
    Connection,
    /// An Azure resource of any type.
    AzureResource,
    /// A vCPU quota.
    Quota,
    /// A virtual machine size.
    Sku,
    /// A role that an account has in Azure.
    RoleAssignment,
}

impl RowKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Machine,
        Self::MachineDisk,
        Self::MachineNic,
        Self::Drive,
        Self::HardDisk,
        Self::Nic,
        Self::MachineDetail,
        Self::Computer,
        Self::Mention,
        Self::Host,
        Self::HostDetail,
        Self::Cluster,
        Self::ClusterDetail,
        Self::Cloud,
        Self::HostGroup,
        Self::VmmServer,
        Self::Volume,
        Self::Connection,
        Self::AzureResource,
        Self::Quota,
        Self::Sku,
        Self::RoleAssignment,
    ];

    /// The word for it in the files of headings.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::MachineDisk => "machine-disk",
            Self::MachineNic => "machine-nic",
            Self::Drive => "drive",
            Self::HardDisk => "hard-disk",
            Self::Nic => "nic",
            Self::MachineDetail => "machine-detail",
            Self::Computer => "computer",
            Self::Mention => "mention",
            Self::Host => "host",
            Self::HostDetail => "host-detail",
            Self::Cluster => "cluster",
            Self::ClusterDetail => "cluster-detail",
            Self::Cloud => "cloud",
            Self::HostGroup => "host-group",
            Self::VmmServer => "vmm-server",
            Self::Volume => "volume",
            Self::Connection => "connection",
            Self::AzureResource => "azure-resource",
            Self::Quota => "quota",
            Self::Sku => "sku",
            Self::RoleAssignment => "role-assignment",
        }
    }

    /// Whether the rows of a table of it tell of machines, or of what belongs to one.
    #[must_use]
    pub const fn tells_of_machines(self) -> bool {
        match self {
            Self::Machine
            | Self::MachineDisk
            | Self::MachineNic
            | Self::MachineDetail
            | Self::Computer
            | Self::Drive
            | Self::HardDisk
            | Self::Nic
            | Self::Mention => true,
            Self::Host
            | Self::HostDetail
            | Self::Cluster
            | Self::ClusterDetail
            | Self::Cloud
            | Self::HostGroup
            | Self::VmmServer
            | Self::Volume
            | Self::Connection
            | Self::AzureResource
            | Self::Quota
            | Self::Sku
            | Self::RoleAssignment => false,
        }
    }
}

/// A type of Azure resource that an export lists without naming it in each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listed {
    /// Recovery Services vaults.
    RecoveryVault,
    /// Storage accounts.
    StorageAccount,
    /// Virtual networks.
    VirtualNetwork,
}

/// The unit of a column's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
pub enum Unit {
    /// No unit: a text, a count, a truth value.
    None,
    /// Bytes.
    Bytes,
    /// 2^10 bytes.
    KiB,
    /// 2^20 bytes, which most exports call MB.
    MiB,
    /// 2^30 bytes, which most exports call GB.
    GiB,
    /// 2^40 bytes, which most exports call TB.
    TiB,
    /// Bytes a second.
    BytesPerSecond,
    /// 10^6 bytes a second.
    MBPerSecond,
    /// The unit stands in the cell: "127.00 GiB".
    Text,
    /// Nothing settles it: a number is read only where its unit stands in the cell.
    Unsettled,
    /// No size: PowerShell's On/Off as the integers that `ConvertTo-Json` writes, of which 0 is on.
    ZeroIsOn,
}

impl Unit {
    /// How many bytes one of it is; `None` for what is no size.
    #[must_use]
    pub const fn bytes(self) -> Option<u64> {
        match self {
            Self::Bytes | Self::BytesPerSecond => Some(1),
            Self::KiB => Some(1 << 10),
            Self::MiB => Some(1 << 20),
            Self::GiB => Some(1 << 30),
            Self::TiB => Some(1 << 40),
            Self::MBPerSecond => Some(1_000_000),
            Self::None | Self::Text | Self::Unsettled | Self::ZeroIsOn => None,
        }
    }

    /// Its name for people; empty for what is no size.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::None | Self::ZeroIsOn => "",
            Self::Bytes => "bytes",
            Self::KiB => "KiB",
            Self::MiB => "MiB",
            Self::GiB => "GiB",
            Self::TiB => "TiB",
            Self::BytesPerSecond => "bytes/s",
            Self::MBPerSecond => "MB/s",
            Self::Text => "the unit in the cell",
            Self::Unsettled => "not settled",
        }
    }

    /// The unit that a word names; GB means GiB, as everywhere in this field.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let known = NAMES.iter().find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(word)));
        known.map(|(_, unit)| *unit)
    }
}

/// The spellings of units; the first ones of each are those that end headings too.
pub(super) const NAMES: &[(&[&str], Unit)] = &[
    (&["bytes", "byte", "octets", "B"], Unit::Bytes),
    (&["KB", "KiB", "kilobytes", "Ko", "Kio"], Unit::KiB),
    (&["MB", "MiB", "megabytes", "MByte", "Mo", "Mio", "M"], Unit::MiB),
    (&["GB", "GiB", "gigabytes", "GByte", "Go", "Gio", "G"], Unit::GiB),
    (&["TB", "TiB", "terabytes", "TByte", "To", "Tio", "T"], Unit::TiB),
    (&["MB/s", "MBps", "MBs", "MB per second"], Unit::MBPerSecond),
    (&["bytes/s", "bytes per second", "B/s", "Bps"], Unit::BytesPerSecond),
];

/// A column that gives a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// The column, from 0.
    pub column: u16,
    /// What it gives.
    pub field: Field,
    /// The unit of its numbers.
    pub unit: Unit,
    /// The number in the heading of a numbered column ("Disk 3 size", "Network #2"), from 1.
    pub number: Option<u16>,
    /// How its numbers are written.
    pub culture: Culture,
    /// The column whose numbers its own are multiplied with: cores of each processor.
    pub times: Option<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_row_is_read_from_its_word() {
        #[derive(serde::Deserialize)]
        struct File {
            rows: RowKind,
        }
        for &kind in RowKind::ALL {
            let file: File =
                toml::from_str(&format!("rows = \"{}\"", kind.word())).expect("a word of files of headings");
            assert_eq!(file.rows, kind);
        }
    }
}
