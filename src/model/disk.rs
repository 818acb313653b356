//! A virtual hard disk attached to a machine, or a VHD file that no machine claims.

use super::entity::entity;
use super::{Arg, Bytes, DiskFormat, DiskKind, DiskRole, Identity, Name};

entity! {
    /// A disk of a machine.
    Disk {
        /// The drive's name.
        name: Name = DiskName,
        /// The VHD file's path, or what stands in its place for a pass-through disk.
        path: Name = DiskPath,
        /// VMM's GUID of the virtual hard disk, upper case.
        id: Name = DiskId,
        /// The virtual (maximum) size.
        size: Bytes = DiskSize,
        /// The size of the file on the host.
        used: Bytes = DiskUsed,
        /// The file format.
        format: DiskFormat = DiskFormat,
        /// Fixed, dynamic, differencing or physical.
        kind: DiskKind = DiskType,
        /// The parent of a differencing disk.
        parent: Name = DiskParent,
        /// The controller type, "IDE" or "SCSI".
        controller: Name = DiskController,
        /// The controller's number.
        bus: u32 = DiskBus,
        /// The location on the controller.
        lun: u32 = DiskLun,
        /// Whether it holds the operating system, when the export says so.
        role: DiskRole = DiskRole,
        /// Shared between machines.
        shared: bool = DiskShared,
        /// Passed through from the host.
        pass_through: bool = DiskPassThrough,
        /// Read and write operations a second at its busiest.
        iops: u32 = DiskIops,
        /// Bytes read and written a second at its busiest.
        throughput: Bytes = DiskThroughput,
        /// Read operations a second.
        reads: u32 = DiskReads,
        /// Write operations a second.
        writes: u32 = DiskWrites,
        /// Bytes read a second.
        read_throughput: Bytes = DiskReadThroughput,
        /// Bytes written a second.
        write_throughput: Bytes = DiskWriteThroughput,
        /// The logical sector size.
        logical_sector: Bytes = LogicalSector,
        /// The physical sector size.
        physical_sector: Bytes = PhysicalSector,
    } plus {
        /// What other rows say of it that was not believed, each with no more than its contradictions.
        disputed: Vec<Self> = Vec::new(),
    }
}

impl Disk {
    /// The operations a second, as exported or of reads and writes together.
    #[must_use]
    pub fn operations(&self) -> Option<u64> {
        let sum = || Some(u64::from(*self.reads.value()?) + u64::from(*self.writes.value()?));
        self.iops.value().map(|iops| u64::from(*iops)).or_else(sum)
    }

    /// The bytes a second, as exported or of reads and writes together.
    #[must_use]
    pub fn bytes_a_second(&self) -> Option<Bytes> {
        let sum = || Some(Bytes(self.read_throughput.value()?.0.saturating_add(self.write_throughput.value()?.0)));
        self.throughput.value().copied().or_else(sum)
    }

    /// What to call the disk in a report: its path, its name, or its place in the list.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        self.path.value().or_else(|| self.name.value()).map_or("a disk", |name| name)
    }

    /// The same, as what goes into a sentence.
    #[must_use]
    pub fn shown(&self) -> Arg {
        let name = self.path.value().or_else(|| self.name.value());
        name.map_or(Arg::Word("a disk"), |name| Arg::Named(Identity::Path, name.clone()))
    }
}
