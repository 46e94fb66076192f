# change-next-hop, version 1: an Edge pool sends sign-ins to another pool (domain.md 5.1 step 0).
# Needs a writable Central Management store.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $EdgePool,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $To,
        [switch] $Rehearse
    )
    $arguments = @{ Identity = "EdgeServer:$EdgePool"; Registrar = "Registrar:$To"; Confirm = $false; Verbose = $true; ErrorAction = 'Stop' }
    if ($Rehearse) { $arguments['WhatIf'] = $true }
    Set-CsEdgeServer @arguments
}

function Test-Operation {
    param([string] $EdgePool, [string] $To)
    $edge = Get-CsService -EdgeServer -ErrorAction Stop | Where-Object { [string]$_.PoolFqdn -eq $EdgePool } | Select-Object -First 1
    $registrar = [string]$edge.Registrar
    $presence = 'NOT_DONE'
    if (-not $edge) { $presence = 'CANNOT_TELL' } elseif ($registrar -eq "Registrar:$To") { $presence = 'DONE' }
    return @{ Presence = $presence; Evidence = "Registrar of $EdgePool is '$registrar'" }
}

function Get-KnownErrors {
    return @(
        @{ Category = 'REFUSED'; Pattern = 'Central Management|read.only|being moved'
            WhatToDo = 'bring the Central Management store over first: it must be writable' },
        @{ Category = 'REFUSED'; Pattern = 'same site|Topology Builder'
            WhatToDo = 'change it in Topology Builder: Edge pool, Next Hop, publish' })
}
