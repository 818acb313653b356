    # What could not be read goes into a list of its own, and costs nothing else.
    function Add-Trouble {
        param([string] $AskedBy, [string] $AskedAbout, [string] $Why)
        $log.Errors += [pscustomobject]@{
            'Table'                  = 'errors'
            'Collector asked'        = $log.Name
            'Collector asked about'  = $AskedAbout
            'Collector asked by'     = $AskedBy
            'Error of the collector' = $Why
        }
    }

    # What a question answers; nothing, and a line among the errors, when it fails.
    function Ask {
        param([string] $AskedBy, [string] $AskedAbout, [scriptblock] $Question)
        try { & $Question }
        catch { Add-Trouble $AskedBy $AskedAbout $_.Exception.Message }
    }
