# What every script is run by, version 1: the job protocol, messages, and what error records mean.
# The operation's own functions follow below it, and then Start-Understudy.
param([Parameter(Mandatory = $true)] $Envelope)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$OnWindows = ($PSVersionTable.PSEdition -ne 'Core') -or $IsWindows

# One message for Understudy, a line of ASCII whatever the console's code page is.
function Write-Message {
    param([string] $Kind, [hashtable] $Content)
    $Content['kind'] = $Kind
    $json = ConvertTo-Json -InputObject $Content -Compress -Depth 8
    $ascii = [regex]::Replace($json, '[^\x20-\x7e]', { param($found) '\u{0:x4}' -f [int][char]$found.Value })
    [Console]::Out.WriteLine('#understudy ' + $ascii)
    [Console]::Out.Flush()
}

# Text in one line and no longer than allowed.
function Get-Line {
    param([string] $Text, [int] $Limit)
    $line = ($Text -replace '\s+', ' ').Trim()
    if ($line.Length -gt $Limit) { $line = $line.Substring(0, $Limit) + ' (cut)' }
    return $line
}

# What an action is told, as parameters to be splatted.
function Get-OrderParameters {
    $parameters = @{}
    foreach ($property in $Envelope.parameters.psobject.Properties) {
        $parameters[$property.Name] = $property.Value
    }
    return $parameters
}

function Import-ManagementShell {
    foreach ($module in $Envelope.modules) {
        if (Get-Module -ListAvailable -Name $module) {
            Import-Module -Name $module -Verbose:$false
            return
        }
    }
    throw "none of the modules $($Envelope.modules -join ', ') is installed here"
}

# From an error record to what it means: category, id, message, what to do.
function Get-Meaning {
    param($Record)
    $types = @()
    for ($cause = $Record.Exception; $cause; $cause = $cause.InnerException) { $types += $cause.GetType().Name }
    $message = [string]$Record.Exception.Message
    $all = "$message $($Record.Exception.InnerException.Message) $($Record.FullyQualifiedErrorId)"
    $rows = @(Get-KnownErrors) + @(
        @{ Category = 'NOT_PERMITTED'; Pattern = 'access is denied|not authorized|unauthorized|permission|not a member'
            WhatToDo = 'let the account be a member of RTCUniversalServerAdmins and CsAdministrator, elevated' },
        @{ Category = 'TIMED_OUT'; Pattern = 'timed out|timeout expired|TimeoutException'
            WhatToDo = 'see whether it took effect before it is given again' },
        @{ Category = 'UNREACHABLE'; Pattern = 'RPC server is unavailable|could not be reached|cannot connect|unable to connect|network path was not found|server was not found or was not accessible|EndpointNotFoundException|SocketException'
            WhatToDo = 'see to the server that the message names, and to the network in between' },
        @{ Category = 'FAILED'; Pattern = 'CommandNotFoundException|none of the modules'
            WhatToDo = 'install the administrative tools of the product on the management server' })
    $found = $rows | Where-Object { "$all $types" -match $_.Pattern } | Select-Object -First 1
    if (-not $found) { $found = @{ Category = 'FAILED'; WhatToDo = 'see the message and the report of the cmdlet' } }
    return @{
        category = $found.Category
        errorId = [string]$Record.FullyQualifiedErrorId
        message = Get-Line -Text $message -Limit $Envelope.lineLimit
        whatToDo = $found.WhatToDo
    }
}

# Whether the effect holds; what cannot be looked at cannot be told.
function Get-Presence {
    $parameters = Get-OrderParameters
    try {
        $seen = Test-Operation @parameters | Select-Object -Last 1
        return @{ presence = [string]$seen.Presence; evidence = Get-Line -Text $seen.Evidence -Limit $Envelope.lineLimit }
    } catch {
        $meaning = Get-Meaning -Record $_
        return @{ presence = 'CANNOT_TELL'; evidence = "$($meaning.category): $($meaning.message)" }
    }
}

