# set-active-chat-servers, version 1: exactly these servers of a Persistent Chat pool are active, or none (domain.md 6.7 step 7).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][AllowEmptyCollection()][string[]] $Servers,
        [switch] $Rehearse
    )
    $arguments = @{ Identity = "PersistentChatServer:$Pool"; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Servers.Count -eq 0) { $arguments['ActiveServers'] = $null } else { $arguments['ActiveServers'] = @{ Replace = $Servers } }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Set-CsPersistentChatActiveServer @arguments
}

# The reference has no Get-CsPersistentChatActiveServer: the service's own list is looked at.
function Test-Operation {
    param([string] $Pool, [string[]] $Servers)
    $service = Get-CsService -PersistentChatServer -ErrorAction Stop | Where-Object { [string]$_.PoolFqdn -eq $Pool } | Select-Object -First 1
    if (-not $service -or -not $service.psobject.Properties['ActiveServers']) {
        return @{ Presence = 'CANNOT_TELL'; Evidence = "the active servers of $Pool are not told" }
    }
    $now = @($service.ActiveServers | ForEach-Object { [string]$_ } | Where-Object { $_ })
    $presence = 'NOT_DONE'
    $more = @($now | Where-Object { $Servers -notcontains $_ }).Count
    if ($now.Count -eq $Servers.Count -and $more -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "active servers of ${Pool}: $($now -join ', ')" }
}

function Get-KnownErrors { return @() }
