# read-pool, version 1: what the management shell tells of a pool; whatever cannot be read is left out.
function Read-Facts {
    param(
        [Parameter(Mandatory = $true)][ValidatePattern('\A[a-z0-9._-]+\z')][string] $Pool,
        [Parameter(Mandatory = $true)][ValidateSet('FRONT_END', 'DIRECTOR', 'EDGE', 'MEDIATION', 'PERSISTENT_CHAT')][string] $Role,
        [Parameter(Mandatory = $true)][bool] $CentralManagement,
        [Parameter(Mandatory = $true)][string[]] $Servers,
        [Parameter(Mandatory = $true)][ValidatePattern('\A[A-Za-z0-9]+\z')][string] $Service
    )
    $facts = @{}
    $troubles = New-Object System.Collections.ArrayList
    $counts = @{ serving = 0; idle = 0; silent = 0; unknown = 0 }
    foreach ($server in $Servers) {
        try {
            $row = Get-CsWindowsService -ComputerName $server -Name $Service -ExcludeActivityLevel -ErrorAction Stop
            if ([string]$row.Status -eq 'Running') { $counts['serving']++ } else { $counts['idle']++ }
        } catch {
            $meaning = Get-Meaning -Record $_
            if ($meaning.category -eq 'UNREACHABLE') { $counts['silent']++ } else { $counts['unknown']++ }
            [void]$troubles.Add("${server}: $($meaning.message)")
        }
    }
    foreach ($name in @($counts.Keys)) { $facts[$name] = $counts[$name] }
    $looks = @()
    if ($Role -eq 'FRONT_END') {
        $looks += { $facts['poolState'] = [string](Get-CsRegistrarConfiguration -Identity "Service:Registrar:$Pool" -ErrorAction Stop).PoolState }
        $looks += {
            $facts['backupModules'] = @((Get-CsBackupServiceStatus -PoolFqdn $Pool -ErrorAction Stop).BackupModules | ForEach-Object {
                @{ identity = [string]$_.Identity; exportStatus = [string]$_.ExportStatus; importStatus = [string]$_.ImportStatus } })
        }
    }
    if ($CentralManagement) {
        $looks += {
            $status = Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus -ErrorAction Stop
            $facts['activeMaster'] = [string]$status.ActiveMasterFqdn
            $facts['fileTransferAgents'] = @($status.ActiveFileTransferAgents | ForEach-Object { [string]$_ })
        }
        $looks += {
            $rows = @(Get-CsManagementStoreReplicationStatus -ErrorAction Stop)
            $facts['replicasUpToDate'] = ($rows.Count -gt 0) -and (@($rows | Where-Object { -not $_.UpToDate }).Count -eq 0)
        }
    }
    if ($Role -eq 'EDGE') {
        $looks += {
            $edge = Get-CsService -EdgeServer -ErrorAction Stop | Where-Object { [string]$_.PoolFqdn -eq $Pool } | Select-Object -First 1
            if ($edge) { $facts['nextHopPool'] = ([string]$edge.Registrar) -replace '^Registrar:', '' }
        }
    }
    if ($Role -eq 'PERSISTENT_CHAT') {
        $looks += { $facts['chatState'] = [string](Get-CsPersistentChatState -Identity "PersistentChatServer:$Pool" -ErrorAction Stop).PoolState }
    }
    foreach ($look in $looks) {
        try { . $look } catch {
            $meaning = Get-Meaning -Record $_
            [void]$troubles.Add("$($meaning.category): $($meaning.message)")
        }
    }
    $facts['troubles'] = @($troubles)
    return $facts
}

function Get-KnownErrors { return @() }
