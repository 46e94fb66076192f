# read-server, version 1: the services of a server (domain.md 7.2).
function Read-Facts {
    param([Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Server)
    $services = @{}
    foreach ($row in @(Get-CsWindowsService -ComputerName $Server -ExcludeActivityLevel -ErrorAction Stop)) {
        $services[[string]$row.Name] = [string]$row.Status
    }
    return @{ services = $services; troubles = @() }
}

function Get-KnownErrors { return @() }
