<#
.SYNOPSIS
Starts replication to Azure of the machines in the mapping files that klar assess --format mapping writes.

.DESCRIPTION
Reads one mapping-wave-N.csv, finds each machine among the protectable items of a Hyper-V site or VMM cloud, and enables
replication with the disks, resource group, network and subnet of its row. Until -Apply is given it only tells what it
would do, and changes nothing.

It is a script to start from: read it, try it with one machine, and keep what the organisation's rules ask for.
Before: Connect-AzAccount, the Az.RecoveryServices module, a vault with the site or cloud registered, a replication
policy mapped to it, and the log accounts of accounts.csv.

.PARAMETER Mapping
The file of one wave.

.PARAMETER VaultName
The Recovery Services vault.

.PARAMETER VaultResourceGroup
Its resource group.

.PARAMETER FabricName
The friendly name of the Hyper-V site or VMM server in the vault.

.PARAMETER StorageAccountId
The resource ID of the storage account that replication writes to.

.PARAMETER LogStorageAccountId
The resource ID of a standard account for logs, which premium disks need.

.PARAMETER NetworkIds
The resource IDs of the target networks by name: @{ 'vnet-recovery' = '/subscriptions/...' }.

.PARAMETER ResourceGroupIds
The resource IDs of the target resource groups by name.

.PARAMETER Apply
Enable replication. Without it the script tells what it would do.

.EXAMPLE
.\replicate.ps1 -Mapping mapping-wave-1.csv -VaultName vault-dr -VaultResourceGroup rg-dr -FabricName Site1 -StorageAccountId $id -NetworkIds $networks -ResourceGroupIds $groups
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Mapping,
    [Parameter(Mandatory)] [string] $VaultName,
    [Parameter(Mandatory)] [string] $VaultResourceGroup,
    [Parameter(Mandatory)] [string] $FabricName,
    [Parameter(Mandatory)] [string] $StorageAccountId,
    [string] $LogStorageAccountId,
    [hashtable] $NetworkIds = @{},
    [hashtable] $ResourceGroupIds = @{},
    [switch] $Apply
)

$ErrorActionPreference = 'Stop'

# What every machine of the wave has in common.
$vault = Get-AzRecoveryServicesVault -Name $VaultName -ResourceGroupName $VaultResourceGroup
Set-AzRecoveryServicesAsrVaultContext -Vault $vault | Out-Null
$fabric = Get-AzRecoveryServicesAsrFabric -FriendlyName $FabricName
$containers = @(Get-AzRecoveryServicesAsrProtectionContainer -Fabric $fabric)

$done = 0
foreach ($row in Import-Csv -Path $Mapping -Encoding UTF8) {
    # A machine that cannot be started costs itself only.
    try {
        $found = foreach ($container in $containers) {
            $item = Get-AzRecoveryServicesAsrProtectableItem -ProtectionContainer $container -FriendlyName $row.source_machine -ErrorAction SilentlyContinue
            if ($item) { [pscustomobject]@{ Container = $container; Item = $item } }
        }
        if (@($found).Count -ne 1) {
            Write-Warning "$($row.source_machine): found $(@($found).Count) times among the protectable items; left out."
            continue
        }
        $groupId = $ResourceGroupIds[$row.target_resource_group]
        if (-not $groupId) {
            Write-Warning "$($row.source_machine): no ID is given for the resource group '$($row.target_resource_group)'; left out."
            continue
        }
        $settings = @{
            HyperVToAzure                 = $true
            ProtectableItem               = $found.Item
            Name                          = $found.Item.Name
            RecoveryVmName                = $row.source_machine
            ProtectionContainerMapping    = Get-AzRecoveryServicesAsrProtectionContainerMapping -ProtectionContainer $found.Container | Select-Object -First 1
            RecoveryAzureStorageAccountId = $StorageAccountId
            RecoveryResourceGroupId       = $groupId
        }
        if ($LogStorageAccountId) { $settings.LogStorageAccountId = $LogStorageAccountId }
        if ($row.os) { $settings.OS = $row.os }

        # Disks are found by the names of their files; a row without names includes every disk.
        $wanted = @($row.disks_to_include -split '; ' | Where-Object { $_ })
        $disks = @($found.Item.Disks | Where-Object { $wanted -contains $_.Name })
        if ($wanted.Count -gt 0 -and $disks.Count -ne $wanted.Count) {
            Write-Warning "$($row.source_machine): $($disks.Count) of $($wanted.Count) disks were found; left out."
            continue
        }
        if ($disks.Count -gt 0) { $settings.IncludeDiskId = @($disks.Id) }
        if ($row.os_disk) { $settings.OSDiskName = $row.os_disk }

        $networkId = $NetworkIds[$row.network]
        if ($networkId) {
            $settings.RecoveryAzureNetworkId = $networkId
            $settings.RecoveryAzureSubnetName = $row.subnet
        }

        $what = "$($row.source_machine): $($row.size) in $($row.target_resource_group), $($row.network)/$($row.subnet), disks: $($row.disks_to_include)"
        if (-not $Apply) {
            Write-Output "would start $what"
            continue
        }
        $job = New-AzRecoveryServicesAsrReplicationProtectedItem @settings
        $done++
        Write-Output "started $what (job $($job.Name)). Set its size to $($row.size) once the first copy is done."
    } catch {
        Write-Warning "$($row.source_machine): $($_.Exception.Message)"
    }
}
Write-Output "$done started."
