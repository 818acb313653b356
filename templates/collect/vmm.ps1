<#
.SYNOPSIS
Exports from System Center VMM what Klar reads. Reads only; changes nothing.

.DESCRIPTION
Run it in Windows PowerShell 5.1 where the VMM console is installed, as a user who may read the whole VMM server and
administers its hosts. What each VMM server tells goes into a folder of its own: one CSV file per table, UTF-8, with the
unit in every heading that needs one.

The Hyper-V hosts themselves are asked as well, over PowerShell remoting, for what VMM does not know: virtual TPM and
shielding, sector sizes, Hyper-V Replica, dynamic memory, the guests' own words for their systems, updates, .NET, the
versions of the replication provider and agent. Each host's tables are written as soon as it is done. A host or a
machine that does not answer costs that host or machine only, and stands in a file errors-NAME.csv beside the others.

.PARAMETER VMMServer
The VMM management servers.

.PARAMETER OutputPath
The folder to write to, with a folder per VMM server in it; it is made when it does not exist.

.PARAMETER SkipHosts
Does not ask the hosts themselves; the VMM servers are asked all the same.

.PARAMETER TimeoutSeconds
How long a VMM server, or a host, may take. What it had told by then is written.

.PARAMETER AtOnce
How many hosts are asked at the same time.

.EXAMPLE
.\vmm.ps1 -VMMServer vmm01.example.com -OutputPath C:\Export

.EXAMPLE
.\vmm.ps1 -VMMServer vmm01, vmm02 -SkipHosts
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string[]] $VMMServer,
    [string] $OutputPath = (Join-Path (Get-Location).Path ('klar-vmm-' + (Get-Date -Format 'yyyy-MM-dd'))),
    [switch] $SkipHosts,
    [ValidateRange(30, 86400)]
    [int] $TimeoutSeconds = 1800,
    [ValidateRange(1, 32)]
    [int] $AtOnce = 4
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

