# Runs on the host. Every row names the table it belongs to, and leaves as soon as it is known.
$askHost = {
    param([string] $AskedName)
    Set-StrictMode -Off
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $log = @{ Name = $AskedName; Errors = @(); Silent = 0 }

# part: trouble

    # A host's own name: FullyQualifiedDomainName of Get-VMHost is the name of its domain.
    $self = Ask 'Win32_ComputerSystem' '' { Get-CimInstance -ClassName Win32_ComputerSystem -OperationTimeoutSec 60 }
    $me = $env:COMPUTERNAME
    if ($self -and $self.DNSHostName) { $me = $self.DNSHostName }
    if ($self -and $self.PartOfDomain) { $me = $me + '.' + $self.Domain }
    $log.Name = $me

    $system = Ask 'Win32_OperatingSystem' '' { Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 60 }
    $about = Ask 'Get-VMHost' '' { Get-VMHost }
    $fixes = Ask 'Get-HotFix' '' { (@(Get-HotFix) | ForEach-Object { $_.HotFixID }) -join ';' }
    $framework = Ask 'the registry for .NET' '' {
        $release = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full').Release
        $name = ''
        foreach ($step in @(@(378389, '4.5'), @(378675, '4.5.1'), @(379893, '4.5.2'), @(393295, '4.6'), @(394254, '4.6.1'),
                @(394802, '4.6.2'), @(460798, '4.7'), @(461308, '4.7.1'), @(461808, '4.7.2'), @(528040, '4.8'), @(533320, '4.8.1'))) {
            if ($release -ge $step[0]) { $name = $step[1] }
        }
        $name
    }
    $programs = @(Ask 'the registry for programs' '' {
            Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' -ErrorAction SilentlyContinue
        })
    # Two products with series of their own: the Provider is 5.x, the Recovery Services agent 2.0.x.
    $provider = $programs | Where-Object { $_.DisplayName -like '*Azure Site Recovery Provider*' } | Select-Object -First 1
    $agent = $programs | Where-Object { $_.DisplayName -like '*Azure Recovery Services Agent*' } | Select-Object -First 1
    $v6 = ''
    if (Get-Command Get-NetIPAddress -ErrorAction SilentlyContinue) {
        $v6 = Ask 'Get-NetIPAddress' '' {
            $routed = @(Get-NetIPAddress -AddressFamily IPv6 -ErrorAction SilentlyContinue |
                    Where-Object { $_.IPAddress -ne '::1' -and $_.IPAddress -notlike 'fe80*' })
            $routed.Count -gt 0
        }
    }
    $cluster = ''
    if (Test-Path 'HKLM:\Cluster') {
        $cluster = Ask 'Get-Cluster' '' { (Get-Cluster).Name }
        if (-not $cluster) {
            $cluster = Ask 'MSCluster_Cluster' '' { (Get-CimInstance -Namespace 'root/MSCluster' -ClassName 'MSCluster_Cluster' -OperationTimeoutSec 60).Name }
        }
        $nodes = Ask 'Get-ClusterNode' '' { (@(Get-ClusterNode) | ForEach-Object { $_.Name }) -join ';' }
        if (-not $nodes) { $nodes = $me }
        $broker = Ask 'Get-ClusterResource' '' {
            @(Get-ClusterResource | Where-Object { "$($_.ResourceType)" -like 'Virtual Machine Replication Broker*' }).Count -gt 0
        }
        [pscustomobject]@{
            'Table'           = 'clusters'
            'Cluster name'    = "$cluster"
            'Cluster nodes'   = $nodes
            'Replica Broker'  = "$broker"
            'Cluster told by' = $me
        }
    }
    [pscustomobject]@{
        'Table'                           = 'hosts'
        'Host name'                       = $me
        'Host operating system'           = "$($system.Caption)".Trim()
        'Host OS version'                 = "$($system.Version)"
        'Cluster of the host'             = "$cluster"
        'Host memory (bytes)'             = $about.MemoryCapacity
        'Logical processors'              = $about.LogicalProcessorCount
        'Installed updates'               = "$fixes"
        '.NET Framework version'          = "$framework"
        'Replication provider version'    = "$($provider.DisplayVersion)"
        'Recovery Services agent version' = "$($agent.DisplayVersion)"
        'IPv6 on the host'                = "$v6"
        'Host description'                = "$($system.Description)"
    }

    # Free space of the host's own volumes, then of the cluster's.
    $volumes = @(Ask 'Win32_Volume' '' { Get-CimInstance -ClassName Win32_Volume -Filter 'DriveType = 3' -OperationTimeoutSec 60 })
    foreach ($volume in $volumes) {
        if ($volume.FileSystem -eq 'CSVFS' -or $volume.Name -like '\\?\*') { continue }
        [pscustomobject]@{
            'Table'                            = 'volumes'
            'Host of the volume'               = $me
            'Volume'                           = $volume.Name
            'Volume label'                     = "$($volume.Label)"
            'Volume file system'               = "$($volume.FileSystem)"
            'Volume size (bytes)'              = $volume.Capacity
            'Free space on the volume (bytes)' = $volume.FreeSpace
            'Volume is shared'                 = 'False'
        }
    }
    if ($cluster -and (Get-Command Get-ClusterSharedVolume -ErrorAction SilentlyContinue)) {
        foreach ($shared in @(Ask 'Get-ClusterSharedVolume' '' { Get-ClusterSharedVolume })) {
            foreach ($part in @($shared.SharedVolumeInfo)) {
                [pscustomobject]@{
                    'Table'                            = 'volumes'
                    'Host of the volume'               = $me
                    'Volume'                           = $part.FriendlyVolumeName
                    'Volume label'                     = $shared.Name
                    'Volume file system'               = 'CSVFS'
                    'Volume size (bytes)'              = $part.Partition.Size
                    'Free space on the volume (bytes)' = $part.Partition.FreeSpace
                    'Volume is shared'                 = 'True'
                }
            }
        }
    }

    # What the guests say of themselves, by the machine's GUID.
    function Read-Words {
        param($Component)
        $items = @{}
        foreach ($item in @($Component.GuestIntrinsicExchangeItems)) {
            if (-not $item) { continue }
            $node = [xml] $item
            $name = $node.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Name']/VALUE")
            $data = $node.SelectSingleNode("/INSTANCE/PROPERTY[@NAME='Data']/VALUE")
            if ($name -and $data) { $items[$name.InnerText] = $data.InnerText }
        }
        $items
    }
    $words = @{}
    $heard = Ask 'Msvm_KvpExchangeComponent, the data exchange with the guests' '' {
        @{ List = @(Get-CimInstance -Namespace 'root/virtualization/v2' -ClassName 'Msvm_KvpExchangeComponent' -OperationTimeoutSec 120) }
    }
    foreach ($component in @($heard.List | Where-Object { $_ })) {
        $words["$($component.SystemName)"] = Ask 'what a guest says' "$($component.SystemName)" { Read-Words $component }
    }
    if (-not $heard) { Write-Warning ('{0}: the data exchange with its guests could not be read, so no guest operating system is known' -f $me) }

    # A machine, its disks and its adapters.
    function Read-Machine {
        param($machine)
        $called = "$($machine.Name)"
        $items = $words["$($machine.Id)"]
        if (-not $items) { $items = @{} }
        if ($heard -and "$($machine.State)" -eq 'Running' -and -not $items['OSName']) {
            $log.Silent++
            Add-Trouble 'the data exchange with the guest' $called 'It is running and names no operating system: turn on its Data Exchange service.'
        }
        # A Linux guest states its kernel as OSVersion and its release as OSMajorVersion.
        $release = "$($items['OSMajorVersion'])"
        if ("$($items['OSName'])" -like '*Windows*') { $release = "$($items['OSVersion'])" }
        # A Windows guest states a number, a Linux guest a word.
        $bits = "$($items['ProcessorArchitecture'])"
        if ($bits -eq '0') { $bits = 'x86' }
        if ($bits -eq '9') { $bits = 'x64' }
        if ($bits -eq '12') { $bits = 'arm64' }
        $boot = ''
        $security = $null
        if ($machine.Generation -eq 2) {
            $boot = Ask 'Get-VMFirmware' $called { (Get-VMFirmware -VM $machine).SecureBoot }
            if (Get-Command Get-VMSecurity -ErrorAction SilentlyContinue) {
                $security = Ask 'Get-VMSecurity' $called { Get-VMSecurity -VM $machine }
            }
        }
        $channels = Ask 'Get-VMFibreChannelHba' $called { @(Get-VMFibreChannelHba -VM $machine).Count -gt 0 }
        $checkpoints = Ask 'Get-VMSnapshot' $called { @(Get-VMSnapshot -VM $machine).Count }
        $metered = $null
        if ($machine.ResourceMeteringEnabled) { $metered = Ask 'Measure-VM' $called { Measure-VM -VM $machine } }
        # A list that could not be read is not an empty one.
        $drives = Ask 'Get-VMHardDiskDrive' $called { @{ List = @(Get-VMHardDiskDrive -VM $machine) } }
        $cards = Ask 'Get-VMNetworkAdapter' $called { @{ List = @(Get-VMNetworkAdapter -VM $machine) } }
        $raw = ''
        $together = ''
        $driveCount = ''
        if ($drives) {
            $raw = @($drives.List | Where-Object { $null -ne $_.DiskNumber }).Count -gt 0
            $together = @($drives.List | Where-Object { $_.SupportPersistentReservations }).Count -gt 0
            $driveCount = $drives.List.Count
        }
        $cardCount = ''
        if ($cards) { $cardCount = $cards.List.Count }
        [pscustomobject]@{
            'Table'                                = 'machines'
            'VM name'                              = $called
            'VM ID'                                = "$($machine.Id)"
            'VM host'                              = $me
            'Cluster of the VM'                    = "$cluster"
            'Power state'                          = "$($machine.State)"
            'Guest OS'                             = "$($items['OSName'])"
            'Guest OS version'                     = $release
            'OS architecture'                      = $bits
            'Computer name in the guest'           = "$($items['FullyQualifiedDomainName'])"
            'Generation'                           = $machine.Generation
            'vCPUs'                                = $machine.ProcessorCount
            'Memory (bytes)'                       = $machine.MemoryStartup
            'Dynamic memory'                       = "$($machine.DynamicMemoryEnabled)"
            'Minimum memory (bytes)'               = $machine.MemoryMinimum
            'Maximum memory (bytes)'               = $machine.MemoryMaximum
            'Secure Boot'                          = "$boot"
            'Virtual TPM'                          = "$($security.TpmEnabled)"
            'Shielded'                             = "$($security.Shielded)"
            'Virtual Fibre Channel adapters'       = "$channels"
            'Pass-through disks'                   = "$raw"
            'Shared disks'                         = "$together"
            'Checkpoints'                          = "$checkpoints"
            'Integration services'                 = "$($machine.IntegrationServicesState)"
            'Hyper-V Replica mode'                 = "$($machine.ReplicationMode)"
            'Highly available'                     = "$($machine.IsClustered)"
            'Number of disks'                      = "$driveCount"
            'Number of network adapters'           = "$cardCount"
            'Configuration version'                = "$($machine.Version)"
            'Description'                          = ("$($machine.Notes)" -replace '#CLUSTER-INVARIANT#:\{[^}]*\}', '').Trim()
            'Tags'                                 = (@($machine.Groups) | Where-Object { $_ } | ForEach-Object { $_.Name }) -join ';'
            'CPU when collected (%)'               = $machine.CPUUsage
            'Memory demand when collected (bytes)' = $machine.MemoryDemand
            'Metered average CPU (MHz)'            = $metered.AverageProcessorUsage
            'Metered average memory (MiB)'         = $metered.AverageMemoryUsage
            'Metered maximum memory (MiB)'         = $metered.MaximumMemoryUsage
            'Metered average IOPS'                 = $metered.AggregatedAverageNormalizedIOPS
            'Metered disk reads (MiB)'             = $metered.AggregatedDiskDataRead
            'Metered disk writes (MiB)'            = $metered.AggregatedDiskDataWritten
            'Metered for'                          = "$($metered.MeteringDuration)"
        }
        foreach ($drive in @($drives.List | Where-Object { $_ })) {
            $file = $null
            if ($null -eq $drive.DiskNumber -and $drive.Path) {
                $file = Ask 'Get-VHD' "$called, $($drive.Path)" { Get-VHD -Path $drive.Path }
            }
            [pscustomobject]@{
                'Table'                           = 'disks'
                'VM name'                         = $called
                'VM ID'                           = "$($machine.Id)"
                'VM host'                         = $me
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
        foreach ($card in @($cards.List | Where-Object { $_ })) {
            [pscustomobject]@{
                'Table'                  = 'network-adapters'
                'VM name'                = $called
                'VM ID'                  = "$($machine.Id)"
                'VM host'                = $me
                'Network adapter name'   = $card.Name
                'MAC address'            = $card.MacAddress
                'IP addresses'           = @($card.IPAddresses) -join ';'
                'Virtual switch'         = $card.SwitchName
                'Legacy network adapter' = "$($card.IsLegacy)"
            }
        }
    }
    $machines = @(Ask 'Get-VM' '' {
            Get-VM -ErrorAction SilentlyContinue -ErrorVariable refused
            foreach ($one in @($refused | Where-Object { $_ })) { Add-Trouble 'Get-VM' '' "$one" }
        })
    foreach ($one in $machines) {
        Ask 'the machine' "$($one.Name)" { Read-Machine $one }
        $log.Errors
        $log.Errors = @()
    }
    $log.Errors
    if ($log.Silent -gt 0) {
        Write-Warning ('{0}: {1} running machines name no operating system; they stand in its errors file' -f $me, $log.Silent)
    }
}
