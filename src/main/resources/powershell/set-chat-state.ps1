# set-chat-state, version 1: a Persistent Chat pool is said to be failed over, or normal again (domain.md 6.7 step 5).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidateSet('Normal', 'FailedOver')][string] $State,
        [switch] $Rehearse
    )
    $arguments = @{ Identity = "PersistentChatServer:$Pool"; PoolState = $State; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Set-CsPersistentChatState @arguments
}

function Test-Operation {
    param([string] $Pool, [string] $State)
    $now = [string](Get-CsPersistentChatState -Identity "PersistentChatServer:$Pool" -ErrorAction Stop).PoolState
    $presence = 'NOT_DONE'
    if (-not $now) { $presence = 'CANNOT_TELL' } elseif ($now -eq $State) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "PoolState of $Pool is '$now'" }
}

function Get-KnownErrors { return @() }
