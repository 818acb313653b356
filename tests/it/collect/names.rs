//! The names in the PowerShell scripts: every variable is set where it is read, and every property was looked up.

use std::collections::BTreeSet;

use tree_sitter::Node;

use super::{nodes, of_kind, powershell, powershell_scripts, text};

/// The properties that the scripts read of what is not their own, by cmdlet, with the document that has them.
///
/// `HyperVDsc`, `FailOverClusterDsc`: the types as reflected from the modules, in the stubs that `dsccommunity` tests
/// with. `VMM 2012 R2`: objects as `Export-Clixml` wrote them. The others are articles of learn.microsoft.com.
const PROPERTIES: &[(&str, &str, &[&str])] = &[
    ("Get-VMHost", "HyperVDsc, class VMHost", &["MemoryCapacity", "LogicalProcessorCount"]),
    (
        "Get-VM",
        "HyperVDsc, class VirtualMachine",
        &[
            "Name",
            "Id",
            "State",
            "Generation",
            "ProcessorCount",
            "MemoryStartup",
            "MemoryMinimum",
            "MemoryMaximum",
            "MemoryDemand",
            "DynamicMemoryEnabled",
            "CPUUsage",
            "IntegrationServicesState",
            "ReplicationMode",
            "IsClustered",
            "Version",
            "Notes",
            "Groups",
            "ResourceMeteringEnabled",
        ],
    ),
    ("Get-VMFirmware", "HyperVDsc, class VMFirmware", &["SecureBoot"]),
    ("Get-VMSecurity", "HyperVDsc, class VMSecurity", &["TpmEnabled", "Shielded"]),
    (
        "Get-VMHardDiskDrive",
        "HyperVDsc, class HardDiskDrive",
        &[
            "Path",
            "DiskNumber",
            "ControllerType",
            "ControllerNumber",
            "ControllerLocation",
            "SupportPersistentReservations",
        ],
    ),
    (
        "Get-VHD",
        "objects of Get-VHD as ConvertTo-Json wrote them",
        &["Size", "FileSize", "VhdFormat", "VhdType", "ParentPath", "LogicalSectorSize", "PhysicalSectorSize"],
    ),
    (
        "Get-VMNetworkAdapter",
        "HyperVDsc, class VMNetworkAdapter",
        &["Name", "MacAddress", "IPAddresses", "SwitchName", "IsLegacy"],
    ),
    (
        "Measure-VM",
        "HyperVDsc, class VMMeteringReportForVirtualMachine",
        &[
            "AverageProcessorUsage",
            "AverageMemoryUsage",
            "MaximumMemoryUsage",
            "AggregatedAverageNormalizedIOPS",
            "AggregatedDiskDataRead",
            "AggregatedDiskDataWritten",
            "MeteringDuration",
        ],
    ),
    ("Get-Cluster, Get-ClusterNode", "FailOverClusterDsc, classes Cluster and ClusterNode", &["Name"]),
    ("MSCluster_Cluster", "previous-versions/windows/desktop/cluswmi/mscluster-cluster", &["Name"]),
    ("Get-ClusterResource", "FailOverClusterDsc, class ClusterResource", &["ResourceType"]),
    ("Get-ClusterSharedVolume", "FailOverClusterDsc, class ClusterSharedVolume", &["Name", "SharedVolumeInfo"]),
    (
        "Get-ClusterSharedVolume",
        "published scripts only; no article names them",
        &["FriendlyVolumeName", "Partition", "Size", "FreeSpace"],
    ),
    (
        "Msvm_KvpExchangeComponent",
        "windows/win32/hyperv_v2/msvm-kvpexchangecomponent",
        &["SystemName", "GuestIntrinsicExchangeItems", "InnerText"],
    ),
    (
        "Win32_ComputerSystem",
        "windows/win32/cimwin32prov/win32-computersystem",
        &["DNSHostName", "Domain", "PartOfDomain"],
    ),
    (
        "Win32_OperatingSystem",
        "windows/win32/cimwin32prov/win32-operatingsystem",
        &["Caption", "Version", "Description", "TotalVisibleMemorySize", "FreePhysicalMemory"],
    ),
    (
        "Win32_Processor",
        "windows/win32/cimwin32prov/win32-processor",
        &["AddressWidth", "Architecture", "LoadPercentage", "Average"],
    ),
    (
        "Win32_Volume",
        "previous-versions/windows/desktop/legacy/aa394515 (Win32_Volume)",
        &["Name", "Label", "FileSystem", "Capacity", "FreeSpace"],
    ),
    ("Get-HotFix", "powershell/module/microsoft.powershell.management/get-hotfix", &["HotFixID"]),
    ("Get-NetIPAddress", "powershell/module/nettcpip/get-netipaddress", &["IPAddress"]),
    (
        "registry",
        "dotnet/framework/migration-guide/how-to-determine-which-versions-are-installed (Release)",
        &["Release", "DisplayName", "DisplayVersion", "InstallationType"],
    ),
    (
        "registry of a guest",
        "virtualization/hyper-v-on-windows/reference/integration-services (Guest\\Parameters)",
        &["VirtualMachineName", "VirtualMachineId"],
    ),
    ("Get-BitLockerVolume", "powershell/module/bitlocker/get-bitlockervolume", &["VolumeStatus"]),
    ("Get-WindowsFeature", "powershell/module/servermanager/get-windowsfeature", &["Installed"]),
    ("Get-StoragePool", "windows-hardware/drivers/storage/msft-storagepool", &["IsPrimordial"]),
    (
        "Get-Disk",
        "windows-hardware/drivers/storage/msft-disk",
        &["BusType", "IsBoot", "IsSystem", "Number", "NumberOfPartitions"],
    ),
    ("Get-Partition", "windows-hardware/drivers/storage/msft-partition", &["DiskNumber", "GptType", "MbrType"]),
    ("Get-SmbConnection", "powershell/module/smbshare/get-smbconnection", &["ShareName"]),
    ("Get-SCVMMServer", "VMM 2012 R2, ServerConnection", &["Name", "ProductVersion"]),
    ("Get-SCCloud", "VMM 2012 R2, Cloud", &["Name", "ID", "HostGroup", "Description"]),
    ("Get-SCVMHostGroup", "VMM 2012 R2, HostGroup", &["Name", "Path"]),
    (
        "Get-SCVMHost",
        "VMM 2012 R2, Host",
        &[
            "FQDN",
            "ID",
            "CommunicationState",
            "OperatingSystem",
            "OperatingSystemVersion",
            "HyperVVersion",
            "VMHostGroup",
            "HostCluster",
            "VirtualizationPlatform",
            "TotalMemory",
            "LogicalProcessorCount",
            "Description",
            "DiskVolumes",
        ],
    ),
    (
        "DiskVolumes of Get-SCVMHost",
        "VMM 2012 R2, VMHostVolume",
        &["Name", "VolumeLabel", "FileSystem", "Capacity", "FreeSpace", "IsClusterSharedVolume"],
    ),
    ("Get-SCVMHostCluster", "VMM 2012 R2, HostCluster", &["Name", "HostGroup", "Nodes"]),
    (
        "Get-SCVirtualMachine",
        "VMM 2012 R2, VM",
        &[
            "Name",
            "VMId",
            "HostName",
            "VMHost",
            "Cloud",
            "HostGroupPath",
            "VirtualizationPlatform",
            "HostType",
            "Status",
            "MarkedAsTemplate",
            "IsRecoveryVM",
            "IsTestReplicaVM",
            "VirtualMachineState",
            "OperatingSystem",
            "ComputerName",
            "Generation",
            "CPUCount",
            "Memory",
            "DynamicMemoryEnabled",
            "DynamicMemoryMinimumMB",
            "DynamicMemoryMaximumMB",
            "DynamicMemoryDemandMB",
            "MemoryAssignedMB",
            "SecureBootEnabled",
            "HasVirtualFibreChannelAdapters",
            "HasPassthroughDisk",
            "HasSharedStorage",
            "VMCheckpoints",
            "VMAddition",
            "IsHighlyAvailable",
            "VirtualDiskDrives",
            "VirtualNetworkAdapters",
            "Owner",
            "CostCenter",
            "Description",
            "Tag",
            "CustomProperty",
            "CPUUtilization",
            "PerfDiskBytesRead",
            "PerfDiskBytesWrite",
            "PerfNetworkBytesRead",
            "PerfNetworkBytesWrite",
        ],
    ),
    ("OperatingSystem of VMM", "VMM 2012 R2, OperatingSystem", &["Architecture"]),
    (
        "VirtualDiskDrives of a machine",
        "VMM 2012 R2, VirtualDiskDrive",
        &["VirtualHardDisk", "VirtualHardDiskId", "BusType", "Bus", "Lun", "VolumeType", "HasSharedStorage", "IsVHD"],
    ),
    (
        "VirtualHardDisk of a drive",
        "VMM 2012 R2, StandaloneVirtualHardDisk",
        &["Location", "MaximumSize", "Size", "VHDFormatType", "VHDType", "ParentDisk"],
    ),
    (
        "VirtualNetworkAdapters of a machine",
        "VMM 2012 R2, VirtualNetworkAdapter",
        &[
            "MACAddress",
            "IPv4Addresses",
            "IPv6Addresses",
            "IPv4AddressType",
            "VMNetwork",
            "LogicalNetwork",
            "VirtualNetwork",
        ],
    ),
    ("Invoke-AzRestMethod", "powershell/module/az.accounts/invoke-azrestmethod", &["StatusCode", "Content"]),
    ("Get-AzSubscription", "powershell/module/az.accounts/get-azsubscription", &["Id", "Name", "State"]),
    ("Get-AzContext", "powershell/module/az.accounts/get-azcontext", &["Account", "Id", "Type"]),
    ("Get-AzADUser, Get-AzADServicePrincipal", "powershell/module/az.resources/get-azaduser", &["Id"]),
    (
        "roleAssignments, roleDefinitions",
        "azure/role-based-access-control/role-assignments-list-rest, role-definitions-list",
        &["value", "properties", "roleDefinitionId", "roleName", "scope"],
    ),
    (
        "blobServices/default",
        "rest/api/storagerp/blob-services/get-service-properties",
        &["properties", "deleteRetentionPolicy"],
    ),
    (
        "PowerShell itself",
        "powershell/scripting/developer, about_Jobs, Select-String",
        &["Count", "Length", "Message", "Exception", "State", "Path", "Keys", "Name", "Matches", "Groups", "Value"],
    ),
];