# Runs the operation; -Tell hears every line that it says.
function Invoke-Watched {
    param([scriptblock] $Tell, [switch] $Rehearse)
    $parameters = Get-OrderParameters
    $warnings = New-Object System.Collections.ArrayList
    $evidence = New-Object System.Collections.ArrayList
    $failure = $null
    try {
        Invoke-Operation @parameters -Rehearse:$Rehearse 3>&1 4>&1 | ForEach-Object {
            $text = Get-Line -Text ([string]$_) -Limit $Envelope.lineLimit
            if ($_ -is [System.Management.Automation.WarningRecord]) {
                [void]$warnings.Add($text)
                & $Tell "WARNING: $text"
            } elseif ($_ -is [System.Management.Automation.VerboseRecord]) {
                & $Tell $text
            } elseif ($evidence.Count -lt 20) {
                [void]$evidence.Add($text)
            }
        }
    } catch {
        $failure = Get-Meaning -Record $_
    }
    return @{ failure = $failure; warnings = @($warnings | Select-Object -First 20); said = ($evidence -join '; ') }
}

# Runs the operation and looks at its effect: the one result.
function Get-Result {
    param([scriptblock] $Tell)
    $run = Invoke-Watched -Tell $Tell
    $seen = Get-Presence
    $result = @{ result = 'DONE'; category = ''; errorId = ''; message = $run.said; whatToDo = ''
        presence = $seen.presence; evidence = $seen.evidence; warnings = $run.warnings }
    if ($run.failure) {
        $result.result = 'FAILED'
        foreach ($key in @($run.failure.Keys)) { $result[$key] = $run.failure[$key] }
        if ($result.category -eq 'ALREADY_DONE') { $result.result = 'DONE' }
    }
    return $result
}

# Where the orders lie; only administrators and the account itself may look in.
function Get-OrdersDirectory {
    $base = [string]$Envelope.directory
    if (-not $base) {
        if ($OnWindows) { $base = Join-Path $env:ProgramData 'Understudy' } else { $base = Join-Path $HOME '.understudy' }
    }
    if (-not (Test-Path -LiteralPath $base)) {
        [void](New-Item -ItemType Directory -Path $base -Force)
        if ($OnWindows) {
            $rights = New-Object System.Security.AccessControl.DirectorySecurity
            $rights.SetAccessRuleProtection($true, $false)
            $me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
            foreach ($sid in @('S-1-5-32-544', 'S-1-5-18', $me)) {
                $who = New-Object System.Security.Principal.SecurityIdentifier($sid)
                $rule = New-Object System.Security.AccessControl.FileSystemAccessRule($who, 'FullControl', 'ContainerInherit,ObjectInherit', 'None', 'Allow')
                $rights.AddAccessRule($rule)
            }
            Set-Acl -LiteralPath $base -AclObject $rights
        } else {
            & chmod 700 $base
        }
    }
    return $base
}

