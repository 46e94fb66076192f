# fail-back-pool, version 1: the home pool takes its users back (domain.md 5.3).
# DisasterMode means that the backup pool is gone: what users wrote there is lost.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $From,
        [Parameter(Mandatory = $true)][bool] $DisasterMode,
        [switch] $Rehearse
    )
    $arguments = @{ PoolFqdn = $Pool; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($DisasterMode) { $arguments['DisasterMode'] = $true }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsPoolFailBack @arguments
}

function Test-Operation {
    param([string] $Pool, [string] $From, [bool] $DisasterMode)
    $state = [string](Get-CsRegistrarConfiguration -Identity "Service:Registrar:$Pool" -ErrorAction Stop).PoolState
    $presence = 'CANNOT_TELL'
    if ($state -eq 'FailedOver') { $presence = 'NOT_DONE' }
    if ($state -eq 'Active' -or $state -eq 'FailedBack') { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "PoolState of $Pool is $state" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = '\b12314\b|\b12299\b'
            WhatToDo = 'the address book is being maintained: restart those Front End Servers, and keep out of its window' },
        @{ Category = 'REFUSED'; Pattern = 'not (been )?failed over|is in Active state'
            WhatToDo = 'see PoolState: only a pool that is failed over is failed back' },
        @{ Category = 'REFUSED'; Pattern = 'Central Management|being moved'
            WhatToDo = 'see to the Central Management store first' })
}