/// Variables that PowerShell sets.
const AUTOMATIC: &[&str] = &["_", "null", "true", "false", "matches", "env:computername"];

/// The name of a variable, as PowerShell compares it.
fn name(variable: Node<'_>, script: &str) -> String {
    text(variable, script).trim_matches(['$', '@', '{', '}']).to_ascii_lowercase()
}

/// The variables that a script sets: assigned, declared as parameters, gone through, or named by `-ErrorVariable`.
fn set(script: &str, root: Node<'_>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for place in of_kind(root, "left_assignment_expression") {
        found.extend(of_kind(place, "variable").first().map(|variable| name(*variable, script)));
    }
    // Attributes and default values hold variables as well, but below.
    for place in ["script_parameter", "foreach_statement"].into_iter().flat_map(|kind| of_kind(root, kind)) {
        let mut cursor = place.walk();
        let own = place.children(&mut cursor).find(|child| child.kind() == "variable");
        found.extend(own.map(|variable| name(variable, script)));
    }
    let words: Vec<&str> = script.split_whitespace().collect();
    let named = words.windows(2).filter(|pair| pair[0] == "-ErrorVariable");
    found.extend(named.map(|pair| pair[1].trim_end_matches(')').to_ascii_lowercase()));
    found
}

/// What of a script reads a variable that nothing sets.
fn unset(script: &str) -> Vec<String> {
    let tree = powershell(script);
    let known = set(script, tree.root_node());
    let variables = of_kind(tree.root_node(), "variable");
    let read = variables.into_iter().map(|variable| (name(variable, script), variable.start_position().row + 1));
    read.filter(|(name, _)| {
        !known.contains(name) && !AUTOMATIC.contains(&name.as_str()) && !name.ends_with("preference")
    })
    .map(|(name, line)| format!("${name} at line {line}"))
    .collect()
}

