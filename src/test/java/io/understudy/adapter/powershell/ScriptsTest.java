package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.runbook.Operation;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptsTest {

    /** What cmd.exe, which a Windows SSH server may start us by, takes in one line is 8191. */
    private static final int MOST_ENCODED = 7_500;

    private static final Pattern CALL = Pattern.compile("\\b([A-Z][a-z]+-[A-Z][A-Za-z]+)\\b");

    /** The cmdlets of the product that the scripts may call. */
    private static final Set<String> PRODUCT =
            Set.of(
                    "Export-CsConfiguration",
                    "Export-CsRgsConfiguration",
                    "Get-CsBackupServiceStatus",
                    "Get-CsCallParkOrbit",
                    "Get-CsDatabaseMirrorState",
                    "Get-CsManagementConnection",
                    "Get-CsManagementStoreReplicationStatus",
                    "Get-CsPersistentChatState",
                    "Get-CsPoolBackupRelationship",
                    "Get-CsPoolFabricState",
                    "Get-CsRegistrarConfiguration",
                    "Get-CsRgsWorkflow",
                    "Get-CsService",
                    "Get-CsUnassignedNumber",
                    "Get-CsWindowsService",
                    "Import-CsConfiguration",
                    "Import-CsLisConfiguration",
                    "Import-CsRgsConfiguration",
                    "Invoke-CsBackupServiceSync",
                    "Invoke-CsDatabaseFailover",
                    "Invoke-CsManagementServerFailover",
                    "Invoke-CsManagementStoreReplication",
                    "Invoke-CsPoolFailBack",
                    "Invoke-CsPoolFailOver",
                    "Publish-CsLisConfiguration",
                    "Reset-CsPoolRegistrarState",
                    "Set-CsCallParkOrbit",
                    "Set-CsEdgeServer",
                    "Set-CsPersistentChatActiveServer",
                    "Set-CsPersistentChatState",
                    "Set-CsUnassignedNumber",
                    "Start-CsWindowsService");

    /** What PowerShell itself has, and the scripts may call. */
    private static final Set<String> SHELL =
            Set.of(
                    "ConvertFrom-Json",
                    "ConvertTo-Json",
                    "ForEach-Object",
                    "Get-ChildItem",
                    "Get-Module",
                    "Get-Process",
                    "Import-Module",
                    "Invoke-CimMethod",
                    "Invoke-Command",
                    "Join-Path",
                    "New-Item",
                    "New-Object",
                    "Select-Object",
                    "Set-Acl",
                    "Split-Path",
                    "Start-Process",
                    "Start-Sleep",
                    "Test-Path",
                    "Where-Object",
                    "Write-Verbose",
                    "Write-Warning");

    /** What a script brings for the runtime to call, each its own. */
    private static final Set<String> HOOKS =
            Set.of("Get-KnownErrors", "Invoke-Operation", "Read-Facts", "Test-Operation");

    static Stream<String> names() {
        return Stream.concat(
                Scripts.OPERATIONS.stream().map(Operation::setting).sorted(),
                Stream.of("read-pool", "read-server"));
    }

    @Test
    void theBootstrapFitsOnACommandLine() {
        assertTrue(Scripts.encoded(Scripts.BOOTSTRAP).length() < MOST_ENCODED);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyScriptCallsNothingButWhatIsAllowed(String name) {
        String text = code(Scripts.of(name).text());
        Set<String> own = new TreeSet<>();
        Matcher functions = Pattern.compile("(?m)^function ([A-Za-z-]+)").matcher(text);
        while (functions.find()) {
            own.add(functions.group(1));
        }
        Set<String> others = new TreeSet<>();
        Matcher calls = CALL.matcher(text);
        while (calls.find()) {
            others.add(calls.group(1));
        }
        others.removeAll(own);
        others.removeAll(HOOKS);
        others.removeAll(PRODUCT);
        others.removeAll(SHELL);
        assertEquals(Set.of(), others);
    }

    /** Without comments and what is only said. */
    private static String code(String text) {
        return text.replaceAll("(?m)^\\s*#.*$", "").replaceAll("'[^'\\n]*'", "''");
    }

    @ParameterizedTest
    @MethodSource("names")
    void noScriptRunsTextAsCodeNorLeavesAscii(String name) {
        String text = Scripts.of(name).text();
        assertFalse(
                Pattern.compile("(?i)Invoke-Expression|\\biex\\b|AddScript|NewScriptBlock")
                        .matcher(text)
                        .find());
        assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), "ASCII only");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyScriptHasItsFunctions(String name) {
        String text = Scripts.of(name).text();
        assertTrue(text.contains("function Get-KnownErrors"));
        if (name.startsWith("read-")) {
            assertTrue(text.contains("function Read-Facts"));
        } else {
            assertTrue(text.contains("function Invoke-Operation"));
            assertTrue(text.contains("function Test-Operation"));
            assertTrue(text.contains(name + ", version "), "its name and version");
        }
    }
}
