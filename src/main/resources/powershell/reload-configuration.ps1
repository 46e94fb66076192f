# reload-configuration, version 1: every server of the pool takes the configuration into its local store (domain.md 5.4).
# It reaches the other servers by PowerShell remoting.
function Invoke-Operation {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][string[]] $Servers,
        [switch] $Rehearse
    )
    $bytes = Export-CsConfiguration -AsBytes -ErrorAction Stop
    foreach ($server in $Servers) {
        Write-Verbose -Message "$server takes the configuration" -Verbose
        if ($Rehearse) { continue }
        $work = {
            param([byte[]] $Content, [string[]] $Modules)
            $module = $Modules | Where-Object { Get-Module -ListAvailable -Name $_ } | Select-Object -First 1
            Import-Module -Name $module -Verbose:$false
            Import-CsConfiguration -ByteInput $Content -LocalStore -Confirm:$false -ErrorAction Stop
        }
        $name = $server.Split('.')[0]
        if ($name -eq [Environment]::MachineName) {
            & $work $bytes $Envelope.modules
        } else {
            Invoke-Command -ComputerName $server -ScriptBlock $work -ArgumentList $bytes, $Envelope.modules -ErrorAction Stop
        }
        "$server has it"
    }
}

# No cmdlet tells what a local store holds: the replication status afterwards is the proof.
function Test-Operation {
    param([string] $Pool, [string[]] $Servers)
    return @{ Presence = 'CANNOT_TELL'; Evidence = 'whether a local store was read anew cannot be seen; it may be repeated' }
}

function Get-KnownErrors { return @() }
