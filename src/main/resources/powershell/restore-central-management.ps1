# restore-central-management, version 1: the store of the pool that Active Directory names becomes active (domain.md 5.4).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [switch] $Rehearse
    )
    $arguments = @{ Restore = $true; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsManagementServerFailover @arguments
}

function Test-Operation {
    param([string] $Pool)
    $status = Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus -ErrorAction Stop
    $master = [string]$status.ActiveMasterFqdn
    $presence = 'NOT_DONE'
    if ($master -eq $Pool -and @($status.ActiveFileTransferAgents).Count -gt 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "ActiveMasterFqdn is '$master'" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'already a failover in progress|Directory Replication'
            WhatToDo = 'wait for a cycle of Active Directory replication, then run this again' })
}