# Remembers the newest token of the run; false when this one is older.
function Test-Token {
    param([string] $Base)
    $path = Join-Path $Base "$($Envelope.run).token"
    for ($try = 0; $try -lt 100; $try++) {
        try {
            $file = [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None')
            break
        } catch [IO.IOException] {
            Start-Sleep -Milliseconds 100
        }
    }
    if (-not $file) { throw "the token of the run cannot be read: $path is in use" }
    try {
        $bytes = New-Object byte[] 32
        $count = $file.Read($bytes, 0, 32)
        $seen = [long]0
        [void][long]::TryParse([Text.Encoding]::ASCII.GetString($bytes, 0, $count), [ref]$seen)
        if ([long]$Envelope.token -lt $seen) { return $false }
        $bytes = [Text.Encoding]::ASCII.GetBytes([string][long]$Envelope.token)
        $file.SetLength(0)
        $file.Write($bytes, 0, $bytes.Length)
        return $true
    } finally {
        $file.Dispose()
    }
}

function Get-Superseded {
    return @{ result = 'FAILED'; category = 'REFUSED'; errorId = 'OlderToken'; presence = 'CANNOT_TELL'; evidence = ''
        warnings = @(); message = "token $($Envelope.token) of run $($Envelope.run) is older than one seen already"
        whatToDo = "let the run's present owner go on" }
}

# A file that appears whole, or not at all where there is one already.
function Write-Once {
    param([string] $Path, [string] $Text)
    $draft = "$Path.$PID"
    [IO.File]::WriteAllText($draft, $Text)
    try {
        [IO.File]::Move($draft, $Path)
        return $true
    } catch [IO.IOException] {
        [IO.File]::Delete($draft)
        return $false
    }
}

function Write-Result {
    param([string] $Directory, [hashtable] $Result)
    [void](Write-Once -Path (Join-Path $Directory 'result.json') -Text (ConvertTo-Json -InputObject $Result -Compress -Depth 8))
}

# STARTING, RUNNING, ENDED, or DEAD: its process is gone and there is no result.
function Get-JobState {
    param([string] $Directory)
    $ended = Join-Path $Directory 'result.json'
    if (Test-Path -LiteralPath $ended) { return 'ENDED' }
    $claim = Join-Path $Directory 'claim'
    if (-not (Test-Path -LiteralPath $claim)) { return 'STARTING' }
    $parts = [IO.File]::ReadAllText($claim).Split(';')
    $process = Get-Process -Id ([int]$parts[0]) -ErrorAction SilentlyContinue
    if ($process) {
        # of another account's process no start is told: then it counts as ours
        $start = $process.StartTime
        if (-not $start -or [string]$start.ToUniversalTime().Ticks -eq $parts[1]) { return 'RUNNING' }
    }
    if (Test-Path -LiteralPath $ended) { return 'ENDED' }
    return 'DEAD'
}

# A process of its own that outlives this session: WMI starts it outside of the session's job object.
function Start-Detached {
    param([string] $Directory)
    $launcher = '$e = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText([IO.Path]::Combine([Environment]::CurrentDirectory, ''envelope.json''))); & ([scriptblock]::Create($e.script)) $e'
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($launcher))
    $shell = (Get-Process -Id $PID).Path
    $options = @('-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded)
    if ($OnWindows) {
        $options = @('-ExecutionPolicy', 'Bypass') + $options
        $line = '"' + $shell + '" ' + ($options -join ' ')
        $made = Invoke-CimMethod -ClassName 'Win32_Process' -MethodName 'Create' -Arguments @{ CommandLine = $line; CurrentDirectory = $Directory }
        if ($made.ReturnValue -ne 0) { throw "Win32_Process.Create answered $($made.ReturnValue)" }
    } else {
        $all = @('--', $shell) + $options
        Start-Process -FilePath 'setsid' -ArgumentList $all -WorkingDirectory $Directory -RedirectStandardInput '/dev/null' -RedirectStandardOutput (Join-Path $Directory 'output') -RedirectStandardError (Join-Path $Directory 'errors')
    }
}

# The directory of the order: of an earlier attempt that still runs, else of this one, begun if it is new.
function Open-Order {
    param([string] $Base)
    $step = "$($Envelope.run).$($Envelope.step)"
    foreach ($other in @(Get-ChildItem -LiteralPath $Base -Directory -Filter "$step.*")) {
        if (@('STARTING', 'RUNNING') -contains (Get-JobState -Directory $other.FullName)) {
            return @{ directory = $other.FullName; joined = $true }
        }
    }
    $directory = Join-Path $Base "$step.$($Envelope.attempt)"
    [void](New-Item -ItemType Directory -Path $directory -Force)
    if (-not (Write-Once -Path (Join-Path $directory 'order') -Text ([string]$Envelope.operation))) {
        return @{ directory = $directory; joined = $true }
    }
    $job = $Envelope | Select-Object -Property '*'
    $job.mode = 'job'
    [IO.File]::WriteAllText((Join-Path $directory 'envelope.json'), (ConvertTo-Json -InputObject $job -Compress -Depth 8))
    try {
        Start-Detached -Directory $directory
    } catch {
        Stop-Starting -Directory $directory -Why ([string]$_)
    }
    return @{ directory = $directory; joined = $false }
}

# Makes sure that what has not started never will.
function Stop-Starting {
    param([string] $Directory, [string] $Why)
    if (Write-Once -Path (Join-Path $Directory 'claim') -Text '-1;0') {
        Write-Result -Directory $Directory -Result @{ result = 'NOT_STARTED'; category = 'FAILED'; errorId = 'NotStarted'
            message = "no process could be started for it: $Why"; whatToDo = 'see whether the account may start processes'
            presence = 'NOT_DONE'; evidence = ''; warnings = @() }
    }
}

# Tells what the job says from a line on, and at last its result.
function Watch-Order {
    param([string] $Directory)
    $log = Join-Path $Directory 'progress'
    $told = [int]$Envelope.heard
    $began = [DateTime]::UtcNow
    $beat = $began
    do {
        $state = Get-JobState -Directory $Directory
        if (Test-Path -LiteralPath $log) {
            $lines = @(Get-WholeLines -Path $log)
            for (; $told -lt $lines.Count; $told++) { Write-Message -Kind 'progress' -Content @{ number = $told + 1; text = $lines[$told] } }
        }
        $now = [DateTime]::UtcNow
        if ($state -eq 'STARTING' -and ($now - $began).TotalSeconds -gt [int]$Envelope.startSeconds) {
            Stop-Starting -Directory $Directory -Why "it has not begun after $($Envelope.startSeconds) s"
        }
        if ($state -eq 'STARTING' -or $state -eq 'RUNNING') {
            if (($now - $beat).TotalSeconds -ge 10) {
                $beat = $now
                Write-Message -Kind 'beat' -Content @{}
            }
            Start-Sleep -Milliseconds ([int]$Envelope.pollMillis)
        }
    } while (($state -eq 'STARTING' -or $state -eq 'RUNNING') -and ($now - $began).TotalSeconds -lt [int]$Envelope.limitSeconds)
    Write-End -Directory $Directory -State $state
}

function Write-End {
    param([string] $Directory, [string] $State)
    if ($State -eq 'ENDED') {
        $found = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText((Join-Path $Directory 'result.json')))
        $result = @{}
        foreach ($property in $found.psobject.Properties) { $result[$property.Name] = $property.Value }
        Write-Message -Kind 'result' -Content $result
    } elseif ($State -eq 'DEAD') {
        $seen = Get-Presence
        Write-Message -Kind 'result' -Content @{ result = 'DEAD'; category = 'FAILED'; errorId = 'JobDied'; whatToDo = 'see the management server: was it restarted?'
            message = 'its process ended without a result'; presence = $seen.presence; evidence = $seen.evidence; warnings = @() }
    } else {
        Write-Message -Kind 'result' -Content @{ result = 'UNDER_WAY'; category = ''; errorId = ''; whatToDo = ''
            message = 'it goes on'; presence = 'UNDER_WAY'; evidence = ''; warnings = @() }
    }
}

