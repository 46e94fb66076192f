$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$text = ''
try {
    for ($i = 0; $i -lt 1000; $i++) {
        $part = [Environment]::GetEnvironmentVariable("UNDERSTUDY_INPUT_$i")
        if ([string]::IsNullOrEmpty($part)) { break }
        $text += $part
        [Environment]::SetEnvironmentVariable("UNDERSTUDY_INPUT_$i", $null)
    }
    if ($text) {
        $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($text))
    } else {
        $text = @($input) -join ''
    }
    $envelope = ConvertFrom-Json -InputObject $text
    if ($envelope.protocol -ne 1) {
        throw "protocol $($envelope.protocol) is not known here, only 1"
    }
    $sha = [Security.Cryptography.SHA256]::Create()
    $bytes = [Text.Encoding]::UTF8.GetBytes([string]$envelope.script)
    $hash = [BitConverter]::ToString($sha.ComputeHash($bytes)).Replace('-', '')
    if ($hash -ne $envelope.sha256) {
        throw 'the script is not the one that its checksum names'
    }
    & ([scriptblock]::Create($envelope.script)) $envelope
} catch {
    $message = ([string]$_) -replace '[^ -~]', '?' -replace '["\\]', "'"
    [Console]::Out.WriteLine('#understudy {"kind":"broken","message":"' + $message + '"}')
    exit 3
}