# Asks a VMM server, from where its console is installed.
$askVmm = {
    param([string] $AskedName)
    Set-StrictMode -Off
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $log = @{ Name = $AskedName; Errors = @() }

# part: trouble

    function Join-List {
        param($Values)
        (@($Values) | Where-Object { $_ } | ForEach-Object { $_.ToString() }) -join ';'
    }

    function Join-Pairs {
        param($Pairs)
        (@($Pairs.Keys) | Where-Object { $_ } | ForEach-Object { "$_=$($Pairs[$_])" }) -join ';'
    }

    # VMM ends a machine's host group path with the machine's own name.
    function Get-GroupPath {
        param([string] $Path, [string] $MachineName)
        if ($Path -and $Path.EndsWith('\' + $MachineName)) {
            return $Path.Substring(0, $Path.Length - $MachineName.Length - 1)
        }
        $Path
    }

    # VMM says x86 of a system that it does not know.
    function Get-Bitness {
        param($OperatingSystem)
        if (-not $OperatingSystem -or "$OperatingSystem" -eq 'Unknown') { return '' }
        "$($OperatingSystem.Architecture)"
    }

    Import-Module VirtualMachineManager
    $server = Get-SCVMMServer -ComputerName $AskedName
    [pscustomobject]@{
        'Table'       = 'vmm-servers'
        'VMM server'  = $server.Name
        'VMM version' = "$($server.ProductVersion)"
    }

    foreach ($cloud in @(Ask 'Get-SCCloud' '' { Get-SCCloud -VMMServer $server })) {
        [pscustomobject]@{
            'Table'                    = 'clouds'
            'Cloud name'               = $cloud.Name
            'Cloud ID'                 = "$($cloud.ID)"
            'Host groups of the cloud' = (@($cloud.HostGroup) | Where-Object { $_ } | ForEach-Object { $_.Path }) -join ';'
            'VMM server of the cloud'  = $server.Name
            'Cloud description'        = "$($cloud.Description)"
        }
    }

    foreach ($group in @(Ask 'Get-SCVMHostGroup' '' { Get-SCVMHostGroup -VMMServer $server })) {
        [pscustomobject]@{
            'Table'                        = 'host-groups'
            'Host group name'              = $group.Name
            'Host group path'              = $group.Path
            'VMM server of the host group' = $server.Name
        }
    }

    foreach ($node in @(Ask 'Get-SCVMHost' '' { Get-SCVMHost -VMMServer $server })) {
        # Of a host that does not answer VMM shows placeholders.
        $answers = "$($node.CommunicationState)" -eq 'Responding'
        $system = ''
        $version = ''
        $role = ''
        if ($answers) {
            $system = "$($node.OperatingSystem)".Trim()
            $version = "$($node.OperatingSystemVersion)"
            $role = "$($node.HyperVVersion)"
        }
        else { Add-Trouble 'Get-SCVMHost' "$($node.FQDN)" "VMM says that it is $($node.CommunicationState); what VMM last knew is written." }
        [pscustomobject]@{
            'Table'                               = 'hosts'
            'Host name'                           = $node.FQDN
            'Host ID'                             = "$($node.ID)"
            'Host operating system'               = $system
            'Host OS version'                     = $version
            'Hyper-V version'                     = $role
            'Host state'                          = "$($node.CommunicationState)"
            'Host group of the host'              = "$($node.VMHostGroup.Path)"
            'Cluster of the host'                 = "$($node.HostCluster.Name)"
            'VMM server of the host'              = $server.Name
            'Virtualization platform of the host' = "$($node.VirtualizationPlatform)"
            'Host memory (bytes)'                 = $node.TotalMemory
            'Logical processors'                  = $node.LogicalProcessorCount
            'Host description'                    = "$($node.Description)"
        }
        foreach ($volume in @(Ask 'the volumes of Get-SCVMHost' "$($node.FQDN)" { $node.DiskVolumes })) {
            if (-not $volume) { continue }
            [pscustomobject]@{
                'Table'                            = 'volumes'
                'Host of the volume'               = $node.FQDN
                'Volume'                           = $volume.Name
                'Volume label'                     = "$($volume.VolumeLabel)"
                'Volume file system'               = "$($volume.FileSystem)"
                'Volume size (bytes)'              = $volume.Capacity
                'Free space on the volume (bytes)' = $volume.FreeSpace
                'Volume is shared'                 = "$($volume.IsClusterSharedVolume)"
            }
        }
    }

    foreach ($cluster in @(Ask 'Get-SCVMHostCluster' '' { Get-SCVMHostCluster -VMMServer $server })) {
        [pscustomobject]@{
            'Table'                     = 'clusters'
            'Cluster name'              = $cluster.Name
            'Host group of the cluster' = "$($cluster.HostGroup.Path)"
            'Cluster nodes'             = Join-List $cluster.Nodes
        }
    }

    # A machine, its disks and its adapters.
    function Read-Machine {
        param($Known)
        [pscustomobject]@{
            'Table'                              = 'machines'
            'VM name'                            = $Known.Name
            'VM ID'                              = "$($Known.VMId)"
            'VM host'                            = "$($Known.HostName)"
            'Cluster of the VM'                  = "$($Known.VMHost.HostCluster.Name)"
            'Cloud of the VM'                    = "$($Known.Cloud.Name)"
            'Host group of the VM'               = Get-GroupPath $Known.HostGroupPath $Known.Name
            'VMM server of the VM'               = $server.Name
            'Virtualization platform'            = "$($Known.VirtualizationPlatform)"
            'Host type'                          = "$($Known.HostType)"
            'VM status'                          = "$($Known.Status)"
            'Template'                           = "$($Known.MarkedAsTemplate)"
            'Recovery copy'                      = "$($Known.IsRecoveryVM)"
            'Test replica'                       = "$($Known.IsTestReplicaVM)"
            'Power state'                        = "$($Known.VirtualMachineState)"
            'Guest OS'                           = "$($Known.OperatingSystem)"
            'OS architecture'                    = Get-Bitness $Known.OperatingSystem
            'Computer name in the guest'         = "$($Known.ComputerName)"
            'Generation'                         = "$($Known.Generation)"
            'vCPUs'                              = $Known.CPUCount
            'Memory (MiB)'                       = $Known.Memory
            'Dynamic memory'                     = "$($Known.DynamicMemoryEnabled)"
            'Minimum memory (MiB)'               = $Known.DynamicMemoryMinimumMB
            'Maximum memory (MiB)'               = $Known.DynamicMemoryMaximumMB
            'Secure Boot'                        = "$($Known.SecureBootEnabled)"
            'Virtual Fibre Channel adapters'     = "$($Known.HasVirtualFibreChannelAdapters)"
            'Pass-through disks'                 = "$($Known.HasPassthroughDisk)"
            'Shared disks'                       = "$($Known.HasSharedStorage)"
            'Checkpoints'                        = @($Known.VMCheckpoints | Where-Object { $_ }).Count
            'Integration services'               = "$($Known.VMAddition)"
            'Highly available'                   = "$($Known.IsHighlyAvailable)"
            'Number of disks'                    = @($Known.VirtualDiskDrives | Where-Object { $_ }).Count
            'Number of network adapters'         = @($Known.VirtualNetworkAdapters | Where-Object { $_ }).Count
            'Owner'                              = "$($Known.Owner)"
            'Cost centre'                        = "$($Known.CostCenter)"
            'Description'                        = "$($Known.Description)"
            'Tags'                               = ("$($Known.Tag)" -replace '^\(none\)$', '')
            'Custom properties'                  = Join-Pairs $Known.CustomProperty
            'CPU when collected (%)'             = $Known.CPUUtilization
            'Memory in use when collected (MiB)' = $Known.MemoryAssignedMB
            'Memory demand when collected (MiB)' = $Known.DynamicMemoryDemandMB
            'PerfDiskBytesRead'                  = $Known.PerfDiskBytesRead
            'PerfDiskBytesWrite'                 = $Known.PerfDiskBytesWrite
            'PerfNetworkBytesRead'               = $Known.PerfNetworkBytesRead
            'PerfNetworkBytesWrite'              = $Known.PerfNetworkBytesWrite
        }
        foreach ($drive in @($Known.VirtualDiskDrives | Where-Object { $_ })) {
            $file = $drive.VirtualHardDisk
            [pscustomobject]@{
                'Table'                           = 'disks'
                'VM name'                         = $Known.Name
                'VM ID'                           = "$($Known.VMId)"
                'VM host'                         = "$($Known.HostName)"
                'Virtual hard disk ID'            = "$($drive.VirtualHardDiskId)"
                'Disk path'                       = "$($file.Location)"
                'Disk size (bytes)'               = $file.MaximumSize
                'Disk file size (bytes)'          = $file.Size
                'Disk format'                     = "$($file.VHDFormatType)"
                'Disk type'                       = "$($file.VHDType)"
                'Parent disk'                     = "$($file.ParentDisk.Location)"
                'Disk controller'                 = "$($drive.BusType)"
                'Disk controller number'          = $drive.Bus
                'Disk location on the controller' = $drive.Lun
                'Volume type of the disk'         = "$($drive.VolumeType)"
                'Disk shared'                     = "$($drive.HasSharedStorage)"
                'Disk is a VHD'                   = "$($drive.IsVHD)"
            }
        }
        foreach ($adapter in @($Known.VirtualNetworkAdapters | Where-Object { $_ })) {
            [pscustomobject]@{
                'Table'             = 'network-adapters'
                'VM name'           = $Known.Name
                'VM ID'             = "$($Known.VMId)"
                'VM host'           = "$($Known.HostName)"
                'MAC address'       = "$($adapter.MACAddress)"
                'IP addresses'      = Join-List (@($adapter.IPv4Addresses) + @($adapter.IPv6Addresses))
                'IPv4 address type' = "$($adapter.IPv4AddressType)"
                'VM network'        = "$($adapter.VMNetwork)"
                'Logical network'   = "$($adapter.LogicalNetwork)"
                'Virtual switch'    = "$($adapter.VirtualNetwork)"
            }
        }
    }
    foreach ($machine in @(Ask 'Get-SCVirtualMachine' '' { Get-SCVirtualMachine -VMMServer $server })) {
        Ask 'the machine' "$($machine.Name)" { Read-Machine $machine }
        $log.Errors
        $log.Errors = @()
    }
    $log.Errors
}

# Runs on the VMM server: what only it can tell.
$askServer = {
    param([string] $AskedName)
    Set-StrictMode -Off
    $ErrorActionPreference = 'Stop'
    $log = @{ Name = $AskedName; Errors = @() }

# part: trouble

    $system = Ask 'Win32_OperatingSystem' '' { Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 60 }
    $kind = Ask 'the registry for the installation type' '' {
        (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion').InstallationType
    }
    $named = "$($system.Caption)".Trim()
    if ($named -and $kind -eq 'Server Core') { $named = $named + ' (Server Core)' }
    if ($named -and $kind -eq 'Server') { $named = $named + ' (Desktop Experience)' }
    # With VMM the Provider stands on the VMM server, and the agent on each host.
    $provider = Ask 'the registry for programs' '' {
        Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' -ErrorAction SilentlyContinue |
            Where-Object { $_.DisplayName -like '*Azure Site Recovery Provider*' } | Select-Object -First 1
    }
    [pscustomobject]@{
        'Table'                                          = 'vmm-servers'
        'VMM server'                                     = $AskedName
        'Operating system of the VMM server'             = $named
        'Replication provider version of the VMM server' = "$($provider.DisplayVersion)"
    }
    $log.Errors
}

# part: host

# part: answers

foreach ($one in $VMMServer) {
    $folder = Join-Path $OutputPath ($one -replace '[^A-Za-z0-9._-]', '_')
    $told = @(Read-Computers -Names $one -Block $askVmm -Folder $folder -Activity 'Asking VMM' -Here $true)
    Read-Computers -Names $one -Block $askServer -Folder (Join-Path $folder 'server') -Activity 'Asking the VMM server itself' -Here $false | Out-Null
    if ($SkipHosts) { continue }
    $nodes = @($told | Where-Object { $_.Table -eq 'hosts' -and $_.'Virtualization platform of the host' -eq 'HyperV' } |
            ForEach-Object { $_.'Host name' })
    if ($nodes.Count -eq 0) { continue }
    Read-Computers -Names $nodes -Block $askHost -Folder (Join-Path $folder 'hosts') -Activity 'Asking Hyper-V hosts' -Here $false | Out-Null
}
Write-Host ('Done. Put the folder {0} beside what else is exported; what could not be read stands in its errors files.' -f $OutputPath)
