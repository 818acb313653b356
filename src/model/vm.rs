//! A virtual machine as the exports describe it.

use super::entity::entity;
use super::{
    Architecture, Bytes, Disk, DiskKind, DiskRole, Fact, Field, GIB, Generation, Known, Mebibytes, Missing, Name, Nic,
    Origin, Percent, Why,
};

entity! {
    /// A virtual machine, joined from every table that speaks of it.
    Vm {
        /// The display name; not unique in an estate.
        name: Name = VmName,
        /// Hyper-V's or VMM's GUID, upper case, without braces.
        id: Name = VmId,
        /// The host it runs on, as the export spells it.
        host: Name = VmHost,
        /// The failover cluster, when the machine's own row names it.
        cluster: Name = VmCluster,
        /// The VMM private cloud.
        cloud: Name = VmCloud,
        /// The VMM host group path, without the machine's name at its end.
        host_group: Name = VmHostGroup,
        /// The VMM server that manages it.
        vmm_server: Name = VmVmmServer,
        /// The vCenter server that manages it.
        vcenter: Name = VmVcenter,
        /// The hypervisor platform, as VMM names it (`HyperV`, `VMWareESX`).
        platform: Name = Platform,
        /// The guest operating system, as written; the catalogue makes sense of it.
        guest_os: Name = GuestOs,
        /// The guest's version, as written; beside a Linux name a three-part number is a kernel.
        guest_os_version: Name = GuestOsVersion,
        /// 32 or 64 bit, when a column says so; a name may say so as well.
        architecture: Architecture = Architecture,
        /// Hyper-V generation.
        generation: Generation = Generation,
        /// Virtual processors.
        vcpus: u32 = Vcpus,
        /// The memory it is judged by: startup or static memory, or the most that dynamic memory may give it.
        memory: Mebibytes = Memory,
        /// Startup memory, where a column tells it from other memory.
        memory_startup: Mebibytes = MemoryStartup,
        /// The most that dynamic memory may give it.
        memory_maximum: Mebibytes = MemoryMaximum,
        /// Whether its memory is dynamic.
        dynamic_memory: bool = DynamicMemory,
        /// Power state in one vocabulary: Running, Off, Saved, Paused, or as written.
        power_state: Name = PowerState,
        /// Secure Boot turned on.
        secure_boot: bool = SecureBoot,
        /// A virtual TPM is present.
        virtual_tpm: bool = VirtualTpm,
        /// The machine is shielded.
        shielded: bool = Shielded,
        /// BitLocker or another disk encryption is on in the guest.
        bitlocker: bool = BitLocker,
        /// Storage Spaces (or Storage Spaces Direct) in the guest.
        storage_spaces: bool = StorageSpaces,
        /// Disks that the guest reaches by iSCSI.
        guest_iscsi: bool = GuestIscsi,
        /// A data volume on an SMB share.
        guest_smb: bool = GuestSmb,
        /// A mounted NFS volume.
        guest_nfs: bool = GuestNfs,
        /// A ReiserFS volume.
        reiserfs: bool = ReiserFs,
        /// Dynamic (LDM) or striped data disks in the guest.
        dynamic_data_disk: bool = DynamicDataDisk,
        /// A dynamic operating system disk in the guest.
        dynamic_os_disk: bool = DynamicOsDisk,
        /// LVM on the operating system disk.
        lvm_on_os_disk: bool = LvmOnOsDisk,
        /// `/boot` and `/` both on the operating system disk.
        boot_on_os_disk: bool = BootOnOsDisk,
        /// Partitions on the operating system disk.
        os_disk_partitions: u32 = OsDiskPartitions,
        /// NIC teaming inside the guest.
        nic_teaming: bool = NicTeaming,
        /// Virtual Fibre Channel adapters are attached.
        fibre_channel: bool = FibreChannel,
        /// The machine's row says that it has a pass-through disk.
        pass_through: bool = PassThrough,
        /// The machine's row says that it has a shared disk.
        shared_storage: bool = SharedStorage,
        /// Checkpoints of the machine.
        checkpoints: u32 = Checkpoints,
        /// Integration services: a version, or a state such as "Up to date", "Update required", "Not detected".
        integration_services: Name = IntegrationServices,
        /// Hyper-V Replica mode: None, Primary, Replica, `TestReplica`, `ExtendedReplica`.
        replication_mode: Name = ReplicationMode,
        /// Highly available in a failover cluster.
        highly_available: bool = HighlyAvailable,
        /// Observed write churn in bytes a second.
        write_churn: Bytes = WriteChurn,
        /// The number of disks that the machine's row states, operating system disk included.
        stated_disk_count: u32 = DiskCount,
        /// The total virtual disk size that the machine's row states.
        stated_disk_total: Bytes = DiskTotal,
        /// The total that its disks may grow to, where a heading says that it is of provisioned or maximum sizes.
        stated_disk_provisioned: Bytes = DiskProvisioned,
        /// The number of network adapters that the machine's row states.
        stated_nic_count: u32 = NicCount,
        /// The computer name inside the guest.
        computer_name: Name = ComputerName,
        /// The share of its vCPUs that it uses at its busiest, by whatever percentile the export gives.
        cpu_use: Percent = CpuUse,
        /// The share of its memory that it uses likewise.
        memory_use: Percent = MemoryUse,
        /// The bytes that change on its disks in a day.
        daily_change: Bytes = DailyChange,
        /// The application it belongs to.
        application: Name = Application,
        /// The person or department that owns it.
        owner: Name = Owner,
        /// The department it belongs to.
        department: Name = Department,
        /// Production, test or the like, as written.
        environment: Name = Environment,
        /// The cost centre that pays for it.
        cost_centre: Name = CostCentre,
        /// The wave that it is to be moved in, as written.
        wave: Name = Wave,
        /// Its tags, as written.
        tags: Name = Tags,
        /// What someone wrote about it.
        description: Name = Description,
        /// The site it stands at.
        site: Name = Site,
    } plus {
        /// The disks that any table lists for it.
        disks: Vec<Disk> = Vec::new(),
        /// The network adapters that any table lists for it.
        nics: Vec<Nic> = Vec::new(),
        /// The disk it starts from, when the exports settle that; an index into `disks`.
        os_disk: Option<usize> = None,
        /// What the columns that are carried through give, one for each of the estate's; none for a machine that no row of
        /// such a table tells of.
        carried: Vec<Option<Known<Name>>> = Vec::new(),
        /// The host it runs on; an index into the estate's hosts.
        host_index: Option<usize> = None,
        /// Its failover cluster; an index into the estate's clusters.
        cluster_index: Option<usize> = None,
        /// Its cloud; an index into the estate's clouds.
        cloud_index: Option<usize> = None,
        /// Its VMM server; an index into the estate's VMM servers.
        vmm_index: Option<usize> = None,
        /// Why nothing that it meets can be told of a machine to be moved: it is a template or a replica.
        stand_in: Option<Missing> = None,
        /// What other rows say of it that was not believed, each with no more than its contradictions.
        disputed: Vec<Self> = Vec::new(),
    }
}

