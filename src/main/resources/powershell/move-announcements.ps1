# move-announcements, version 1: unassigned numbers are answered by another pool (domain.md 5.6).
# The announcements themselves and their audio files must be there already.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][bool] $Back,
        [switch] $Rehearse
    )
    foreach ($range in @(Get-Ranges -Pool $Pool)) {
        $arguments = @{ Identity = [string]$range.Identity; AnnouncementService = "ApplicationServer:$To"; AnnouncementName = [string]$range.AnnouncementName; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
        if ($Rehearse) { $arguments['WhatIf'] = $true }
        Set-CsUnassignedNumber @arguments
        "$($range.Identity) is answered by $To"
    }
}

function Get-Ranges {
    param([string] $Pool)
    $parts = @("ApplicationServer:$Pool", "service:ApplicationServer:$Pool", $Pool)
    return @(Get-CsUnassignedNumber -ErrorAction Stop | Where-Object { $parts -contains [string]$_.AnnouncementServiceId -or $parts -contains [string]$_.AnnouncementServerFqdn })
}

function Test-Operation {
    param([string] $Pool, [string] $To, [bool] $Back)
    $left = @(Get-Ranges -Pool $Pool)
    $presence = 'NOT_DONE'
    if ($left.Count -eq 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "$($left.Count) ranges of numbers are answered by $Pool" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'announcement.*(not found|does not exist)'
            WhatToDo = 'make the announcement at the other pool first, with its audio file' })
}
