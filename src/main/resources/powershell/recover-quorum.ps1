# recover-quorum, version 1: routing groups in quorum loss are read anew from the Back End (domain.md 3.3).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [switch] $Rehearse
    )
    $arguments = @{ PoolFqdn = $Pool; ResetType = 'QuorumLossRecovery'; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Reset-CsPoolRegistrarState @arguments
}

# That no group lacks its primary says that the pool is whole, not that this made it so.
function Test-Operation {
    param([string] $Pool)
    $lines = @(Get-CsPoolFabricState -PoolFqdn $Pool -Type 'Routing' -Verbose -ErrorAction Stop 4>&1 | ForEach-Object { [string]$_ })
    $without = @($lines | Where-Object { $_ -match 'has no primaries' }).Count
    $presence = 'NOT_DONE'
    if ($lines.Count -eq 0) { $presence = 'CANNOT_TELL' } elseif ($without -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "$without routing groups of $Pool have no primary" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'Back End|database.*(inaccessible|unavailable)'
            WhatToDo = 'bring the Back End back first: the groups are read from it' })
}
