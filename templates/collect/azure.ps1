<#
.SYNOPSIS
Exports from Azure what Klar reads, as JSON. Reads only; changes nothing.

.DESCRIPTION
Run it in PowerShell where the modules Az.Accounts and Az.Resources are installed and signed in (Connect-AzAccount),
then carry the folder to where Klar runs. Every subscription that the account sees is read, or those that are named.
Every question is a GET of the Azure Resource Manager; its answer is written as it came, a file per page.

What is refused costs that table of that subscription only, and stands in errors.csv; a table whose later page is
refused keeps the mark by which Klar sees that it is a part. Klar collect azure prints the same for the Azure CLI.

.PARAMETER Region
The region of the vault, such as northeurope.

.PARAMETER Subscription
The subscriptions, by ID or name; all that are enabled without it.

.PARAMETER OutputPath
The folder to write to; it is made when it does not exist.

.EXAMPLE
.\azure.ps1 -Region northeurope

.EXAMPLE
.\azure.ps1 -Region swedencentral -Subscription 'Production', 'Shared services' -OutputPath C:\Export
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Region,
    [string[]] $Subscription = @(),
    [string] $OutputPath = (Join-Path (Get-Location).Path ('klar-azure-' + (Get-Date -Format 'yyyy-MM-dd')))
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'
Import-Module Az.Accounts
New-Item -ItemType Directory -Path $OutputPath -Force | Out-Null
$log = @{ Errors = @() }
# The name that resources bear, also where the portal's was given.
$Region = ($Region -replace '\s', '').ToLower()

function Add-Trouble {
    param([string] $Name, [string] $About, [string] $AskedBy, [string] $Why)
    Write-Warning ('{0}, {1}: {2}' -f $Name, $AskedBy, $Why)
    $log.Errors += [pscustomobject]@{
        'Collector asked'        = $Name
        'Collector asked about'  = $About
        'Collector asked by'     = $AskedBy
        'Error of the collector' = $Why
    }
}

function Get-Answer {
    param([string] $Path)
    $answer = Invoke-AzRestMethod -Method GET -Path $Path
    if ($answer.StatusCode -ne 200) { throw ('Azure answered {0}: {1}' -f $answer.StatusCode, $answer.Content) }
    "$($answer.Content)"
}

# The path of the page after this one, from the link in its text.
function Get-NextPath {
    param([string] $Text)
    if ($Text -match '"nextLink"\s*:\s*"https?://[^/"]+([^"]+)"') { return ($Matches[1] -replace '\\u0026', '&' -replace '\\/', '/') }
    ''
}

# Writes every page of a list; gives the pages as text.
function Save-List {
    param([string] $Name, [string] $Table, [string] $Path)
    $number = 0
    $next = $Path
    while ($next) {
        $number++
        try {
            $text = Get-Answer $next
            $next = Get-NextPath $text
            # With the next page at hand the link to it is spent; a page that cannot be had leaves it in place.
            if ($number -gt 1) {
                $before -replace '"nextLink"\s*:\s*"[^"]*"', '"nextLink":null' | Set-Content -Path $file -Encoding UTF8
            }
        }
        catch {
            Add-Trouble $Name ('page {0}' -f $number) $Table $_.Exception.Message
            return
        }
        $file = Join-Path $OutputPath ('{0}-{1}-{2}.json' -f $Table, $Name, $number)
        $text | Set-Content -Path $file -Encoding UTF8
        Write-Host $file
        $before = $text
        $text
    }
}

$all = @(Get-AzSubscription | Where-Object { "$($_.State)" -eq 'Enabled' })
$chosen = $all
if ($Subscription.Count -gt 0) {
    $chosen = @($all | Where-Object { $_.Id -in $Subscription -or $_.Name -in $Subscription })
    foreach ($name in $Subscription) {
        if (@($chosen | Where-Object { $_.Id -eq $name -or $_.Name -eq $name }).Count -eq 0) {
            Add-Trouble $name '' 'Get-AzSubscription' 'The signed-in account sees no enabled subscription of this ID or name.'
        }
    }
}

