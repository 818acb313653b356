<#
.SYNOPSIS
Exports from inside Windows guests what only they know and Klar asks for. Reads only; changes nothing.

.DESCRIPTION
BitLocker, Storage Spaces, dynamic disks, partitions, iSCSI, SMB, NFS, network teaming, free space. Run it in Windows
PowerShell 5.1 or later as an administrator of the guests: in a guest itself, or from anywhere with -ComputerName,
which asks over PowerShell remoting. It writes a file per guest and table: CSV, UTF-8. A guest that does not answer
costs that guest only, and stands in a file errors-NAME.csv; a fact that cannot be read stays empty, never "no".

A guest needs PowerShell 3.0 (Windows Server 2012, or updated to it). The name and GUID that Hyper-V knows the machine
by are read from what the host told the guest, so that Klar joins the rows to the right machine. klar collect guest
--form shell prints the script for Linux.

.PARAMETER ComputerName
The guests; this computer without it.

.PARAMETER OutputPath
The folder to write to; it is made when it does not exist.

.PARAMETER TimeoutSeconds
How long a guest may take. What it had told by then is written.

.PARAMETER AtOnce
How many guests are asked at the same time.

.EXAMPLE
.\guest.ps1 -OutputPath \\files\export

.EXAMPLE
.\guest.ps1 -ComputerName web-01, sql-01 -OutputPath C:\Export
#>
[CmdletBinding()]
param(
    [string[]] $ComputerName = @($env:COMPUTERNAME),
    [string] $OutputPath = (Join-Path (Get-Location).Path ('klar-guest-' + (Get-Date -Format 'yyyy-MM-dd'))),
    [ValidateRange(30, 86400)]
    [int] $TimeoutSeconds = 300,
    [ValidateRange(1, 32)]
    [int] $AtOnce = 8
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

# Runs in the guest. Every row names the table it belongs to, and leaves as soon as it is known.
$askGuest = {
    param([string] $AskedName)
    Set-StrictMode -Off
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $log = @{ Name = $AskedName; Errors = @() }

# part: trouble

    function Test-Cmdlet {
        param([string] $Name)
        $null -ne (Get-Command $Name -ErrorAction SilentlyContinue)
    }

    # What the host told the guest of the machine it runs as.
    $told = Ask 'the registry for what the host told' '' { Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Virtual Machine\Guest\Parameters' }
    $self = Ask 'Win32_ComputerSystem' '' { Get-CimInstance -ClassName Win32_ComputerSystem -OperationTimeoutSec 60 }
    $called = $env:COMPUTERNAME
    if ($self -and $self.DNSHostName) { $called = $self.DNSHostName }
    if ($self -and $self.PartOfDomain) { $called = $called + '.' + $self.Domain }
    $log.Name = $called
    $machine = "$($told.VirtualMachineName)"
    if (-not $machine) { $machine = $env:COMPUTERNAME }

    $system = Ask 'Win32_OperatingSystem' '' { Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 60 }
    $chips = @(Ask 'Win32_Processor' '' { Get-CimInstance -ClassName Win32_Processor -OperationTimeoutSec 60 } | Where-Object { $_ })
    $bits = ''
    if ($chips.Count -gt 0) {
        $bits = 'x86'
        if ($chips[0].AddressWidth -eq 64) { $bits = 'x64' }
        if ($chips[0].Architecture -eq 12) { $bits = 'arm64' }
    }
    $load = ''
    if ($chips.Count -gt 0) { $load = [int] ($chips | ForEach-Object { $_.LoadPercentage } | Measure-Object -Average).Average }
    $used = ''
    if ($system) { $used = [int] (($system.TotalVisibleMemorySize - $system.FreePhysicalMemory) / 1024) }

    $locked = ''
    if (Test-Cmdlet 'Get-BitLockerVolume') {
        $locked = Ask 'Get-BitLockerVolume' '' {
            @(Get-BitLockerVolume | Where-Object { "$($_.VolumeStatus)" -ne 'FullyDecrypted' }).Count -gt 0
        }
    }
    elseif (Test-Cmdlet 'Get-WindowsFeature') {
        # A server without the feature cannot read an encrypted volume, so it has none.
        $locked = Ask 'Get-WindowsFeature' '' { if (-not (Get-WindowsFeature -Name BitLocker).Installed) { $false } }
    }
    $pooled = ''
    if (Test-Cmdlet 'Get-StoragePool') {
        $pooled = Ask 'Get-StoragePool' '' { @(Get-StoragePool | Where-Object { -not $_.IsPrimordial }).Count -gt 0 }
    }

    # Disks, as the guest sees them; a list that could not be read is not an empty one.
    $disks = $null
    $parts = $null
    if (Test-Cmdlet 'Get-Disk') {
        $disks = Ask 'Get-Disk' '' { @{ List = @(Get-Disk) } }
        $parts = Ask 'Get-Partition' '' { @{ List = @(Get-Partition) } }
    }
    $remote = ''
    $systemDisks = @()
    if ($disks) {
        $remote = @($disks.List | Where-Object { "$($_.BusType)" -eq 'iSCSI' }).Count -gt 0
        $systemDisks = @($disks.List | Where-Object { $_.IsBoot -or $_.IsSystem } | ForEach-Object { $_.Number } | Select-Object -Unique)
    }
    $pieces = ''
    if ($parts -and $systemDisks.Count -eq 1) {
        $pieces = @($parts.List | Where-Object { $_.DiskNumber -eq $systemDisks[0] }).Count
    }

    # A disk is dynamic where a partition of the Logical Disk Manager is on it, and basic where every partition is
    # of a kind that only basic disks have; of any other nothing is said.
    function Get-DiskKind {
        param($Disk)
        $own = @($parts.List | Where-Object { $_.DiskNumber -eq $Disk.Number })
        $kinds = @($own | ForEach-Object { if ($_.GptType) { "$($_.GptType)".ToLower() } else { "$($_.MbrType)" } })
        $dynamic = @('{5808c8aa-7e8f-42e0-85d2-e1e90434cfb3}', '{af9b60a0-1431-4f62-bc68-3311714a69ad}', '66')
        $basic = @('{ebd0a0a2-b9e5-4433-87c0-68b6b72699c7}', '{c12a7328-f81f-11d2-ba4b-00a0c93ec93b}',
            '{e3c9e316-0b5c-4db8-817d-f92df00215ae}', '{de94bba4-06d1-4d40-a16a-bfd50179d6ac}', '1', '4', '6', '7', '11', '12', '14', '39')
        if (@($kinds | Where-Object { $_ -in $dynamic }).Count -gt 0) { return 'dynamic' }
        if (@($kinds | Where-Object { $_ -notin $basic }).Count -gt 0) { return '' }
        if ($own.Count -eq 0 -and $Disk.NumberOfPartitions -gt 0) { return '' }
        'basic'
    }
    function Get-Dynamic {
        param([object[]] $Some)
        $kinds = @($Some | Where-Object { $_ } | ForEach-Object { Get-DiskKind $_ })
        if ('dynamic' -in $kinds) { return $true }
        if ('' -in $kinds) { return '' }
        $false
    }
    $dynamicSystem = ''
    $dynamicData = ''
    if ($disks -and $parts -and $systemDisks.Count -gt 0) {
        $dynamicSystem = Ask 'the kinds of partitions' '' { Get-Dynamic @($disks.List | Where-Object { $_.Number -in $systemDisks }) }
        $dynamicData = Ask 'the kinds of partitions' '' { Get-Dynamic @($disks.List | Where-Object { $_.Number -notin $systemDisks }) }
    }

    # Shares that a domain controller or the system itself opens hold no data volume.
    $shares = ''
    if (Test-Cmdlet 'Get-SmbConnection') {
        $shares = Ask 'Get-SmbConnection' '' {
            @(Get-SmbConnection | Where-Object { $_.ShareName -notin @('IPC$', 'SYSVOL', 'NETLOGON') }).Count -gt 0
        }
    }
    # Without the client there is no NFS; with it, whether a volume is mounted is not known.
    $exports = Ask 'Get-Service' '' { if (@(Get-Service | Where-Object { $_.Name -eq 'NfsClnt' }).Count -eq 0) { $false } }
    $teams = ''
    if (Test-Cmdlet 'Get-NetLbfoTeam') { $teams = Ask 'Get-NetLbfoTeam' '' { @(Get-NetLbfoTeam).Count -gt 0 } }

    [pscustomobject]@{
        'Table'                              = 'guests'
        'VM name'                            = $machine
        'VM ID'                              = "$($told.VirtualMachineId)"
        'Computer name in the guest'         = $called
        'Guest OS'                           = "$($system.Caption)".Trim()
        'Guest OS version'                   = "$($system.Version)"
        'OS architecture'                    = $bits
        'BitLocker'                          = "$locked"
        'Storage Spaces in the guest'        = "$pooled"
        'iSCSI disks in the guest'           = "$remote"
        'Data volume on SMB'                 = "$shares"
        'NFS volume in the guest'            = "$exports"
        'Dynamic data disks in the guest'    = "$dynamicData"
        'Dynamic OS disk in the guest'       = "$dynamicSystem"
        'OS disk partitions'                 = "$pieces"
        'NIC teaming in the guest'           = "$teams"
        'Description'                        = "$($system.Description)"
        'CPU when collected (%)'             = "$load"
        'Memory in use when collected (MiB)' = "$used"
    }

    foreach ($volume in @(Ask 'Win32_Volume' '' { Get-CimInstance -ClassName Win32_Volume -Filter 'DriveType = 3' -OperationTimeoutSec 60 })) {
        if (-not $volume) { continue }
        [pscustomobject]@{
            'Table'                     = 'guest-volumes'
            'Guest volume of the VM'    = $machine
            'Guest volume of the VM ID' = "$($told.VirtualMachineId)"
            'Guest volume'              = $volume.Name
            'Guest volume label'        = "$($volume.Label)"
            'Guest volume file system'  = "$($volume.FileSystem)"
            'Guest volume size (bytes)' = $volume.Capacity
            'Guest volume free (bytes)' = $volume.FreeSpace
        }
    }
    $log.Errors
}

# part: answers

Read-Computers -Names $ComputerName -Block $askGuest -Folder $OutputPath -Activity 'Asking guests' -Here $false | Out-Null
Write-Host ('Done. Put the folder {0} beside what else is exported; what could not be read stands in its errors files.' -f $OutputPath)