function Get-WholeLines {
    param([string] $Path)
    $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite')
    try {
        $reader = New-Object System.IO.StreamReader($file)
        $text = $reader.ReadToEnd()
    } finally {
        $file.Dispose()
    }
    $end = $text.LastIndexOf("`n")
    if ($end -lt 0) { return @() }
    return $text.Substring(0, $end).Split("`n")
}

# The detached process: claims the order, carries it out, leaves its result.
function Invoke-Job {
    $directory = [Environment]::CurrentDirectory
    $mine = "$PID;" + [string](Get-Process -Id $PID).StartTime.ToUniversalTime().Ticks
    if (-not (Write-Once -Path (Join-Path $directory 'claim') -Text $mine)) { return }
    try {
        if (-not (Test-Token -Base (Split-Path -Parent $directory))) {
            Write-Result -Directory $directory -Result (Get-Superseded)
            return
        }
        Import-ManagementShell
        $log = New-Object System.IO.StreamWriter([IO.File]::Open((Join-Path $directory 'progress'), 'Append', 'Write', 'Read'))
        $log.AutoFlush = $true
        $tell = { param($line) if ($script:lines -lt [int]$Envelope.progressLimit) { $script:lines++; $log.Write("$line`n") } }
        Write-Result -Directory $directory -Result (Get-Result -Tell $tell)
    } catch {
        $failure = Get-Meaning -Record $_
        $failure['result'] = 'FAILED'
        $failure['presence'] = 'CANNOT_TELL'
        $failure['evidence'] = ''
        $failure['warnings'] = @()
        Write-Result -Directory $directory -Result $failure
    }
}