/// Variables in blocks that are handed to a function whose own parameters have the same names: the block sees those.
fn shadowed(script: &str) -> Vec<String> {
    let tree = powershell(script);
    let root = tree.root_node();
    let mut found = Vec::new();
    for function in of_kind(root, "function_statement") {
        let called = text(of_kind(function, "function_name")[0], script);
        let parameters: BTreeSet<String> = of_kind(function, "script_parameter")
            .into_iter()
            .filter_map(|parameter| of_kind(parameter, "variable").first().map(|variable| name(*variable, script)))
            .collect();
        let calls = of_kind(root, "command")
            .into_iter()
            .filter(|call| of_kind(*call, "command_name").first().is_some_and(|found| text(*found, script) == called));
        for block in calls.flat_map(|call| of_kind(call, "script_block_expression")) {
            let read = of_kind(block, "variable").into_iter().map(|variable| name(variable, script));
            found.extend(
                read.filter(|name| parameters.contains(name)).map(|name| format!("${name} in a block for {called}")),
            );
        }
    }
    found
}

/// Keys of the scripts' own notes.
const OWN: &[&str] = &["Table", "Errors", "Silent", "List", "Job", "Until"];

/// The properties that a script reads, but for those of its own tables and notes.
fn properties(script: &str) -> BTreeSet<String> {
    let tree = powershell(script);
    let members = of_kind(tree.root_node(), "member_access").into_iter().filter_map(|access| {
        let mut cursor = access.walk();
        access.children(&mut cursor).find(|child| child.kind() == "member_name")
    });
    let named = members.map(|member| text(member, script));
    named.filter(|member| !member.starts_with('\'') && !OWN.contains(member)).map(str::to_owned).collect()
}

