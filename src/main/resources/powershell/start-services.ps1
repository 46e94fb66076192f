# start-services, version 1: some services on some servers of a pool are started (domain.md 5.4, 7.2).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][string[]] $Servers,
        [Parameter(Mandatory = $true)][string[]] $Services,
        [switch] $Rehearse
    )
    foreach ($server in $Servers) {
        foreach ($service in $Services) {
            $arguments = @{ ComputerName = $server; Name = $service; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
            if ($Rehearse) { $arguments['WhatIf'] = $true }
            Start-CsWindowsService @arguments
        }
    }
}

function Test-Operation {
    param([string] $Pool, [string[]] $Servers, [string[]] $Services)
    $missing = @()
    foreach ($server in $Servers) {
        $running = @(Get-CsWindowsService -ComputerName $server -ExcludeActivityLevel -ErrorAction Stop | Where-Object { [string]$_.Status -eq 'Running' } | ForEach-Object { [string]$_.Name })
        foreach ($service in $Services) {
            if ($running -notcontains $service) { $missing += "$service on $server" }
        }
    }
    $presence = 'NOT_DONE'
    if ($missing.Count -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "not running: $($missing -join ', ')" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'StartPending|Start Pending|32174'
            WhatToDo = 'it waits for quorum: start the other Front End Servers, or recover the quorum' })
}
