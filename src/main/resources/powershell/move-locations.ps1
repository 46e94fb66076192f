# move-locations, version 1: the last export of the location database is imported and published (domain.md 5.6).
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [Parameter(Mandatory = $true)][bool] $Back,
        [Parameter(Mandatory = $true)][string] $ExportDirectory,
        [switch] $Rehearse
    )
    $file = Join-Path $ExportDirectory 'lis.zip'
    if (-not (Test-Path -LiteralPath $file)) { throw "there is no export $file" }
    $arguments = @{ FileName = $file; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Import-CsLisConfiguration @arguments
    $publish = @{ Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $publish['WhatIf'] = $true }
    Publish-CsLisConfiguration @publish
}

# Nothing tells whether what is there is what was exported.
function Test-Operation {
    param([string] $Pool, [string] $To, [bool] $Back, [string] $ExportDirectory)
    return @{ Presence = 'CANNOT_TELL'; Evidence = 'whether the export is what is published cannot be seen; it may be repeated' }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'there is no export'
            WhatToDo = 'run Export-CsLisConfiguration regularly into understudy.powershell.export-directory as lis.zip' })
}
