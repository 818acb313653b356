//! Every fact Klar looks for: its key in data files, its title for people, and the command that exports it.

/// Declares the fields once; the enum, its keys and its texts all come from this list.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $title:literal, $export:literal;)+) => {
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

            /// Whether requirements ask for the fact of machines, hosts or VMM servers, so that a site should export it.
            #[must_use]
            pub const fn is_judged(self) -> bool {
                (self as u8) < (Self::AzureType as u8) && !self.is_planned_with()
            }

            /// Whether only the plan asks for the fact.
            #[must_use]
            pub const fn is_planned_with(self) -> bool {
                matches!(
                    self,
                    Self::CpuUse
                        | Self::MemoryUse
                        | Self::DailyChange
                        | Self::Application
                        | Self::Owner
                        | Self::DiskIops
                        | Self::DiskThroughput
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
    VmName = "vm_name", "VM name", "Get-SCVirtualMachine or Get-VM";
    VmId = "vm_id", "VM ID", "Get-SCVirtualMachine or Get-VM";
    VmHost = "vm_host", "VM host", "Get-SCVirtualMachine or Get-VM";
    VmCluster = "vm_cluster", "Cluster of the VM", "klar collect vmm or hyperv";
    VmCloud = "vm_cloud", "Cloud of the VM", "Get-SCVirtualMachine";
    VmHostGroup = "vm_host_group", "Host group of the VM", "Get-SCVirtualMachine";
    VmVmmServer = "vm_vmm_server", "VMM server of the VM", "Get-SCVirtualMachine";
    Platform = "platform", "Virtualization platform", "Get-SCVirtualMachine";
    GuestOs = "guest_os", "Guest OS", "Get-SCVirtualMachine, or klar collect hyperv";
    GuestOsVersion = "guest_os_version", "Guest OS version", "klar collect hyperv";
    Architecture = "architecture", "OS architecture", "klar collect vmm or hyperv";
    Generation = "generation", "Generation", "Get-SCVirtualMachine or Get-VM";
    Vcpus = "vcpus", "vCPUs", "Get-SCVirtualMachine or Get-VM";
    Memory = "memory", "Memory", "Get-SCVirtualMachine or Get-VM";
    PowerState = "power_state", "Power state", "Get-SCVirtualMachine or Get-VM";
    SecureBoot = "secure_boot", "Secure Boot", "Get-VMFirmware, or Get-SCVirtualMachine";
    VirtualTpm = "virtual_tpm", "Virtual TPM", "Get-VMSecurity (klar collect hyperv)";
    Shielded = "shielded", "Shielded", "Get-VMSecurity (klar collect hyperv)";
    BitLocker = "bitlocker", "BitLocker", "manage-bde -status inside the guest; enter it in a column BitLocker";
    StorageSpaces = "storage_spaces", "Storage Spaces in the guest", "Get-StoragePool inside the guest; enter it in a column Storage Spaces";
    GuestIscsi = "guest_iscsi", "iSCSI disks in the guest", "Get-IscsiSession inside the guest; enter it in a column Guest iSCSI";
    GuestSmb = "guest_smb", "Data volume on SMB", "Get-SmbMapping inside the guest; enter it in a column Guest SMB";
    GuestNfs = "guest_nfs", "NFS volume in the guest", "findmnt -t nfs,nfs4 inside the guest; enter it in a column Guest NFS";
    ReiserFs = "reiserfs", "ReiserFS in the guest", "findmnt -t reiserfs inside the guest; enter it in a column ReiserFS";
    DynamicDataDisk = "dynamic_data_disk", "Dynamic data disks in the guest", "Get-Disk inside the guest; enter it in a column Dynamic data disk";
    DynamicOsDisk = "dynamic_os_disk", "Dynamic OS disk in the guest", "Get-Disk inside the guest; enter it in a column Dynamic OS disk";
    LvmOnOsDisk = "lvm_on_os_disk", "LVM on the OS disk", "lsblk inside the guest; enter it in a column LVM on OS disk";
    BootOnOsDisk = "boot_on_os_disk", "/boot and / on the OS disk", "findmnt / /boot inside the guest; enter it in a column Boot on OS disk";
    OsDiskPartitions = "os_disk_partitions", "OS disk partitions", "Get-Partition inside the guest; enter it in a column OS disk partitions";
    NicTeaming = "nic_teaming", "NIC teaming in the guest", "Get-NetLbfoTeam inside the guest; enter it in a column NIC teaming";
    FibreChannel = "fibre_channel", "Virtual Fibre Channel adapters", "Get-SCVirtualMachine, or Get-VMFibreChannelHba";
    PassThrough = "pass_through", "Pass-through disks", "Get-SCVirtualMachine or Get-VMHardDiskDrive";
    SharedStorage = "shared_storage", "Shared disks", "Get-SCVirtualMachine or Get-VMHardDiskDrive";
    Checkpoints = "checkpoints", "Checkpoints", "Get-VMSnapshot (klar collect hyperv)";
    IntegrationServices = "integration_services", "Integration services", "Get-SCVirtualMachine or Get-VM";
    ReplicationMode = "replication_mode", "Hyper-V Replica mode", "Get-VM";
    HighlyAvailable = "highly_available", "Highly available", "Get-SCVirtualMachine or Get-VM";
    WriteChurn = "write_churn", "Write churn", "a performance log; enter it in a column Write churn (MB/s)";
    DiskCount = "disk_count", "Number of disks", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskTotal = "disk_total", "Total disk size", "Get-VHD or Get-SCVirtualHardDisk";
    NicCount = "nic_count", "Number of network adapters", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    ComputerName = "computer_name", "Computer name in the guest", "Get-SCVirtualMachine, or klar collect hyperv";
    CpuUse = "cpu_use", "CPU utilization", "a performance log; enter it in a column CPU utilization (%)";
    MemoryUse = "memory_use", "Memory utilization", "a performance log; enter it in a column Memory utilization (%)";
    DailyChange = "daily_change", "Daily change", "a performance log; enter it in a column Daily change (GB)";
    Application = "application", "Application", "a column Application that you fill in";
    Owner = "owner", "Owner", "Get-SCVirtualMachine, or a column Owner that you fill in";
    // What a machine row says of itself that keeps it from being counted.
    Template = "template", "Template", "Get-SCVirtualMachine";
    RecoveryCopy = "recovery_copy", "Recovery copy", "Get-SCVirtualMachine";
    TestReplica = "test_replica", "Test replica", "Get-SCVirtualMachine";
    HostType = "host_type", "Host type", "Get-SCVirtualMachine";
    VmStatus = "vm_status", "VM status", "Get-SCVirtualMachine";
    // Disks.
    DiskName = "disk_name", "Disk name", "Get-VMHardDiskDrive";
    DiskPath = "disk_path", "Disk path", "Get-VMHardDiskDrive or Get-SCVirtualHardDisk";
    DiskId = "disk_id", "Virtual hard disk ID", "Get-SCVirtualDiskDrive";
    DiskSize = "disk_size", "Disk size", "Get-VHD or Get-SCVirtualHardDisk";
    OsDiskSize = "os_disk_size", "OS disk size", "Get-VHD or Get-SCVirtualHardDisk";
    DiskUsed = "disk_used", "Disk file size", "Get-VHD or Get-SCVirtualHardDisk";
    DiskFormat = "disk_format", "Disk format", "Get-VHD or Get-SCVirtualHardDisk";
    DiskType = "disk_type", "Disk type", "Get-VHD or Get-SCVirtualHardDisk";
    DiskParent = "disk_parent", "Parent disk", "Get-VHD or Get-SCVirtualHardDisk";
    DiskController = "disk_controller", "Disk controller", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskBus = "disk_bus", "Disk controller number", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskLun = "disk_lun", "Disk location on the controller", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskRole = "disk_role", "Volume type of the disk", "Get-SCVirtualDiskDrive";
    DiskShared = "disk_shared", "Disk shared", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskPassThrough = "disk_pass_through", "Disk is pass-through", "Get-VMHardDiskDrive or Get-SCVirtualDiskDrive";
    DiskIsVhd = "disk_is_vhd", "Disk is a VHD", "Get-SCVirtualDiskDrive";
    DiskIops = "disk_iops", "Disk operations a second", "a performance log; enter it in a column Disk IOPS";
    DiskThroughput = "disk_throughput", "Disk throughput", "a performance log; enter it in a column Disk throughput (MB/s)";
    LogicalSector = "logical_sector", "Logical sector size", "Get-VHD (klar collect hyperv)";
    PhysicalSector = "physical_sector", "Physical sector size", "Get-VHD (klar collect hyperv)";
    // Network adapters.
    NicName = "nic_name", "Network adapter name", "Get-VMNetworkAdapter";
    NicMac = "nic_mac", "MAC address", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    NicAddresses = "nic_addresses", "IP addresses", "Get-VMNetworkAdapter (klar collect vmm or hyperv)";
    NicAssignment = "nic_assignment", "IPv4 address type", "Get-SCVirtualNetworkAdapter";
    NicNetwork = "nic_network", "VM network", "Get-SCVirtualNetworkAdapter";
    NicLogicalNetwork = "nic_logical_network", "Logical network", "Get-SCVirtualNetworkAdapter";
    NicSwitch = "nic_switch", "Virtual switch", "Get-VMNetworkAdapter or Get-SCVirtualNetworkAdapter";
    NicLegacy = "nic_legacy", "Legacy network adapter", "Get-VMNetworkAdapter";
    // Hosts.
    HostName = "host_name", "Host name", "Get-SCVMHost or Get-VMHost";
    HostId = "host_id", "Host ID", "Get-SCVMHost";
    HostOs = "host_os", "Host operating system", "Get-SCVMHost, or klar collect hyperv";
    HostOsVersion = "host_os_version", "Host OS version", "Get-SCVMHost, or klar collect hyperv";
    HyperVVersion = "hyperv_version", "Hyper-V version", "Get-SCVMHost";
    HostState = "host_state", "Host state", "Get-SCVMHost";
    HostGroupOfHost = "host_group", "Host group of the host", "Get-SCVMHost";
    HostCluster = "host_cluster", "Cluster of the host", "Get-SCVMHost";
    HostVmmServer = "host_vmm_server", "VMM server of the host", "Get-SCVMHost";
    HostPlatform = "host_platform", "Virtualization platform of the host", "Get-SCVMHost";
    HostFixes = "host_fixes", "Installed updates", "Get-HotFix (klar collect vmm or hyperv)";
    HostUpToDate = "host_up_to_date", "Latest updates installed", "a declaration in klar.toml";
    HostDotNet = "host_dotnet", ".NET Framework version", "the registry of the host (klar collect vmm or hyperv)";
    HostInternet = "host_internet", "Internet access of the host", "a declaration in klar.toml";
    HostIpv6 = "host_ipv6", "IPv6 on the host", "Get-NetIPAddress (klar collect vmm or hyperv)";
    HostProvider = "host_provider", "Replication provider version", "the registry of the host (klar collect vmm or hyperv)";
    HostBackupTool = "host_backup_tool", "Other backup or recovery tool", "a declaration in klar.toml, or a column Backup tool";
    HostMemory = "host_memory", "Host memory", "Get-SCVMHost or Get-VMHost";
    HostProcessors = "host_processors", "Logical processors", "Get-SCVMHost or Get-VMHost";
    HostVmCount = "host_vm_count", "Machines on the host", "Get-SCVirtualMachine or Get-VM";
    // Clusters.
    ClusterName = "cluster_name", "Cluster name", "Get-SCVMHostCluster or Get-Cluster";
    ClusterHostGroup = "cluster_host_group", "Host group of the cluster", "Get-SCVMHostCluster";
    ClusterNodes = "cluster_nodes", "Cluster nodes", "Get-SCVMHostCluster or Get-ClusterNode";
    ClusterBroker = "cluster_broker", "Replica Broker", "Get-ClusterResource (klar collect vmm or hyperv)";
    // Volumes of hosts.
    VolumeName = "volume_name", "Volume", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeHost = "volume_host", "Host of the volume", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeSize = "volume_size", "Volume size", "Get-Volume, or Get-ClusterSharedVolume";
    VolumeFree = "volume_free", "Free space on the volume", "Get-Volume, or Get-ClusterSharedVolume";
    // Clouds, host groups and VMM servers.
    CloudName = "cloud_name", "Cloud name", "Get-SCCloud";
    CloudId = "cloud_id", "Cloud ID", "Get-SCCloud";
    CloudHostGroups = "cloud_host_groups", "Host groups of the cloud", "klar collect vmm";
    CloudVmmServer = "cloud_vmm_server", "VMM server of the cloud", "Get-SCCloud";
    GroupName = "group_name", "Host group name", "Get-SCVMHostGroup";
    GroupPath = "group_path", "Host group path", "Get-SCVMHostGroup";
    GroupVmmServer = "group_vmm_server", "VMM server of the host group", "Get-SCVMHostGroup";
    VmmName = "vmm_name", "VMM server", "Get-SCVMMServer (klar collect vmm)";
    VmmVersion = "vmm_version", "VMM version", "Get-SCVMMServer (klar collect vmm)";
    VmmOs = "vmm_os", "Operating system of the VMM server", "klar collect vmm";
    VmmInternet = "vmm_internet", "Internet access of the VMM server", "a declaration in klar.toml";
    VmmUpgraded = "vmm_upgraded", "VMM upgraded from 2012 R2", "a declaration in klar.toml";
    // Connections between servers.
    ConnectionFrom = "connection_from", "Source server", "the dependency export of Azure Migrate";
    ConnectionTo = "connection_to", "Destination server", "the dependency export of Azure Migrate";
    // Azure.
    AzureType = "azure_type", "Azure resource type", "az resource list";
    AzureName = "azure_name", "Azure resource name", "az resource list";
    AzureId = "azure_id", "Azure resource ID", "az resource list";
    AzureLocation = "azure_location", "Azure region", "az resource list";
    AzureGroup = "azure_group", "Resource group", "az resource list";
    AzureSubscription = "azure_subscription", "Azure subscription", "az account show";
    AzureSku = "azure_sku", "SKU", "az storage account list";
    AzureKind = "azure_kind", "Kind", "az storage account list";
    AzureAccessTier = "azure_access_tier", "Access tier", "az storage account list";
    AzureFirewall = "azure_firewall", "Storage firewall default action", "az storage account list";
    AzureSoftDelete = "azure_soft_delete", "Blob soft delete", "az storage account blob-service-properties show";
    AzurePrefixes = "azure_prefixes", "Address space", "az network vnet list";
    AzureSubnets = "azure_subnets", "Subnet names", "az network vnet list";
    AzureSubnetPrefixes = "azure_subnet_prefixes", "Subnet prefixes", "az network vnet list";
    AzureRole = "azure_role", "Role of the signed-in account", "az role assignment list";
    QuotaFamily = "quota_family", "Quota", "az vm list-usage";
    QuotaUsed = "quota_used", "Quota used", "az vm list-usage";
    QuotaLimit = "quota_limit", "Quota limit", "az vm list-usage";
    SkuFamily = "sku_family", "VM size family", "az vm list-skus";
    SkuVcpus = "sku_vcpus", "vCPUs of the size", "az vm list-skus";
    SkuMemory = "sku_memory", "Memory of the size", "az vm list-skus";
    SkuDisks = "sku_disks", "Data disks of the size", "az vm list-skus";
    SkuNics = "sku_nics", "Network adapters of the size", "az vm list-skus";
    SkuGenerations = "sku_generations", "Generations of the size", "az vm list-skus";
    SkuArchitecture = "sku_architecture", "Processor of the size", "az vm list-skus";
    SkuPremium = "sku_premium", "Premium storage of the size", "az vm list-skus";
    SkuAccelerated = "sku_accelerated", "Accelerated networking of the size", "az vm list-skus";
    SkuIops = "sku_iops", "Uncached disk operations of the size", "az vm list-skus";
    SkuThroughput = "sku_throughput", "Uncached disk throughput of the size", "az vm list-skus";
    SkuControllers = "sku_controllers", "Disk controllers of the size", "az vm list-skus";
    SkuRetires = "sku_retires", "Retirement of the size", "az vm list-skus";
    SkuZones = "sku_zones", "Zones of the size", "az vm list-skus";
    SkuRestriction = "sku_restriction", "Restriction of the size", "az vm list-skus";
    SkuRestrictionType = "sku_restriction_type", "What the restriction of the size covers", "az vm list-skus";
}
