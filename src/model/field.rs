//! Every fact Klar looks for: its key in data files, what it is a fact of, its title for people, and the command that
//! exports it.

/// What a fact is a fact of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A virtual machine as a whole.
    Machine,
    /// One of a machine's disks.
    Disk,
    /// One of a machine's network adapters.
    Nic,
    /// A Hyper-V host.
    Host,
    /// A failover cluster.
    Cluster,
    /// A volume of a host or cluster.
    Volume,
    /// A VMM private cloud.
    Cloud,
    /// A VMM host group.
    HostGroup,
    /// A VMM management server.
    VmmServer,
    /// A connection between two servers.
    Connection,
    /// Anything in Azure: a resource, a quota, a size, a role.
    Azure,
    /// An Azure resource.
    AzureResource,
    /// A role that an account has in Azure.
    RoleAssignment,
    /// A vCPU quota.
    Quota,
    /// A size of Azure's virtual machines.
    Size,
}

impl About {
    /// Whether it stands at the site, and not in Azure.
    #[must_use]
    pub const fn is_of_the_site(self) -> bool {
        match self {
            Self::Machine
            | Self::Disk
            | Self::Nic
            | Self::Host
            | Self::Cluster
            | Self::Volume
            | Self::Cloud
            | Self::HostGroup
            | Self::VmmServer
            | Self::Connection => true,
            Self::Azure | Self::AzureResource | Self::RoleAssignment | Self::Quota | Self::Size => false,
        }
    }
}

/// Declares the fields once; the enum, its keys and its texts all come from this list.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $about:ident, $title:literal, $export:literal;)+) => {
        /// A fact of the estate that an export can give.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Field {
            $(#[doc = $title] $(#[$doc])* $name,)+
        }

        impl Field {
            /// Every field, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The field's key in dialects and in the generic headings of examples.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// The field's name for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// What it is a fact of.
            #[must_use]
            pub const fn about(self) -> About {
                match self { $(Self::$name => About::$about,)+ }
            }

            /// Whether requirements ask for the fact of machines, hosts or VMM servers, so that a site should export it.
            #[must_use]
            pub const fn is_judged(self) -> bool {
                self.about().is_of_the_site() && !self.is_planned_with()
            }

            /// Whether no requirement asks for the fact: the plan does, or machines are grouped and chosen by it.
            #[must_use]
            pub const fn is_planned_with(self) -> bool {
                matches!(
                    self,
                    Self::CpuUse
                        | Self::MemoryUse
                        | Self::DailyChange
                        | Self::Application
                        | Self::Owner
                        | Self::Department
                        | Self::Environment
                        | Self::CostCentre
                        | Self::Wave
                        | Self::Tags
                        | Self::Description
                        | Self::Site
                        | Self::DiskIops
                        | Self::DiskThroughput
                        | Self::DiskReads
                        | Self::DiskWrites
                        | Self::DiskReadThroughput
                        | Self::DiskWriteThroughput
                        | Self::VolumeName
                        | Self::VolumeHost
                        | Self::VolumeSize
                        | Self::VolumeFree
                        | Self::ConnectionFrom
                        | Self::ConnectionTo
                )
            }

            /// The command whose export holds the field.
            #[must_use]
            pub const fn export(self) -> &'static str {
                match self { $(Self::$name => $export,)+ }
            }
        }
    };
}

const _: () = assert!(Field::ALL.len() < 256, "a field number fits a byte");

