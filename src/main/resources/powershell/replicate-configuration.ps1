# replicate-configuration, version 1: the store is sent to every replica now; takes 2 to 3 minutes (domain.md 5.4).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [switch] $Rehearse
    )
    $arguments = @{ Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsManagementStoreReplication @arguments
}

# Replicas of dead servers stay behind for good: the evidence names who is.
function Test-Operation {
    param([string] $Pool)
    $rows = @(Get-CsManagementStoreReplicationStatus -ErrorAction Stop)
    $behind = @($rows | Where-Object { -not $_.UpToDate } | ForEach-Object { [string]$_.ReplicaFqdn })
    $presence = 'NOT_DONE'
    if ($rows.Count -eq 0) { $presence = 'CANNOT_TELL' } elseif ($behind.Count -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "replicas that are not up to date: $($behind -join ', ')" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'XDSForceReplication|being moved'
            WhatToDo = 'the store is stuck in a move: repair it with -Restore first' })
}