#[test]
fn every_variable_of_a_script_is_set_somewhere() {
    for (file, script) in powershell_scripts() {
        assert_eq!(unset(&script), Vec::<String>::new(), "{file}");
    }
    assert_eq!(unset("$a = Get-VM\n$b.Name"), ["$b at line 2"], "this test can fail");
}

#[test]
fn no_block_sees_a_parameter_instead_of_what_it_means() {
    for (file, script) in powershell_scripts() {
        assert_eq!(shadowed(&script), Vec::<String>::new(), "{file}");
    }
    let wrong =
        "function Ask { param([string] $Machine, [scriptblock] $Question) & $Question }\nAsk 'x' { Get-VHD $machine }";
    assert_eq!(shadowed(wrong), ["$machine in a block for Ask"]);
}

#[test]
fn every_property_of_a_script_was_looked_up() {
    let known: BTreeSet<&str> = PROPERTIES.iter().flat_map(|(_, _, names)| names.iter().copied()).collect();
    let mut read: BTreeSet<String> = BTreeSet::new();
    for (file, script) in powershell_scripts() {
        let found = properties(&script);
        let unknown: Vec<&String> = found.iter().filter(|name| !known.contains(name.as_str())).collect();
        assert!(unknown.is_empty(), "{file} reads {unknown:?}");
        read.extend(found);
    }
    let idle: Vec<&&str> = known.iter().filter(|name| !read.contains(**name)).collect();
    assert!(idle.is_empty(), "looked up, and read by no script: {idle:?}");
}

#[test]
fn every_question_to_a_host_may_fail_alone() {
    // A cmdlet of a block that asks a computer stands in a block for `Ask`, or says what becomes of its errors.
    let calm = [
        "Get-Command",
        "Get-Date",
        "Test-Path",
        "Get-SCVMMServer",
        "Get-GroupPath",
        "Get-Bitness",
        "Get-DiskKind",
        "Get-Dynamic",
    ];
    for (file, script) in powershell_scripts().into_iter().filter(|(file, _)| *file != "azure.ps1") {
        let tree = powershell(&script);
        let assigned = of_kind(tree.root_node(), "assignment_expression");
        let asks = assigned.into_iter().filter(|node| {
            let text = text(*node, &script);
            text.starts_with("$ask") && text.contains(" = {")
        });
        for command in asks.flat_map(nodes).filter(|node| node.kind() == "command") {
            let words = text(command, &script);
            let called = words.split_whitespace().next().unwrap_or_default();
            if !called.starts_with("Get-") && !called.starts_with("Measure-VM") || calm.contains(&called) {
                continue;
            }
            assert!(is_asked(command, &script), "{file}: a failing {words} costs everything after it");
        }
    }
}

/// Whether something stands in a block for `Ask`.
fn is_asked(command: Node<'_>, script: &str) -> bool {
    let mut above = command.parent();
    while let Some(node) = above {
        if node.kind() == "command" && text(node, script).starts_with("Ask ") {
            return true;
        }
        above = node.parent();
    }
    false
}
