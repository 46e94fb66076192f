# sync-backup, version 1: the pool sends its pair what that lacks (domain.md 2.5).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [switch] $Rehearse
    )
    $arguments = @{ PoolFqdn = $Pool; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Invoke-CsBackupServiceSync @arguments
}

# NotInitialized is normal for CMSMaster on a pool that is not its master.
function Test-Operation {
    param([string] $Pool)
    $modules = @((Get-CsBackupServiceStatus -PoolFqdn $Pool -ErrorAction Stop).BackupModules)
    $behind = @($modules | Where-Object { @('FinalState', 'SteadyState', 'NotInitialized') -notcontains [string]$_.ExportStatus })
    $presence = 'NOT_DONE'
    if ($modules.Count -eq 0) { $presence = 'CANNOT_TELL' } elseif ($behind.Count -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = (@($modules | ForEach-Object { "$($_.Identity) is $($_.ExportStatus)" }) -join ', ') }
}

function Get-KnownErrors { return @() }
