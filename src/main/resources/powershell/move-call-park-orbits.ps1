# move-call-park-orbits, version 1: the pool's ranges are served by another pool (domain.md 5.6).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][bool] $Back,
        [switch] $Rehearse
    )
    foreach ($orbit in @(Get-Orbits -Pool $Pool)) {
        $arguments = @{ Identity = [string]$orbit.Identity; CallParkService = "service:ApplicationServer:$To"; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
        if ($Rehearse) { $arguments['WhatIf'] = $true }
        Set-CsCallParkOrbit @arguments
        "$($orbit.Identity) is served by $To"
    }
}

function Get-Orbits {
    param([string] $Pool)
    $parts = @("ApplicationServer:$Pool", "service:ApplicationServer:$Pool", $Pool)
    return @(Get-CsCallParkOrbit -ErrorAction Stop | Where-Object { $parts -contains [string]$_.CallParkServiceId -or $parts -contains [string]$_.CallParkServerFqdn })
}

function Test-Operation {
    param([string] $Pool, [string] $To, [bool] $Back)
    $left = @(Get-Orbits -Pool $Pool)
    $presence = 'NOT_DONE'
    if ($left.Count -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "$($left.Count) ranges are served by $Pool" }
}

function Get-KnownErrors { return @() }