$done = 0
foreach ($one in $chosen) {
    $id = "$($one.Id)"
    $scope = '/subscriptions/' + $id
    Write-Progress -Activity 'Asking Azure' -Status ('{0} ({1} of {2})' -f $one.Name, ($done + 1), $chosen.Count) -PercentComplete (100 * $done / $chosen.Count)
    $done++

    Save-List $id 'resources' ($scope + '/resources?api-version=2021-04-01') | Out-Null
    Save-List $id 'vaults' ($scope + '/providers/Microsoft.RecoveryServices/vaults?api-version=2023-04-01') | Out-Null
    Save-List $id 'networks' ($scope + '/providers/Microsoft.Network/virtualNetworks?api-version=2023-09-01') | Out-Null
    Save-List $id ('usage-' + $Region) ($scope + '/providers/Microsoft.Compute/locations/' + $Region + '/usages?api-version=2023-07-01') | Out-Null
    $only = '&$filter=location%20eq%20''' + $Region + ''''
    Save-List $id ('sizes-' + $Region) ($scope + '/providers/Microsoft.Compute/skus?api-version=2021-07-01' + $only) | Out-Null
    $accounts = @(Save-List $id 'storage-accounts' ($scope + '/providers/Microsoft.Storage/storageAccounts?api-version=2023-01-01'))

    # Blob soft delete is told account by account; accounts without blobs have none.
    $pattern = '"id"\s*:\s*"(/subscriptions/[^"]+/Microsoft\.Storage/storageAccounts/[^"/]+)"'
    $found = @($accounts | Select-String -Pattern $pattern -AllMatches | ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value })
    foreach ($account in @($found | Select-Object -Unique)) {
        $name = @($account.Split('/'))[-1]
        try {
            $blobs = Get-Answer ($account + '/blobServices/default?api-version=2023-01-01') | ConvertFrom-Json
            $file = Join-Path $OutputPath ('soft-delete-{0}.json' -f $name)
            @{
                id                    = $account
                name                  = $name
                type                  = 'Microsoft.Storage/storageAccounts'
                deleteRetentionPolicy = $blobs.properties.deleteRetentionPolicy
            } | ConvertTo-Json -Depth 4 | Set-Content -Path $file -Encoding UTF8
        }
        catch { Add-Trouble $id $name 'soft-delete' $_.Exception.Message }
    }

    # The roles that the account has here, by itself or by its groups.
    try {
        $who = (Get-AzContext).Account
        if ("$($who.Type)" -eq 'User') { $object = (Get-AzADUser -SignedIn).Id }
        else { $object = (Get-AzADServicePrincipal -ApplicationId $who.Id).Id }
        $mine = '&$filter=assignedTo(''' + $object + ''')'
        $given = Get-Answer ($scope + '/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01' + $mine) | ConvertFrom-Json
        $rows = @()
        foreach ($role in @($given.value | Where-Object { $_ })) {
            $definition = Get-Answer ($role.properties.roleDefinitionId + '?api-version=2022-04-01') | ConvertFrom-Json
            $rows += @{ roleDefinitionName = $definition.properties.roleName; scope = $role.properties.scope; principalName = "$($who.Id)" }
        }
        if ($rows.Count -gt 0) {
            ConvertTo-Json -InputObject $rows -Depth 3 | Set-Content -Path (Join-Path $OutputPath ('roles-{0}.json' -f $id)) -Encoding UTF8
        }
    }
    catch { Add-Trouble $id '' 'roles' $_.Exception.Message }
}
Write-Progress -Activity 'Asking Azure' -Completed
if ($chosen.Count -eq 0) { Write-Warning 'No subscription was read: sign in with Connect-AzAccount, or name another.' }
if ($log.Errors.Count -gt 0) {
    $log.Errors | Export-Csv -Path (Join-Path $OutputPath 'errors.csv') -NoTypeInformation -Encoding UTF8
}
Write-Host ('Done. Carry the folder {0} to where Klar runs.' -f $OutputPath)
