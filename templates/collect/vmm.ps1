<#
.SYNOPSIS
Exports from System Center VMM what Klar reads. Reads only; changes nothing.

.DESCRIPTION
Run it in Windows PowerShell 5.1 or later where the VMM console is installed, as a user who may read the
whole VMM server. It writes one CSV file per table, UTF-8, with the unit in every heading that needs one.
Installed updates, the .NET version and the replication provider are read from each host over PowerShell
remoting; a host that does not answer keeps those cells empty, and Klar says that they are not known.

.PARAMETER VMMServer
The VMM management server.

.PARAMETER OutputPath
The folder to write to; it is made when it does not exist.

.PARAMETER SkipHosts
Does not ask the hosts themselves; the VMM server is asked all the same.

.EXAMPLE
.\vmm.ps1 -VMMServer vmm01.example.com -OutputPath C:\Export
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $VMMServer,
    [string] $OutputPath = (Join-Path (Get-Location).Path 'klar-vmm'),
    [switch] $SkipHosts
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'
Import-Module VirtualMachineManager
New-Item -ItemType Directory -Path $OutputPath -Force | Out-Null
$server = Get-SCVMMServer -ComputerName $VMMServer

function Export-Table {
    param([string] $Name, [object[]] $Rows)
    $found = @($Rows | Where-Object { $null -ne $_ })
    if ($found.Count -eq 0) {
        Write-Host ('{0}: none found, so no file is written' -f $Name)
        return
    }
    $file = Join-Path $OutputPath ($Name + '.csv')
    $found | Export-Csv -Path $file -NoTypeInformation -Encoding UTF8
    Write-Host ('{0}: {1} rows' -f $file, $found.Count)
}

function Join-List {
    param($Values)
    (@($Values) | Where-Object { $_ } | ForEach-Object { $_.ToString() }) -join ';'
}

