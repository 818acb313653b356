<#
.SYNOPSIS
Exports from Hyper-V hosts without VMM what Klar reads. Reads only; changes nothing.

.DESCRIPTION
Run it in Windows PowerShell 5.1 or later as a user who administers the hosts. Each host is asked over PowerShell
remoting, and this computer without it; the hosts need the Hyper-V module and PowerShell 3.0 (Windows Server 2012 or
later), this computer needs neither. Each table of a host is written as soon as the host is done: one CSV file, UTF-8,
with the unit in every heading that needs one. A host or a machine that does not answer costs that host or machine
only, and stands in a file errors-HOST.csv beside the others.

Guest operating systems come from the data exchange service, so machines that are off have none; running machines
without one are counted in a warning. A disk on a file share is read only where the script runs on the host itself,
since remoting carries no credentials on to the share.

.PARAMETER ComputerName
The Hyper-V hosts; this computer without it.

.PARAMETER OutputPath
The folder to write to; it is made when it does not exist.

.PARAMETER TimeoutSeconds
How long a host may take. What it had told by then is written.

.PARAMETER AtOnce
How many hosts are asked at the same time.

.EXAMPLE
.\hyperv.ps1 -ComputerName hv01, hv02 -OutputPath C:\Export

.EXAMPLE
.\hyperv.ps1 -ComputerName (Get-Content .\hosts.txt) -TimeoutSeconds 1800
#>
[CmdletBinding()]
param(
    [string[]] $ComputerName = @($env:COMPUTERNAME),
    [string] $OutputPath = (Join-Path (Get-Location).Path ('klar-hyperv-' + (Get-Date -Format 'yyyy-MM-dd'))),
    [ValidateRange(30, 86400)]
    [int] $TimeoutSeconds = 900,
    [ValidateRange(1, 32)]
    [int] $AtOnce = 4
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

# part: host

# part: answers

Read-Computers -Names $ComputerName -Block $askHost -Folder $OutputPath -Activity 'Asking Hyper-V hosts' -Here $false | Out-Null
Write-Host ('Done. Put the folder {0} beside what else is exported; what could not be read stands in its errors files.' -f $OutputPath)
