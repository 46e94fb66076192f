# switch-principal, version 1: one database type's principal passes to a side of the mirror (domain.md 4.3).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][string] $Store,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidateSet('User', 'Application', 'CentralMgmt', 'Monitoring', 'Archiving', 'PersistentChat', 'PersistentChatCompliance')][string] $DatabaseType,
        [Parameter(Mandatory = $true)][string[]] $Databases,
        [Parameter(Mandatory = $true)][string] $SqlServer,
        [Parameter(Mandatory = $true)][string] $SqlInstance,
        [Parameter(Mandatory = $true)][ValidateSet('Primary', 'Mirror')][string] $NewPrincipal,
        [Parameter(Mandatory = $true)][bool] $Force,
        [switch] $Rehearse
    )
    $arguments = @{ PoolFqdn = $Pool; DatabaseType = $DatabaseType; NewPrincipal = $NewPrincipal; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Force) { $arguments['Force'] = $true }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsDatabaseFailover @arguments
}

# "DatabaseInaccessibleOrMirroringNotEnabled" cannot be told apart: then nothing is.
function Test-Operation {
    param([string] $Store, [string] $Pool, [string] $DatabaseType, [string[]] $Databases, [string] $SqlServer, [string] $SqlInstance, [string] $NewPrincipal, [bool] $Force)
    $rows = @(Get-CsDatabaseMirrorState -PoolFqdn $Pool -DatabaseType $DatabaseType -ErrorAction Stop | Where-Object { $Databases -contains $_.DatabaseName })
    $states = @($rows | ForEach-Object { if ($NewPrincipal -eq 'Primary') { [string]$_.StateOnPrimary } else { [string]$_.StateOnMirror } })
    $presence = 'CANNOT_TELL'
    if ($rows.Count -eq $Databases.Count) {
        if (@($states | Where-Object { $_ -ne 'Principal' }).Count -eq 0) { $presence = 'DONE' }
        elseif (@($states | Where-Object { $_ -ne 'Mirror' -and $_ -ne 'Principal' }).Count -eq 0) { $presence = 'NOT_DONE' }
    }
    return @{ Presence = $presence; Evidence = "on the $NewPrincipal of ${Store}: " + (@($rows | ForEach-Object { "$($_.DatabaseName) is $($_.StateOnPrimary)/$($_.StateOnMirror)" }) -join ', ') }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'ALREADY_DONE'; Pattern = 'already the principal|is already principal'; WhatToDo = '' },
        @{ Category = 'REFUSED'; Pattern = '\b1422\b|not synchronized'
            WhatToDo = 'wait until the databases are SYNCHRONIZED, or decide about forcing and its loss' },
        @{ Category = 'REFUSED'; Pattern = '\b1455\b|cannot be forced'
            WhatToDo = 'the principal can be reached: switch over without force' },
        @{ Category = 'REFUSED'; Pattern = '\b1406\b|witness'
            WhatToDo = 'bring the witness back, or let it be taken off the session first' },
        @{ Category = 'REFUSED'; Pattern = 'not accessible'
            WhatToDo = 'the present principal is not accessible: this takes force' })
}