function Get-GroupPath {
    param([string] $Path, [string] $MachineName)
    if ($Path -and $Path.EndsWith('\' + $MachineName)) {
        return $Path.Substring(0, $Path.Length - $MachineName.Length - 1)
    }
    $Path
}

function Get-Bitness {
    param($OperatingSystem)
    if (-not $OperatingSystem -or "$OperatingSystem" -eq 'Unknown') { return '' }
    "$($OperatingSystem.Architecture)"
}

# What only a host itself can tell.
$askHost = {
    $release = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' -ErrorAction SilentlyContinue).Release
    $framework = ''
    if ($release) {
        $framework = '4.5'
        foreach ($step in @(@(378675, '4.5.1'), @(379893, '4.5.2'), @(393295, '4.6'), @(394254, '4.6.1'), @(394802, '4.6.2'),
                @(460798, '4.7'), @(461308, '4.7.1'), @(461808, '4.7.2'), @(528040, '4.8'), @(533320, '4.8.1'))) {
            if ($release -ge $step[0]) { $framework = $step[1] }
        }
    }
    $provider = Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' -ErrorAction SilentlyContinue |
        Where-Object { $_.DisplayName -like '*Azure Site Recovery Provider*' } | Select-Object -First 1
    $addresses = @()
    if (Get-Command Get-NetIPAddress -ErrorAction SilentlyContinue) {
        $addresses = @(Get-NetIPAddress -AddressFamily IPv6 -ErrorAction SilentlyContinue |
                Where-Object { $_.IPAddress -ne '::1' -and $_.IPAddress -notlike 'fe80*' })
    }
    $broker = ''
    if (Get-Command Get-ClusterResource -ErrorAction SilentlyContinue) {
        $resources = @(Get-ClusterResource -ErrorAction SilentlyContinue)
        if ($resources.Count -gt 0) {
            $broker = "$(@($resources | Where-Object { $_.ResourceType -like 'Virtual Machine Replication Broker*' }).Count -gt 0)"
        }
    }
    @{
        Fixes    = (@(Get-HotFix -ErrorAction SilentlyContinue) | ForEach-Object { $_.HotFixID }) -join ';'
        DotNet   = $framework
        Provider = "$($provider.DisplayVersion)"
        IPv6     = ($addresses.Count -gt 0)
        Broker   = $broker
    }
}

# What only the VMM server itself can tell.
$askServer = {
    $system = (Get-WmiObject -Class Win32_OperatingSystem).Caption.Trim()
    $kind = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion').InstallationType
    if ($kind -eq 'Server Core') { $system + ' (Server Core)' }
    elseif ($kind -eq 'Server') { $system + ' (Desktop Experience)' }
    else { $system }
}

$serverSystem = ''
try {
    if ($VMMServer.Split('.')[0] -in @($env:COMPUTERNAME, 'localhost')) { $serverSystem = & $askServer }
    else { $serverSystem = Invoke-Command -ComputerName $VMMServer -ScriptBlock $askServer }
}
catch { Write-Warning ('{0} did not answer: {1}' -f $VMMServer, $_.Exception.Message) }

Export-Table 'vmm-servers' @([pscustomobject]@{
        'VMM server'                         = $server.Name
        'VMM version'                        = "$($server.ProductVersion)"
        'Operating system of the VMM server' = "$serverSystem"
    })

$clouds = @(Get-SCCloud -VMMServer $server)
Export-Table 'clouds' ($clouds | ForEach-Object {
        [pscustomobject]@{
            'Cloud name'               = $_.Name
            'Cloud ID'                 = "$($_.ID)"
            'Host groups of the cloud' = (@($_.HostGroup) | Where-Object { $_ } | ForEach-Object { $_.Path }) -join ';'
            'VMM server of the cloud'  = $server.Name
        }
    })

Export-Table 'host-groups' (@(Get-SCVMHostGroup -VMMServer $server) | ForEach-Object {
        [pscustomobject]@{
            'Host group name'              = $_.Name
            'Host group path'              = $_.Path
            'VMM server of the host group' = $server.Name
        }
    })

$brokers = @{}
Export-Table 'hosts' (@(Get-SCVMHost -VMMServer $server) | ForEach-Object {
        $seen = @{ Fixes = ''; DotNet = ''; Provider = ''; IPv6 = ''; Broker = '' }
        $node = $_.FQDN
        if (-not $SkipHosts -and "$($_.VirtualizationPlatform)" -eq 'HyperV') {
            try { $seen = Invoke-Command -ComputerName $node -ScriptBlock $askHost }
            catch { Write-Warning ('{0} did not answer: {1}' -f $node, $_.Exception.Message) }
        }
        if ($_.HostCluster -and $seen.Broker) { $brokers["$($_.HostCluster.Name)"] = $seen.Broker }
        $answers = ("$($_.CommunicationState)" -eq 'Responding')
        $system = ''
        $version = ''
        $hyperv = ''
        if ($answers) {
            $system = "$($_.OperatingSystem)".Trim()
            $version = "$($_.OperatingSystemVersion)"
            $hyperv = "$($_.HyperVVersion)"
        }
        [pscustomobject]@{
            'Host name'                           = $_.FQDN
            'Host ID'                             = "$($_.ID)"
            'Host operating system'               = $system
            'Host OS version'                     = $version
            'Hyper-V version'                     = $hyperv
            'Host state'                          = "$($_.CommunicationState)"
            'Host group of the host'              = "$($_.VMHostGroup.Path)"
            'Cluster of the host'                 = "$($_.HostCluster.Name)"
            'VMM server of the host'              = $server.Name
            'Virtualization platform of the host' = "$($_.VirtualizationPlatform)"
            'Host memory (bytes)'                 = $_.TotalMemory
            'Logical processors'                  = $_.LogicalProcessorCount
            'Installed updates'                   = $seen.Fixes
            '.NET Framework version'              = $seen.DotNet
            'Replication provider version'        = $seen.Provider
            'IPv6 on the host'                    = "$($seen.IPv6)"
        }
    })

Export-Table 'clusters' (@(Get-SCVMHostCluster -VMMServer $server) | ForEach-Object {
        [pscustomobject]@{
            'Cluster name'              = $_.Name
            'Host group of the cluster' = "$($_.HostGroup.Path)"
            'Cluster nodes'             = Join-List $_.Nodes
            'Replica Broker'            = "$($brokers["$($_.Name)"])"
        }
    })

$machines = @(Get-SCVirtualMachine -VMMServer $server)
Export-Table 'machines' ($machines | ForEach-Object {
        [pscustomobject]@{
            'VM name'                        = $_.Name
            'VM ID'                          = "$($_.VMId)"
            'VM host'                        = "$($_.HostName)"
            'Cluster of the VM'              = "$($_.VMHost.HostCluster.Name)"
            'Cloud of the VM'                = "$($_.Cloud.Name)"
            'Host group of the VM'           = Get-GroupPath $_.HostGroupPath $_.Name
            'VMM server of the VM'           = $server.Name
            'Virtualization platform'        = "$($_.VirtualizationPlatform)"
            'Host type'                      = "$($_.HostType)"
            'VM status'                      = "$($_.Status)"
            'Template'                       = "$($_.MarkedAsTemplate)"
            'Recovery copy'                  = "$($_.IsRecoveryVM)"
            'Test replica'                   = "$($_.IsTestReplicaVM)"
            'Power state'                    = "$($_.VirtualMachineState)"
            'Guest OS'                       = "$($_.OperatingSystem)"
            'OS architecture'                = Get-Bitness $_.OperatingSystem
            'Computer name in the guest'     = "$($_.ComputerName)"
            'Generation'                     = "$($_.Generation)"
            'vCPUs'                          = $_.CPUCount
            'Memory (MiB)'                   = $_.Memory
            'Secure Boot'                    = "$($_.SecureBootEnabled)"
            'Virtual Fibre Channel adapters' = "$($_.HasVirtualFibreChannelAdapters)"
            'Pass-through disks'             = "$($_.HasPassthroughDisk)"
            'Shared disks'                   = "$($_.HasSharedStorage)"
            'Checkpoints'                    = @($_.VMCheckpoints).Count
            'Integration services'           = "$($_.VMAddition)"
            'Highly available'               = "$($_.IsHighlyAvailable)"
            'Number of disks'                = @($_.VirtualDiskDrives).Count
            'Number of network adapters'     = @($_.VirtualNetworkAdapters).Count
        }
    })

Export-Table 'disks' ($machines | ForEach-Object {
        $machine = $_
        foreach ($drive in @($machine.VirtualDiskDrives)) {
            $file = $drive.VirtualHardDisk
            [pscustomobject]@{
                'VM name'                         = $machine.Name
                'VM ID'                           = "$($machine.VMId)"
                'VM host'                         = "$($machine.HostName)"
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
    })

Export-Table 'network-adapters' ($machines | ForEach-Object {
        $machine = $_
        foreach ($adapter in @($machine.VirtualNetworkAdapters)) {
            [pscustomobject]@{
                'VM name'           = $machine.Name
                'VM ID'             = "$($machine.VMId)"
                'VM host'           = "$($machine.HostName)"
                'MAC address'       = "$($adapter.MACAddress)"
                'IP addresses'      = Join-List (@($adapter.IPv4Addresses) + @($adapter.IPv6Addresses))
                'IPv4 address type' = "$($adapter.IPv4AddressType)"
                'VM network'        = "$($adapter.VMNetwork)"
                'Logical network'   = "$($adapter.LogicalNetwork)"
                'Virtual switch'    = "$($adapter.VirtualNetwork)"
            }
        }
    })