fields! {
    // Machines.
    VmName = "vm_name", Machine, "VM name", "Get-SCVirtualMachine or Get-VM";
    VmId = "vm_id", Machine, "VM ID", "Get-SCVirtualMachine or Get-VM";
    VmHost = "vm_host", Machine, "VM host", "Get-SCVirtualMachine or Get-VM";
    VmCluster = "vm_cluster", Machine, "Cluster of the VM", "klar collect vmm or hyperv";
    VmCloud = "vm_cloud", Machine, "Cloud of the VM", "Get-SCVirtualMachine";
    VmHostGroup = "vm_host_group", Machine, "Host group of the VM", "Get-SCVirtualMachine";
    VmVmmServer = "vm_vmm_server", Machine, "VMM server of the VM", "Get-SCVirtualMachine";
    VmVcenter = "vm_vcenter", Machine, "vCenter of the VM", "RVTools vInfo, or a column vCenter";
    Platform = "platform", Machine, "Virtualization platform", "Get-SCVirtualMachine";
    GuestOs = "guest_os", Machine, "Guest OS", "Get-SCVirtualMachine, or klar collect hyperv";
    GuestOsVersion = "guest_os_version", Machine, "Guest OS version", "klar collect vmm, hyperv or guest";
    Architecture = "architecture", Machine, "OS architecture", "klar collect vmm or hyperv";
    Generation = "generation", Machine, "Generation", "Get-SCVirtualMachine or Get-VM";
    Vcpus = "vcpus", Machine, "vCPUs", "Get-SCVirtualMachine or Get-VM";
    Memory = "memory", Machine, "Memory", "Get-SCVirtualMachine or Get-VM";
    MemoryStartup = "memory_startup", Machine, "Startup memory", "Get-VM or Get-SCVirtualMachine";
    MemoryMaximum = "memory_maximum", Machine, "Maximum memory", "Get-VM or Get-SCVirtualMachine";
    DynamicMemory = "dynamic_memory", Machine, "Dynamic memory", "Get-VM or Get-SCVirtualMachine";
    PowerState = "power_state", Machine, "Power state", "Get-SCVirtualMachine or Get-VM";
    SecureBoot = "secure_boot", Machine, "Secure Boot", "Get-VMFirmware, or Get-SCVirtualMachine";
    VirtualTpm = "virtual_tpm", Machine, "Virtual TPM", "Get-VMSecurity (klar collect vmm or hyperv)";
    Shielded = "shielded", Machine, "Shielded", "Get-VMSecurity (klar collect vmm or hyperv)";
    BitLocker = "bitlocker", Machine, "BitLocker", "klar collect guest, or manage-bde -status inside the guest; enter it in a column BitLocker";
    StorageSpaces = "storage_spaces", Machine, "Storage Spaces in the guest", "klar collect guest, or Get-StoragePool inside the guest; enter it in a column Storage Spaces";
    GuestIscsi = "guest_iscsi", Machine, "iSCSI disks in the guest", "klar collect guest, or Get-IscsiSession inside the guest; enter it in a column Guest iSCSI";
    GuestSmb = "guest_smb", Machine, "Data volume on SMB", "klar collect guest, or Get-SmbMapping inside the guest; enter it in a column Guest SMB";
    GuestNfs = "guest_nfs", Machine, "NFS volume in the guest", "klar collect guest, or findmnt -t nfs,nfs4 inside the guest; enter it in a column Guest NFS";
    ReiserFs = "reiserfs", Machine, "ReiserFS in the guest", "klar collect guest, or findmnt -t reiserfs inside the guest; enter it in a column ReiserFS";
    DynamicDataDisk = "dynamic_data_disk", Machine, "Dynamic data disks in the guest", "klar collect guest, or Get-Disk inside the guest; enter it in a column Dynamic data disk";
    DynamicOsDisk = "dynamic_os_disk", Machine, "Dynamic OS disk in the guest", "klar collect guest, or Get-Disk inside the guest; enter it in a column Dynamic OS disk";
    LvmOnOsDisk = "lvm_on_os_disk", Machine, "LVM on the OS disk", "klar collect guest, or lsblk inside the guest; enter it in a column LVM on OS disk";
    BootOnOsDisk = "boot_on_os_disk", Machine, "/boot and / on the OS disk", "klar collect guest, or findmnt / /boot inside the guest; enter it in a column Boot on OS disk";
    OsDiskPartitions = "os_disk_partitions", Machine, "OS disk partitions", "klar collect guest, or Get-Partition inside the guest; enter it in a column OS disk partitions";
    NicTeaming = "nic_teaming", Machine, "NIC teaming in the guest", "klar collect guest, or Get-NetLbfoTeam inside the guest; enter it in a column NIC teaming";
    FibreChannel = "fibre_channel", Machine, "Virtual Fibre Channel adapters", "Get-SCVirtualMachine, or Get-VMFibreChannelHba";
    PassThrough = "pass_through", Machine, "Pass-through disks", "Get-SCVirtualMachine or Get-VMHardDiskDrive";
    SharedStorage = "shared_storage", Machine, "Shared disks", "Get-SCVirtualMachine or Get-VMHardDiskDrive";
    Checkpoints = "checkpoints", Machine, "Checkpoints", "Get-VMSnapshot (klar collect hyperv)";
    IntegrationServices = "integration_services", Machine, "Integration services", "Get-SCVirtualMachine or Get-VM";
    ReplicationMode = "replication_mode", Machine, "Hyper-V Replica mode", "Get-VM";
    HighlyAvailable = "highly_available", Machine, "Highly available", "Get-SCVirtualMachine or Get-VM";
    WriteChurn = "write_churn", Machine, "Write churn", "a performance log; enter it in a column Write churn (MB/s)";
    DiskCount = "disk_count", Machine, "Number of disks", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskTotal = "disk_total", Machine, "Total disk size", "Get-VHD or Get-SCVirtualHardDisk";
    DiskProvisioned = "disk_provisioned", Machine, "Provisioned disk size in total", "Get-VHD or Get-SCVirtualHardDisk";
    NicCount = "nic_count", Machine, "Number of network adapters", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    ComputerName = "computer_name", Machine, "Computer name in the guest", "Get-SCVirtualMachine, or klar collect hyperv";
    CpuUse = "cpu_use", Machine, "CPU utilization", "a performance log; enter it in a column CPU utilization (%)";
    MemoryUse = "memory_use", Machine, "Memory utilization", "a performance log; enter it in a column Memory utilization (%)";
    DailyChange = "daily_change", Machine, "Daily change", "a performance log; enter it in a column Daily change (GB)";
    Application = "application", Machine, "Application", "a column Application that you fill in";
    Owner = "owner", Machine, "Owner", "Get-SCVirtualMachine, or a column Owner that you fill in";
    Department = "department", Machine, "Department", "a column Department that you fill in";
    Environment = "environment", Machine, "Environment", "a column Environment that you fill in";
    CostCentre = "cost_centre", Machine, "Cost centre", "Get-SCVirtualMachine, or a column Cost centre that you fill in";
    Wave = "wave", Machine, "Wave", "a column Wave that you fill in";
    Tags = "tags", Machine, "Tags", "Get-SCVirtualMachine, or a column Tags that you fill in";
    Description = "description", Machine, "Description", "Get-SCVirtualMachine, or a column Description that you fill in";
    Site = "site", Machine, "Site", "a column Site that you fill in";
    // What a machine row says of itself that keeps it from being counted.
    Template = "template", Machine, "Template", "Get-SCVirtualMachine";
    RecoveryCopy = "recovery_copy", Machine, "Recovery copy", "Get-SCVirtualMachine";
    TestReplica = "test_replica", Machine, "Test replica", "Get-SCVirtualMachine";
    HostType = "host_type", Machine, "Host type", "Get-SCVirtualMachine";
    ServerType = "server_type", Machine, "Kind of server", "a column Server type";
    VmStatus = "vm_status", Machine, "VM status", "Get-SCVirtualMachine";
    // Disks.
    DiskName = "disk_name", Disk, "Disk name", "Get-VMHardDiskDrive";
    DiskPath = "disk_path", Disk, "Disk path", "Get-VMHardDiskDrive or Get-SCVirtualHardDisk";
    DiskId = "disk_id", Disk, "Virtual hard disk ID", "Get-SCVirtualDiskDrive";
    DiskSize = "disk_size", Disk, "Disk size", "Get-VHD or Get-SCVirtualHardDisk";
    OsDiskSize = "os_disk_size", Machine, "OS disk size", "Get-VHD or Get-SCVirtualHardDisk";
    DiskUsed = "disk_used", Disk, "Disk file size", "Get-VHD or Get-SCVirtualHardDisk";
    DiskFormat = "disk_format", Disk, "Disk format", "Get-VHD or Get-SCVirtualHardDisk";
    DiskType = "disk_type", Disk, "Disk type", "Get-VHD or Get-SCVirtualHardDisk";
    DiskParent = "disk_parent", Disk, "Parent disk", "Get-VHD or Get-SCVirtualHardDisk";
    DiskController = "disk_controller", Disk, "Disk controller", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskBus = "disk_bus", Disk, "Disk controller number", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskLun = "disk_lun", Disk, "Disk location on the controller", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskRole = "disk_role", Disk, "Volume type of the disk", "Get-SCVirtualDiskDrive";
    DiskShared = "disk_shared", Disk, "Disk shared", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskPassThrough = "disk_pass_through", Disk, "Disk is pass-through", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskIsVhd = "disk_is_vhd", Disk, "Disk is a VHD", "Get-SCVirtualDiskDrive";
    DiskIops = "disk_iops", Disk, "Disk operations a second", "a performance log; enter it in a column Disk IOPS";
    DiskReads = "disk_reads", Disk, "Disk read operations a second", "a performance log; enter it in a column Disk 1 read ops";
    DiskWrites = "disk_writes", Disk, "Disk write operations a second", "a performance log; enter it in a column Disk 1 write ops";
    DiskReadThroughput = "disk_read_throughput", Disk, "Disk read throughput", "a performance log; enter it in a column Disk 1 read throughput (MB/s)";
    DiskWriteThroughput = "disk_write_throughput", Disk, "Disk write throughput", "a performance log; enter it in a column Disk 1 write throughput (MB/s)";
    DiskThroughput = "disk_throughput", Disk, "Disk throughput", "a performance log; enter it in a column Disk throughput (MB/s)";
    LogicalSector = "logical_sector", Disk, "Logical sector size", "Get-VHD (klar collect vmm or hyperv)";
    PhysicalSector = "physical_sector", Disk, "Physical sector size", "Get-VHD (klar collect vmm or hyperv)";
    // Network adapters.
    NicName = "nic_name", Nic, "Network adapter name", "Get-VMNetworkAdapter";
    NicMac = "nic_mac", Nic, "MAC address", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    NicAddresses = "nic_addresses", Nic, "IP addresses", "Get-VMNetworkAdapter (klar collect vmm or hyperv)";
    NicAssignment = "nic_assignment", Nic, "IPv4 address type", "Get-SCVirtualNetworkAdapter";
    NicNetwork = "nic_network", Nic, "VM network", "Get-SCVirtualNetworkAdapter";
    NicLogicalNetwork = "nic_logical_network", Nic, "Logical network", "Get-SCVirtualNetworkAdapter";
    NicSwitch = "nic_switch", Nic, "Virtual switch", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    NicLegacy = "nic_legacy", Nic, "Legacy network adapter", "Get-VMNetworkAdapter";
    // Hosts.
    HostName = "host_name", Host, "Host name", "Get-SCVMHost or Get-VMHost";
    HostId = "host_id", Host, "Host ID", "Get-SCVMHost";
    HostOs = "host_os", Host, "Host operating system", "Get-SCVMHost, or klar collect hyperv";
    HostOsVersion = "host_os_version", Host, "Host OS version", "Get-SCVMHost, or klar collect hyperv";
    HyperVVersion = "hyperv_version", Host, "Hyper-V version", "Get-SCVMHost";
    HostState = "host_state", Host, "Host state", "Get-SCVMHost";
    HostGroupOfHost = "host_group", Host, "Host group of the host", "Get-SCVMHost";
    HostCluster = "host_cluster", Host, "Cluster of the host", "Get-SCVMHost";
    HostVmmServer = "host_vmm_server", Host, "VMM server of the host", "Get-SCVMHost";
    HostPlatform = "host_platform", Host, "Virtualization platform of the host", "Get-SCVMHost";
    HostFixes = "host_fixes", Host, "Installed updates", "Get-HotFix (klar collect vmm or hyperv)";
    HostUpToDate = "host_up_to_date", Host, "Latest updates installed", "a declaration in klar.toml";
    HostDotNet = "host_dotnet", Host, ".NET Framework version", "the registry of the host (klar collect vmm or hyperv)";
    HostInternet = "host_internet", Host, "Internet access of the host", "a declaration in klar.toml";
    HostIpv6 = "host_ipv6", Host, "IPv6 on the host", "Get-NetIPAddress (klar collect vmm or hyperv)";
    HostProvider = "host_provider", Host, "Replication provider version", "the registry of the host (klar collect vmm or hyperv)";
    HostBackupTool = "host_backup_tool", Host, "Other backup or recovery tool", "a declaration in klar.toml, or a column Backup tool";
    HostMemory = "host_memory", Host, "Host memory", "Get-SCVMHost or Get-VMHost";
    HostProcessors = "host_processors", Host, "Logical processors", "Get-SCVMHost or Get-VMHost";
    HostVmCount = "host_vm_count", Host, "Machines on the host", "Get-SCVirtualMachine or Get-VM";
    HostAgent = "host_agent", Host, "Recovery Services agent version", "the list of programs of the host, Microsoft Azure Recovery Services Agent (klar collect vmm or hyperv)";
    // Clusters.
    ClusterName = "cluster_name", Cluster, "Cluster name", "Get-SCVMHostCluster or Get-Cluster";
    ClusterHostGroup = "cluster_host_group", Cluster, "Host group of the cluster", "Get-SCVMHostCluster";
    ClusterNodes = "cluster_nodes", Cluster, "Cluster nodes", "Get-SCVMHostCluster or Get-ClusterNode";
    ClusterBroker = "cluster_broker", Cluster, "Replica Broker", "Get-ClusterResource (klar collect vmm or hyperv)";
    // Volumes of hosts.
    VolumeName = "volume_name", Volume, "Volume", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeHost = "volume_host", Volume, "Host of the volume", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeSize = "volume_size", Volume, "Volume size", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeFree = "volume_free", Volume, "Free space on the volume", "Get-Volume, or Get-ClusterSharedVolume";
    // Clouds, host groups and VMM servers.
    CloudName = "cloud_name", Cloud, "Cloud name", "Get-SCCloud";
    CloudId = "cloud_id", Cloud, "Cloud ID", "Get-SCCloud";
    CloudHostGroups = "cloud_host_groups", Cloud, "Host groups of the cloud", "klar collect vmm";
    CloudVmmServer = "cloud_vmm_server", Cloud, "VMM server of the cloud", "Get-SCCloud";
    GroupName = "group_name", HostGroup, "Host group name", "Get-SCVMHostGroup";
    GroupPath = "group_path", HostGroup, "Host group path", "Get-SCVMHostGroup";
    GroupVmmServer = "group_vmm_server", HostGroup, "VMM server of the host group", "Get-SCVMHostGroup";
    VmmName = "vmm_name", VmmServer, "VMM server", "Get-SCVMMServer (klar collect vmm)";
    VmmVersion = "vmm_version", VmmServer, "VMM version", "Get-SCVMMServer (klar collect vmm)";
    VmmOs = "vmm_os", VmmServer, "Operating system of the VMM server", "klar collect vmm";
    VmmInternet = "vmm_internet", VmmServer, "Internet access of the VMM server", "a declaration in klar.toml";
    VmmUpgraded = "vmm_upgraded", VmmServer, "VMM upgraded from 2012 R2", "a declaration in klar.toml";
    // Connections between servers.
    ConnectionFrom = "connection_from", Connection, "Source server", "the dependency export of Azure Migrate";
    ConnectionTo = "connection_to", Connection, "Destination server", "the dependency export of Azure Migrate";
    // Azure.
    AzureType = "azure_type", Azure, "Azure resource type", "az resource list";
    AzureName = "azure_name", Azure, "Azure resource name", "az resource list";
    AzureId = "azure_id", Azure, "Azure resource ID", "az resource list";
    AzureLocation = "azure_location", Azure, "Azure region", "az resource list";
    AzureGroup = "azure_group", Azure, "Resource group", "az resource list";
    AzureSubscription = "azure_subscription", Azure, "Azure subscription", "az account show";
    AzureSku = "azure_sku", Azure, "SKU", "az storage account list";
    AzureKind = "azure_kind", AzureResource, "Kind", "az storage account list";
    AzureAccessTier = "azure_access_tier", AzureResource, "Access tier", "az storage account list";
    AzureFirewall = "azure_firewall", AzureResource, "Storage firewall default action", "az storage account list";
    AzureSoftDelete = "azure_soft_delete", AzureResource, "Blob soft delete", "az storage account blob-service-properties show";
    AzurePrefixes = "azure_prefixes", AzureResource, "Address space", "az network vnet list";
    AzureSubnets = "azure_subnets", AzureResource, "Subnet names", "az network vnet list";
    AzureSubnetPrefixes = "azure_subnet_prefixes", AzureResource, "Subnet prefixes", "az network vnet list";
    AzureOutbound = "azure_outbound", AzureResource, "Default outbound access of the subnets", "az network vnet list";
    AzureNatGateways = "azure_nat_gateways", AzureResource, "NAT gateways of the subnets", "az network vnet list";
    AzureRole = "azure_role", RoleAssignment, "Role of the signed-in account", "az role assignment list";
    QuotaFamily = "quota_family", Quota, "Quota", "az vm list-usage";
    QuotaUsed = "quota_used", Quota, "Quota used", "az vm list-usage";
    QuotaLimit = "quota_limit", Quota, "Quota limit", "az vm list-usage";
    SkuFamily = "sku_family", Size, "VM size family", "az vm list-skus";
    SkuVcpus = "sku_vcpus", Size, "vCPUs of the size", "az vm list-skus";
    SkuMemory = "sku_memory", Size, "Memory of the size", "az vm list-skus";
    SkuDisks = "sku_disks", Size, "Data disks of the size", "az vm list-skus";
    SkuNics = "sku_nics", Size, "Network adapters of the size", "az vm list-skus";
    SkuGenerations = "sku_generations", Size, "Generations of the size", "az vm list-skus";
    SkuArchitecture = "sku_architecture", Size, "Processor of the size", "az vm list-skus";
    SkuPremium = "sku_premium", Size, "Premium storage of the size", "az vm list-skus";
    SkuAccelerated = "sku_accelerated", Size, "Accelerated networking of the size", "az vm list-skus";
    SkuIops = "sku_iops", Size, "Uncached disk operations of the size", "az vm list-skus";
    SkuThroughput = "sku_throughput", Size, "Uncached disk throughput of the size", "az vm list-skus";
    SkuControllers = "sku_controllers", Size, "Disk controllers of the size", "az vm list-skus";
    SkuRetires = "sku_retires", Size, "Retirement of the size", "az vm list-skus";
    SkuZones = "sku_zones", Size, "Zones of the size", "az vm list-skus";
    SkuRestriction = "sku_restriction", Size, "Restriction of the size", "az vm list-skus";
    SkuRestrictionType = "sku_restriction_type", Size, "What the restriction of the size covers", "az vm list-skus";
    SkuRestrictedZones = "sku_restricted_zones", Size, "Zones that the restriction of the size covers", "az vm list-skus";
}
