# read-server, version 1: the services of a server (domain.md 7.2).
function Read-Facts {
    param([Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Server)
    $services = @{}
    $silent = $false
    $troubles = @()
    try {
        foreach ($row in @(Get-CsWindowsService -ComputerName $Server -ExcludeActivityLevel -ErrorAction Stop)) {
            $services[[string]$row.Name] = [string]$row.Status
        }
    } catch {
        $meaning = Get-Meaning -Record $_
        $silent = $meaning.category -eq 'UNREACHABLE'
        $troubles = @("$($meaning.category): $($meaning.message)")
    }
    return @{ services = $services; silent = $silent; troubles = $troubles }
}

function Get-KnownErrors { return @() }
