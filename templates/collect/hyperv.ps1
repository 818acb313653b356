<#
.SYNOPSIS
Exports from Hyper-V hosts without VMM what Klar reads. Reads only; changes nothing.

.DESCRIPTION
Run it in Windows PowerShell 5.1 or later where the Hyper-V module is installed, as a user who administers
the hosts. It writes one CSV file per table, UTF-8, with the unit in every heading that needs one. Guest
operating systems come from the data exchange service, so machines that are off have none.

.PARAMETER ComputerName
The Hyper-V hosts; this computer without it.

.PARAMETER OutputPath
The folder to write to; it is made when it does not exist.

.EXAMPLE
.\hyperv.ps1 -ComputerName hv01, hv02 -OutputPath C:\Export
#>
[CmdletBinding()]
param(
    [string[]] $ComputerName = @($env:COMPUTERNAME),
    [string] $OutputPath = (Join-Path (Get-Location).Path 'klar-hyperv')
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'
Import-Module Hyper-V
New-Item -ItemType Directory -Path $OutputPath -Force | Out-Null

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

# What only a host itself can tell.
$askHost = {
    $system = Get-WmiObject -Class Win32_OperatingSystem
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
    $cluster = ''
    $broker = ''
    if (Get-Command Get-Cluster -ErrorAction SilentlyContinue) {
        $found = Get-Cluster -ErrorAction SilentlyContinue
        if ($found) {
            $cluster = $found.Name
            $roles = @(Get-ClusterResource -ErrorAction SilentlyContinue |
                    Where-Object { $_.ResourceType -like 'Virtual Machine Replication Broker*' })
            $broker = "$($roles.Count -gt 0)"
        }
    }
    @{
        System   = $system.Caption.Trim()
        Version  = $system.Version
        Fixes    = (@(Get-HotFix -ErrorAction SilentlyContinue) | ForEach-Object { $_.HotFixID }) -join ';'
        DotNet   = $framework
        Provider = "$($provider.DisplayVersion)"
        IPv6     = ($addresses.Count -gt 0)
        Cluster  = $cluster
        Broker   = $broker
    }
}

# The guest's own word for its operating system, from the data exchange service.
function Get-GuestSystem {
    param([string] $HostName, [guid] $MachineId)
    $answer = @{ Name = ''; Version = ''; Bits = ''; Computer = '' }
    $query = "SELECT * FROM Msvm_KvpExchangeComponent WHERE SystemName = '$($MachineId.ToString().ToUpper())'"
    $component = Get-WmiObject -ComputerName $HostName -Namespace 'root\virtualization\v2' -Query $query -ErrorAction SilentlyContinue
    if (-not $component) { return $answer }
    $items = @{}
    foreach ($item in @($component.GuestIntrinsicExchangeItems)) {
        $node = [xml] $item
        $name = $node.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Name']/VALUE")
        $data = $node.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Data']/VALUE")
        if ($name -and $data) { $items[$name.InnerText] = $data.InnerText }
    }
    $answer.Name = "$($items['OSName'])"
    # A Linux guest states its kernel as OSVersion and its release as OSMajorVersion.
    if ($answer.Name -like '*Windows*') { $answer.Version = "$($items['OSVersion'])" }
    else { $answer.Version = "$($items['OSMajorVersion'])" }
    # A Windows guest states a number, a Linux guest a word.
    switch ("$($items['ProcessorArchitecture'])") {
        '0' { $answer.Bits = 'x86' }
        '9' { $answer.Bits = 'x64' }
        '12' { $answer.Bits = 'arm64' }
        default { $answer.Bits = $_ }
    }
    $answer.Computer = "$($items['FullyQualifiedDomainName'])"
    $answer
}

$hosts = @()
$clusters = @{}
$machines = @()
$disks = @()
$adapters = @()
foreach ($name in $ComputerName) {
    $about = Get-VMHost -ComputerName $name
    $seen = @{ System = ''; Version = ''; Fixes = ''; DotNet = ''; Provider = ''; IPv6 = ''; Cluster = ''; Broker = '' }
    try {
        if ($name -eq $env:COMPUTERNAME) { $seen = & $askHost }
        else { $seen = Invoke-Command -ComputerName $name -ScriptBlock $askHost }
    }
    catch { Write-Warning ('{0} did not answer: {1}' -f $name, $_.Exception.Message) }
    $hosts += [pscustomobject]@{
        'Host name'                    = $about.FullyQualifiedDomainName
        'Host operating system'        = $seen.System
        'Host OS version'              = $seen.Version
        'Cluster of the host'          = $seen.Cluster
        'Host memory (bytes)'          = $about.MemoryCapacity
        'Logical processors'           = $about.LogicalProcessorCount
        'Installed updates'            = $seen.Fixes
        '.NET Framework version'       = $seen.DotNet
        'Replication provider version' = $seen.Provider
        'IPv6 on the host'             = "$($seen.IPv6)"
    }
    if ($seen.Cluster) {
        $nodes = @($about.FullyQualifiedDomainName)
        if ($clusters.ContainsKey($seen.Cluster)) { $nodes = @($clusters[$seen.Cluster].'Cluster nodes' -split ';') + $nodes }
        $clusters[$seen.Cluster] = [pscustomobject]@{
            'Cluster name'   = $seen.Cluster
            'Cluster nodes'  = $nodes -join ';'
            'Replica Broker' = $seen.Broker
        }
    }
    foreach ($machine in @(Get-VM -ComputerName $name)) {
        $guest = Get-GuestSystem -HostName $name -MachineId $machine.Id
        $boot = ''
        $chip = ''
        $shield = ''
        if ($machine.Generation -eq 2) {
            $boot = "$((Get-VMFirmware -VM $machine).SecureBoot)"
            if (Get-Command Get-VMSecurity -ErrorAction SilentlyContinue) {
                $security = Get-VMSecurity -VM $machine
                $chip = "$($security.TpmEnabled)"
                $shield = "$($security.Shielded)"
            }
        }
        $channels = @(Get-VMFibreChannelHba -VM $machine).Count
        $drives = @(Get-VMHardDiskDrive -VM $machine)
        $cards = @(Get-VMNetworkAdapter -VM $machine)
        $machines += [pscustomobject]@{
            'VM name'                        = $machine.Name
            'VM ID'                          = "$($machine.Id)"
            'VM host'                        = $about.FullyQualifiedDomainName
            'Cluster of the VM'              = $seen.Cluster
            'Power state'                    = "$($machine.State)"
            'Guest OS'                       = $guest.Name
            'Guest OS version'               = $guest.Version
            'OS architecture'                = $guest.Bits
            'Computer name in the guest'     = $guest.Computer
            'Generation'                     = $machine.Generation
            'vCPUs'                          = $machine.ProcessorCount
            'Memory (bytes)'                 = $machine.MemoryStartup
            'Secure Boot'                    = $boot
            'Virtual TPM'                    = $chip
            'Shielded'                       = $shield
            'Virtual Fibre Channel adapters' = ($channels -gt 0)
            'Pass-through disks'             = (@($drives | Where-Object { $null -ne $_.DiskNumber }).Count -gt 0)
            'Shared disks'                   = (@($drives | Where-Object { $_.SupportPersistentReservations }).Count -gt 0)
            'Checkpoints'                    = @(Get-VMSnapshot -VM $machine).Count
            'Integration services'           = "$($machine.IntegrationServicesState)"
            'Hyper-V Replica mode'           = "$($machine.ReplicationMode)"
            'Highly available'               = "$($machine.IsClustered)"
            'Number of disks'                = $drives.Count
            'Number of network adapters'     = $cards.Count
        }
        foreach ($drive in $drives) {
            $file = $null
            if ($null -eq $drive.DiskNumber -and $drive.Path) {
                $file = Get-VHD -ComputerName $name -Path $drive.Path -ErrorAction SilentlyContinue
            }
            $disks += [pscustomobject]@{
                'VM name'                         = $machine.Name
                'VM ID'                           = "$($machine.Id)"
                'VM host'                         = $about.FullyQualifiedDomainName
                'Disk path'                       = $drive.Path
                'Disk size (bytes)'               = $file.Size
                'Disk file size (bytes)'          = $file.FileSize
                'Disk format'                     = "$($file.VhdFormat)"
                'Disk type'                       = "$($file.VhdType)"
                'Parent disk'                     = "$($file.ParentPath)"
                'Logical sector size (bytes)'     = $file.LogicalSectorSize
                'Physical sector size (bytes)'    = $file.PhysicalSectorSize
                'Disk controller'                 = "$($drive.ControllerType)"
                'Disk controller number'          = $drive.ControllerNumber
                'Disk location on the controller' = $drive.ControllerLocation
                'Disk shared'                     = "$($drive.SupportPersistentReservations)"
                'Disk is pass-through'            = ($null -ne $drive.DiskNumber)
            }
        }
        foreach ($card in $cards) {
            $adapters += [pscustomobject]@{
                'VM name'                = $machine.Name
                'VM ID'                  = "$($machine.Id)"
                'VM host'                = $about.FullyQualifiedDomainName
                'Network adapter name'   = $card.Name
                'MAC address'            = $card.MacAddress
                'IP addresses'           = @($card.IPAddresses) -join ';'
                'Virtual switch'         = $card.SwitchName
                'Legacy network adapter' = "$($card.IsLegacy)"
            }
        }
    }
}
Export-Table 'hosts' $hosts
Export-Table 'clusters' @($clusters.Values)
Export-Table 'machines' $machines
Export-Table 'disks' $disks
Export-Table 'network-adapters' $adapters
