# move-central-management, version 1: the Central Management store passes to its backup pool (domain.md 5.1 step 5b).
# Force is for a lost source only: it skips the replication check and leaves the source writable.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $From,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $SqlServer,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9_.$-]+\z')][string] $SqlInstance,
        [Parameter(Mandatory = $true)][AllowEmptyString()][ValidatePattern('\A[a-z0-9._-]*\z')][string] $MirrorSqlServer,
        [Parameter(Mandatory = $true)][AllowEmptyString()][ValidatePattern('\A[a-z0-9_.$-]*\z')][string] $MirrorSqlInstance,
        [Parameter(Mandatory = $true)][bool] $Force,
        [switch] $Rehearse
    )
    $arguments = @{ Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Force) {
        # these belong to the forced form alone: a planned move asks the topology
        $arguments['BackupSqlServerFqdn'] = $SqlServer
        $arguments['BackupSqlInstanceName'] = $SqlInstance
        if ($MirrorSqlServer) {
            $arguments['BackupMirrorSqlServerFqdn'] = $MirrorSqlServer
            $arguments['BackupMirrorSqlInstanceName'] = $MirrorSqlInstance
        }
        $arguments['Force'] = $true
    }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsManagementServerFailover @arguments
}

# Both must name the pool; both empty means that the store is down, not that nothing was done.
function Test-Operation {
    param([string] $From, [string] $To, [string] $SqlServer, [string] $SqlInstance, [string] $MirrorSqlServer, [string] $MirrorSqlInstance, [bool] $Force)
    $status = Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus -ErrorAction Stop
    $master = [string]$status.ActiveMasterFqdn
    $agents = @($status.ActiveFileTransferAgents | ForEach-Object { [string]$_ })
    $presence = 'CANNOT_TELL'
    if ($master -eq $To -and $agents -contains $To) { $presence = 'DONE' }
    if ($master -eq $From) { $presence = 'NOT_DONE' }
    return @{ Presence = $presence; Evidence = "ActiveMasterFqdn is '$master', ActiveFileTransferAgents are '$($agents -join ', ')'" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'not in Backup mode'
            WhatToDo = 'the store is stuck: repair it with -Restore at the pool that Get-CsManagementConnection names; force nothing a second time' },
        @{ Category = 'REFUSED'; Pattern = 'already a failover in progress|previous failover attempt|Directory Replication'
            WhatToDo = 'wait for a cycle of Active Directory replication, then look again; do not move it twice' },
        @{ Category = 'REFUSED'; Pattern = 'being moved to another location'
            WhatToDo = 'a move is under way or stuck: see who is the active master, then repair with -Restore' })
}
