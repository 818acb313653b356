# What a computer told, a file for each table.
function Save-Answer {
    param([string] $Name, [string] $Folder, [object[]] $Rows)
    $label = $Name -replace '[^A-Za-z0-9._-]', '_'
    foreach ($table in @($Rows | ForEach-Object { $_.Table } | Select-Object -Unique)) {
        $file = Join-Path $Folder ('{0}-{1}.csv' -f $table, $label)
        $found = @($Rows | Where-Object { $_.Table -eq $table } |
                Select-Object -Property * -ExcludeProperty Table, PSComputerName, PSShowComputerName, PSSourceJobInstanceId, RunspaceId)
        $found | Export-Csv -Path $file -NoTypeInformation -Encoding UTF8
        Write-Host ('{0}: {1} rows' -f $file, $found.Count)
    }
}

function Get-Trouble {
    param([string] $Name, [string] $Why)
    Write-Warning ('{0}: {1}' -f $Name, $Why)
    [pscustomobject]@{
        'Table'                  = 'errors'
        'Collector asked'        = $Name
        'Collector asked about'  = ''
        'Collector asked by'     = 'the whole of it'
        'Error of the collector' = $Why
    }
}

# Asks a computer in a job: this one by itself, another over remoting.
function Start-Asking {
    param([string] $Name, [scriptblock] $Block, [bool] $Here)
    if ($Here -or $Name -in @('localhost', '.') -or $Name.Split('.')[0] -eq $env:COMPUTERNAME) {
        return Start-Job -ScriptBlock $Block -ArgumentList $Name
    }
    $patience = New-PSSessionOption -OpenTimeout 60000 -CancelTimeout 15000 -NoMachineProfile
    Invoke-Command -ComputerName $Name -ScriptBlock $Block -ArgumentList $Name -SessionOption $patience -AsJob
}

# What a computer has told so far, and what is to be said of how it ended.
function Receive-Answer {
    param($Asked, [bool] $IsLate)
    $trouble = @()
    $rows = @()
    try { $rows = @(Receive-Job -Job $Asked.Job -ErrorAction SilentlyContinue -ErrorVariable trouble) }
    catch { $trouble = @($_) }
    $rows = @($rows | Where-Object { $_.Table })
    $rows
    foreach ($one in @($trouble)) { Get-Trouble $Asked.Name "$one" }
    if ($IsLate) { Get-Trouble $Asked.Name ('It was not done within {0} seconds; what it had told by then is kept.' -f $TimeoutSeconds) }
    elseif ($rows.Count -eq 0 -and @($trouble).Count -eq 0) { Get-Trouble $Asked.Name ('It told nothing; its job is {0}.' -f $Asked.Job.State) }
}

# Asks computers, a few at a time, and writes what each tells as soon as it is done; gives the rows as well.
function Read-Computers {
    param([string[]] $Names, [scriptblock] $Block, [string] $Folder, [string] $Activity, [bool] $Here)
    New-Item -ItemType Directory -Path $Folder -Force | Out-Null
    $waiting = @($Names | Where-Object { $_ } | Select-Object -Unique)
    $all = $waiting.Count
    $running = @()
    while ($waiting.Count -gt 0 -or $running.Count -gt 0) {
        while ($waiting.Count -gt 0 -and $running.Count -lt $AtOnce) {
            $name = $waiting[0]
            $waiting = @($waiting | Select-Object -Skip 1)
            try { $running += @{ Name = $name; Job = (Start-Asking $name $Block $Here); Until = (Get-Date).AddSeconds($TimeoutSeconds) } }
            catch { Save-Answer $name $Folder @(Get-Trouble $name $_.Exception.Message) }
        }
        $done = $all - $waiting.Count - $running.Count
        $called = ($running | ForEach-Object { $_.Name }) -join ', '
        Write-Progress -Activity $Activity -Status ('{0} of {1} done; now {2}' -f $done, $all, $called) -PercentComplete (100 * $done / $all)
        if ($running.Count -eq 0) { continue }
        Wait-Job -Job @($running | ForEach-Object { $_.Job }) -Any -Timeout 5 | Out-Null
        $still = @()
        foreach ($one in $running) {
            $isOver = "$($one.Job.State)" -in @('Completed', 'Failed', 'Stopped', 'Disconnected')
            $isLate = -not $isOver -and (Get-Date) -gt $one.Until
            if (-not $isOver -and -not $isLate) {
                $still += $one
                continue
            }
            $rows = @(Receive-Answer $one $isLate)
            Save-Answer $one.Name $Folder $rows
            $rows
            if ($isLate) { Stop-Job -Job $one.Job }
            Remove-Job -Job $one.Job -Force
        }
        $running = $still
    }
    Write-Progress -Activity $Activity -Completed
}