function Start-Understudy {
    $script:lines = 0
    if ($Envelope.mode -eq 'job') {
        Invoke-Job
        return
    }
    Write-Message -Kind 'hello' -Content @{ version = [string]$PSVersionTable.PSVersion; computer = [Environment]::MachineName }
    try {
        switch ($Envelope.mode) {
            'act' { Invoke-Act }
            'check' { Invoke-Check }
            'rehearse' { Invoke-Rehearsal }
            'read' { Invoke-Read }
            default { throw "there is no mode $($Envelope.mode)" }
        }
    } catch {
        $failure = Get-Meaning -Record $_
        $failure['result'] = 'FAILED'
        $failure['presence'] = 'CANNOT_TELL'
        Write-Message -Kind 'result' -Content $failure
    }
}

function Invoke-Act {
    $base = Get-OrdersDirectory
    if (-not (Test-Token -Base $base)) {
        Write-Message -Kind 'result' -Content (Get-Superseded)
        return
    }
    $order = Open-Order -Base $base
    Write-Message -Kind 'job' -Content @{ joined = $order.joined; directory = $order.directory }
    Watch-Order -Directory $order.directory
}

# The job of the order says it, or one of an earlier attempt that still runs; else a look.
function Invoke-Check {
    $base = Get-OrdersDirectory
    foreach ($job in @(Get-ChildItem -LiteralPath $base -Directory -Filter "$($Envelope.run).$($Envelope.step).*")) {
        if (@('STARTING', 'RUNNING') -contains (Get-JobState -Directory $job.FullName)) {
            Write-End -Directory $job.FullName -State 'RUNNING'
            return
        }
    }
    $own = Join-Path $base "$($Envelope.run).$($Envelope.step).$($Envelope.attempt)"
    $ended = Join-Path $own 'result.json'
    if (Test-Path -LiteralPath $ended) {
        $known = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($ended))
        if ($known.result -eq 'DONE') {
            Write-End -Directory $own -State 'ENDED'
            return
        }
    }
    Import-ManagementShell
    $seen = Get-Presence
    Write-Message -Kind 'result' -Content @{ result = $seen.presence; category = ''; errorId = ''; message = ''; whatToDo = ''
        presence = $seen.presence; evidence = $seen.evidence; warnings = @() }
}

function Invoke-Rehearsal {
    Import-ManagementShell
    $seen = Get-Presence
    $run = @{ failure = $null; warnings = @(); said = '' }
    if ($seen.presence -ne 'DONE') {
        $script:number = 0
        $run = Invoke-Watched -Rehearse -Tell { param($line) $script:number++; Write-Message -Kind 'progress' -Content @{ number = $script:number; text = $line } }
    }
    $result = @{ result = 'REHEARSED'; category = ''; errorId = ''; message = $run.said; whatToDo = ''
        presence = $seen.presence; evidence = $seen.evidence; warnings = $run.warnings }
    if ($run.failure) {
        foreach ($key in @($run.failure.Keys)) { $result[$key] = $run.failure[$key] }
    }
    Write-Message -Kind 'result' -Content $result
}

function Invoke-Read {
    Import-ManagementShell
    $parameters = Get-OrderParameters
    $facts = Read-Facts @parameters
    Write-Message -Kind 'facts' -Content $facts
    Write-Message -Kind 'result' -Content @{ result = 'DONE'; category = ''; errorId = ''; message = ''; whatToDo = ''
        presence = ''; evidence = ''; warnings = @() }
}
