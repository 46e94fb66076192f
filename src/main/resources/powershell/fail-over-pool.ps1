# fail-over-pool, version 1: the users of the home pool pass to its backup pool (domain.md 5.1 step 7).
# Running it again after what stopped it is mended is the documented cure.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][bool] $DisasterMode,
        [switch] $Rehearse
    )
    $pair = Get-CsPoolBackupRelationship -PoolFqdn $Pool -ErrorAction SilentlyContinue
    if ($pair -and $pair.BackupPoolFqdn -and ([string]$pair.BackupPoolFqdn -ne $To)) {
        throw "the backup pool of $Pool is $($pair.BackupPoolFqdn), not $To"
    }
    $arguments = @{ PoolFqdn = $Pool; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($DisasterMode) { $arguments['DisasterMode'] = $true }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsPoolFailOver @arguments
}

function Test-Operation {
    param([string] $Pool, [string] $To, [bool] $DisasterMode)
    $state = [string](Get-CsRegistrarConfiguration -Identity "Service:Registrar:$Pool" -ErrorAction Stop).PoolState
    $presence = 'CANNOT_TELL'
    if ($state -eq 'FailedOver') { $presence = 'DONE' }
    if ($state -eq 'Active' -or $state -eq 'FailedBack') { $presence = 'NOT_DONE' }
    return @{ Presence = $presence; Evidence = "PoolState of $Pool is $state" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'specified in\s+topology as the next hop'
            WhatToDo = 'change the next hop of the Edge pool first, then run this again' },
        @{ Category = 'REFUSED'; Pattern = 'Central Management|being moved to another location'
            WhatToDo = 'bring the Central Management store over first, then run this again: it is the documented cure' },
        @{ Category = 'REFUSED'; Pattern = 'the backup pool of '
            WhatToDo = 'let the estate name the pair that the topology has' },
        @{ Category = 'ALREADY_DONE'; Pattern = 'already (been )?failed over|is in FailedOver state'; WhatToDo = '' },
        @{ Category = 'REFUSED'; Pattern = 'is failed over to|FailedOver|FailingOver'
            WhatToDo = 'fail the backup pool back first; or see who is failing the pool over' })
}