impl Vm {
    /// The name as shown: always known, because a row without one is left out when tables are assembled.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        self.name.value().map_or("", |name| name)
    }

    /// The disks listed for the machine.
    ///
    /// # Errors
    /// Missing when no table lists any: that may be a machine without disks or an export without a disk table.
    pub fn listed_disks(&self) -> Result<&[Disk], Missing> {
        if self.disks.is_empty() {
            return Err(self
                .stated_disk_count
                .need()
                .err()
                .unwrap_or(Missing { field: Field::DiskSize, why: Why::Absent }));
        }
        Ok(&self.disks)
    }

    /// How many disks the machine has: what its row states or what is listed, whichever is more.
    ///
    /// # Errors
    /// Missing when its row states no number and no table lists its disks.
    pub fn disk_count(&self) -> Result<Known<u32>, Missing> {
        let listed = u32::try_from(self.disks.len()).unwrap_or(u32::MAX);
        self.may_have_further_disks()?;
        match (self.stated_disk_count.need(), self.disks.first()) {
            (Ok(stated), _) if stated.value >= listed => Ok(*stated),
            (_, Some(first)) => Ok(Known { value: listed, origin: first.seen }),
            (Ok(stated), None) => Ok(*stated),
            (Err(missing), None) => Err(missing),
        }
    }

    /// Missing when the machine may have disks that no table lists: a cell of their number or of a size could not be
    /// understood, or the total of its row is larger than the disks in it.
    fn may_have_further_disks(&self) -> Result<(), Missing> {
        let Err(missing) = self.stated_disk_count.need() else { return Ok(()) };
        if matches!(missing.why, Why::Unreadable(_)) || self.has_more_than_listed() {
            return Err(missing);
        }
        Ok(())
    }

    /// Whether the row that names the sizes of some disks gives a total that they do not come to, by more than other
    /// units of size and rounding make of it.
    fn has_more_than_listed(&self) -> bool {
        let total = self.stated_disk_provisioned.need().or_else(|_| self.stated_disk_total.need());
        let Ok(total) = total else { return false };
        let row = |origin: Origin| (origin.table, origin.row);
        let mut listed = 0_u64;
        for disk in &self.disks {
            let Ok(size) = disk.size.need() else { return false };
            if row(size.origin) != row(total.origin) {
                return false;
            }
            listed = listed.saturating_add(size.value.0);
        }
        let margin = (listed / 10).max(GIB);
        listed > 0 && total.value.0 > listed.saturating_add(margin)
    }

    /// Missing when the machine's row states more disks than any table lists, so that some are not known.
    ///
    /// # Errors
    /// The disk size that is missing for the disks not listed.
    pub fn every_disk_listed(&self) -> Result<(), Missing> {
        let stated = self.stated_disk_count.value().copied();
        let listed = u32::try_from(self.disks.len()).unwrap_or(u32::MAX);
        if let Err(missing) = self.may_have_further_disks() {
            return Err(Missing { field: Field::DiskSize, why: missing.why });
        }
        if self.disks.is_empty() || stated.is_some_and(|stated| stated > listed) {
            return Err(Missing { field: Field::DiskSize, why: Why::Absent });
        }
        Ok(())
    }

    /// The disk the machine starts from.
    ///
    /// # Errors
    /// Missing when no disk is listed, or when nothing tells which of several it is.
    pub fn need_os_disk(&self) -> Result<&Disk, Missing> {
        let disks = self.listed_disks()?;
        self.os_disk.and_then(|index| disks.get(index)).ok_or(Missing { field: Field::DiskRole, why: Why::Absent })
    }

    /// The disks other than the one it starts from; every disk when that one is not known.
    pub fn data_disks(&self) -> impl Iterator<Item = &Disk> {
        self.disks.iter().enumerate().filter(|(index, _)| Some(*index) != self.os_disk).map(|(_, disk)| disk)
    }

    /// How many disks are marked as operating system disks.
    #[must_use]
    pub fn os_disk_marks(&self) -> usize {
        self.disks.iter().filter(|disk| disk.role.value() == Some(&DiskRole::OperatingSystem)).count()
    }

    /// How many network adapters the machine has, from its row or from the adapters listed, whichever is more.
    ///
    /// # Errors
    /// Missing when neither is given.
    pub fn nic_count(&self) -> Result<Known<u32>, Missing> {
        let listed = u32::try_from(self.nics.len()).unwrap_or(u32::MAX);
        match (self.stated_nic_count.need(), self.nics.first()) {
            (Ok(stated), _) if stated.value >= listed => Ok(*stated),
            (_, Some(first)) => Ok(Known { value: listed, origin: first.seen }),
            (Ok(stated), None) => Ok(*stated),
            (Err(missing), None) => Err(missing),
        }
    }

    /// The sum of the virtual sizes of its disks or what its row states, whichever is more.
    ///
    /// # Errors
    /// Missing when a disk's size is not known and no total is stated.
    pub fn disk_total(&self) -> Result<Bytes, Missing> {
        let stated = self.stated_disk_total.value().max(self.stated_disk_provisioned.value()).copied();
        let are_all_listed = self
            .stated_disk_count
            .value()
            .is_some_and(|count| usize::try_from(*count).is_ok_and(|count| count == self.disks.len()));
        match (self.listed_disk_total(), stated) {
            // What is provisioned holds the swap file as well.
            (Ok(listed), Some(_)) if are_all_listed => Ok(listed),
            (Ok(listed), Some(stated)) => Ok(listed.max(stated)),
            (Ok(total), None) | (Err(_), Some(total)) => Ok(total),
            (Err(missing), None) => Err(missing),
        }
    }

    /// The most that all disks of which no size is known can hold together, by the provisioned total of the machine.
    ///
    /// None where a disk may stand outside of that total: one passed through from the host, or one that another table
    /// lists without a size.
    #[must_use]
    pub fn disk_bound(&self) -> Option<Known<Bytes>> {
        let total = self.stated_disk_provisioned.need().ok()?;
        let row = |origin: Origin| (origin.table, origin.row);
        let is_outside = |disk: &Disk| match &disk.size {
            Fact::Known(_) => false,
            Fact::Missing(missing) => missing.why != Why::Absent || row(disk.seen) != row(total.origin),
        };
        let is_physical =
            |disk: &Disk| disk.pass_through.value() == Some(&true) || disk.kind.value() == Some(&DiskKind::Physical);
        let may_be_physical = match &self.pass_through {
            Fact::Known(known) => known.value,
            Fact::Missing(missing) => matches!(missing.why, Why::Unreadable(_)),
        };
        if may_be_physical || self.disks.iter().any(|disk| is_physical(disk) || is_outside(disk)) {
            return None;
        }
        let sized = self.disks.iter().filter_map(|disk| disk.size.value()).map(|size| size.0);
        let listed = sized.fold(0_u64, u64::saturating_add);
        // Disks that are larger than their total make that a total of something else.
        let rest = total.value.0.checked_sub(listed)?;
        Some(Known { value: Bytes(rest), origin: total.origin })
    }

    /// The machine by what was not believed of it: one for each row that contradicts what was.
    pub fn otherwise(&self) -> impl Iterator<Item = Self> {
        let of_disks = self.disks.iter().map(|disk| disk.disputed.len()).max().unwrap_or(0);
        (0..self.disputed.len().max(of_disks)).map(|number| {
            let mut other = Self { disputed: Vec::new(), ..self.clone() };
            if let Some(said) = self.disputed.get(number) {
                other.merge(said.clone(), &|_, _| true);
                other.disks.extend(said.disks.iter().cloned());
            }
            for (disk, mine) in other.disks.iter_mut().zip(&self.disks) {
                if let Some(said) = mine.disputed.get(number) {
                    disk.merge(said.clone(), &|_, _| true);
                }
            }
            other
        })
    }

    /// Whether inputs contradict each other about it.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        !self.disputed.is_empty() || self.disks.iter().any(|disk| !disk.disputed.is_empty())
    }

    fn listed_disk_total(&self) -> Result<Bytes, Missing> {
        self.every_disk_listed()?;
        let mut total = 0_u64;
        for disk in &self.disks {
            total = total.saturating_add(disk.size.need()?.value.0);
        }
        Ok(Bytes(total))
    }
}
