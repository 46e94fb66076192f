# The cmdlets that the scripts call, with the parameters that their reference pages name, and nothing behind them:
# each writes down what it was given, and the looks tell what the acts have left.

function Add-Call {
    param([string] $Name, $Bound)
    $told = @{}
    foreach ($key in $Bound.Keys) { $told[$key] = [string]$Bound[$key] }
    Add-Content -LiteralPath $env:UNDERSTUDY_STUB_LOG -Value (ConvertTo-Json -InputObject @{ cmdlet = $Name; parameters = $told } -Compress)
}

function Test-Called {
    param([string] $Name)
    if (-not (Test-Path -LiteralPath $env:UNDERSTUDY_STUB_LOG)) { return $false }
    return [bool](@(Get-Content -LiteralPath $env:UNDERSTUDY_STUB_LOG) | Where-Object { $_ -like "*`"$Name`"*" })
}

function Invoke-CsPoolFailOver {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [switch] $DisasterMode, [switch] $Force, [switch] $SkipDataVerification, [switch] $FlushStorageService, [int] $DatabaseCommandTimeoutInSeconds, [int] $ServicesStopDelayMins, [TimeSpan] $WaitTime, [string] $Report)
    if ($PSCmdlet.ShouldProcess($PoolFqdn)) {
        Write-Verbose -Message "Failing over $PoolFqdn"
        Add-Call -Name 'Invoke-CsPoolFailOver' -Bound $PSBoundParameters
    }
}

function Invoke-CsPoolFailBack {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [switch] $DisasterMode, [switch] $Force, [TimeSpan] $WaitTime, [string] $Report)
    if ($PSCmdlet.ShouldProcess($PoolFqdn)) { Add-Call -Name 'Invoke-CsPoolFailBack' -Bound $PSBoundParameters }
}

function Invoke-CsDatabaseFailover {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [ValidateSet('User', 'Application', 'CentralMgmt', 'Monitoring', 'Archiving', 'PersistentChat', 'PersistentChatCompliance')][string] $DatabaseType, [ValidateSet('Primary', 'Mirror')][string] $NewPrincipal, [string[]] $ExcludeDatabaseList, [switch] $Force, [switch] $LocalStore, [string] $Report)
    if ($PSCmdlet.ShouldProcess($PoolFqdn)) { Add-Call -Name 'Invoke-CsDatabaseFailover' -Bound $PSBoundParameters }
}

function Invoke-CsManagementServerFailover {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([string] $BackupSqlServerFqdn, [string] $BackupSqlInstanceName, [string] $BackupMirrorSqlServerFqdn, [string] $BackupMirrorSqlInstanceName, [switch] $Force, [switch] $Restore, [string] $Report)
    if ($PSCmdlet.ShouldProcess('the Central Management store')) { Add-Call -Name 'Invoke-CsManagementServerFailover' -Bound $PSBoundParameters }
}

function Reset-CsPoolRegistrarState {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [ValidateSet('ServiceReset', 'QuorumLossRecovery', 'FullReset', 'MachineStateRemoved')][string] $ResetType, [string] $MachineFqdn, [switch] $NoReStart, [switch] $Force)
    if ($PSCmdlet.ShouldProcess($PoolFqdn)) { Add-Call -Name 'Reset-CsPoolRegistrarState' -Bound $PSBoundParameters }
}

function Set-CsEdgeServer {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true)][string] $Identity, [string] $Registrar, [switch] $Force)
    if ($PSCmdlet.ShouldProcess($Identity)) { Add-Call -Name 'Set-CsEdgeServer' -Bound $PSBoundParameters }
}

function Start-CsWindowsService {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string] $ComputerName, [string] $Name, [switch] $NoWait, [string] $Report)
    if ($PSCmdlet.ShouldProcess($Name)) { Add-Call -Name 'Start-CsWindowsService' -Bound $PSBoundParameters }
}

function Invoke-CsBackupServiceSync {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [string] $BackupModule, [switch] $Force)
    if ($PSCmdlet.ShouldProcess($PoolFqdn)) { Add-Call -Name 'Invoke-CsBackupServiceSync' -Bound $PSBoundParameters }
}

function Invoke-CsManagementStoreReplication {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([string] $ReplicaFqdn, [switch] $Force)
    if ($PSCmdlet.ShouldProcess('replicas')) { Add-Call -Name 'Invoke-CsManagementStoreReplication' -Bound $PSBoundParameters }
}

function Get-CsRegistrarConfiguration {
    [CmdletBinding()]
    param([string] $Identity, [string] $Filter, [switch] $LocalStore)
    $state = 'Active'
    if ((Test-Called -Name 'Invoke-CsPoolFailOver') -and -not (Test-Called -Name 'Invoke-CsPoolFailBack')) { $state = 'FailedOver' }
    return [pscustomobject]@{ Identity = $Identity; PoolState = $state }
}

function Get-CsPoolBackupRelationship {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn)
}

function Get-CsManagementStoreReplicationStatus {
    [CmdletBinding()]
    param([switch] $CentralManagementStoreStatus, [string] $ReplicaFqdn)
    if (-not $CentralManagementStoreStatus) { return [pscustomobject]@{ ReplicaFqdn = 'fe1.contoso.com'; UpToDate = $true } }
    $master = 'pool1.contoso.com'
    if (Test-Called -Name 'Invoke-CsManagementServerFailover') { $master = 'pool2.contoso.com' }
    return [pscustomobject]@{ ActiveMasterFqdn = $master; ActiveFileTransferAgents = @($master) }
}

function Get-CsDatabaseMirrorState {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [string] $DatabaseType, [switch] $LocalStore)
    $moved = Test-Called -Name 'Invoke-CsDatabaseFailover'
    foreach ($name in @('rtcxds', 'rtcshared')) {
        [pscustomobject]@{
            DatabaseName = $name
            StateOnPrimary = $(if ($moved) { 'Mirror' } else { 'Principal' })
            StateOnMirror = $(if ($moved) { 'Principal' } else { 'Mirror' })
        }
    }
}

function Get-CsService {
    [CmdletBinding()]
    param([switch] $EdgeServer, [switch] $PersistentChatServer, [string] $PoolFqdn)
    $to = 'Registrar:pool1.contoso.com'
    if (Test-Called -Name 'Set-CsEdgeServer') { $to = 'Registrar:pool2.contoso.com' }
    return [pscustomobject]@{ Identity = 'EdgeServer:edge1.contoso.com'; PoolFqdn = 'edge1.contoso.com'; Registrar = $to }
}

function Get-CsBackupServiceStatus {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)][string] $PoolFqdn, [string] $Category)
    $export = 'NonSteadyState'
    if (Test-Called -Name 'Invoke-CsBackupServiceSync') { $export = 'SteadyState' }
    return [pscustomobject]@{ BackupModules = @([pscustomobject]@{ Identity = 'UserServices.PresenceFocus'; ExportStatus = $export; ImportStatus = 'NormalState' }) }
}

function Get-CsWindowsService {
    [CmdletBinding()]
    param([string] $ComputerName, [string] $Name, [switch] $ExcludeActivityLevel)
    $status = 'Stopped'
    if (Test-Called -Name 'Start-CsWindowsService') { $status = 'Running' }
    foreach ($service in @('MASTER', 'FTA')) { [pscustomobject]@{ Name = $service; RoleName = @('CentralManagement'); Status = $status } }
}

Export-ModuleMember -Function '*-Cs*'
