# move-response-groups, version 1: the Response Groups of one pool are served by another (domain.md 5.6).
# Exports first where the source answers, else takes the last export; names must be unique in the deployment.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][bool] $Back,
        [Parameter(Mandatory = $true)][string] $ExportDirectory,
        [switch] $Rehearse
    )
    $file = Join-Path $ExportDirectory "rgs-$Pool.zip"
    if (-not $Rehearse) {
        $export = @{ Source = "service:ApplicationServer:$Pool"; FileName = $file; Force = $true; Confirm = $false; ErrorAction = 'Stop' }
        if ($Back) { $export['Owner'] = "service:ApplicationServer:$To" }
        try {
            Export-CsRgsConfiguration @export
        } catch {
            Write-Warning -Message "$Pool does not answer, the last export is taken: $_"
        }
    }
    if (-not (Test-Path -LiteralPath $file)) { throw "there is no export $file" }
    $arguments = @{ Destination = "service:ApplicationServer:$To"; FileName = $file; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Back) { $arguments['OverwriteOwner'] = $true }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Import-CsRgsConfiguration @arguments
}

# Without -ShowAll those of another owner are invisible.
function Test-Operation {
    param([string] $Pool, [string] $To, [bool] $Back, [string] $ExportDirectory)
    $owner = "service:ApplicationServer:$Pool"
    if ($Back) { $owner = "service:ApplicationServer:$To" }
    $found = @(Get-CsRgsWorkflow -Identity "service:ApplicationServer:$To" -Owner $owner -ErrorAction Stop)
    $presence = 'NOT_DONE'
    if ($found.Count -gt 0) { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "$($found.Count) workflows of $owner at $To" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'there is no export'
            WhatToDo = 'export the Response Groups daily into understudy.powershell.export-directory as rgs-<pool>.zip' },
        @{ Category = 'REFUSED'; Pattern = 'already exists|conflict|unique'
            WhatToDo = 'rename what has the same name in both pools, or import by hand with -ResolveNameConflicts' })
}
