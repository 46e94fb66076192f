package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts as a real grammar of PowerShell reads them: syntax only, no meaning. */
@Timeout(300)
class ScriptGrammarTest {

    private static final Path PARSER = Path.of("src/test/powershell");

    @TempDir private Path directory;

    @BeforeAll
    static void needsTheGrammar() {
        assumeTrue(
                Files.isDirectory(PARSER.resolve("node_modules/tree-sitter-powershell")),
                "the grammar is not installed: run npm ci in " + PARSER);
    }

    @Test
    void everyScriptIsPowerShell() throws Exception {
        List<Path> files = new ArrayList<>();
        files.add(file("bootstrap", Scripts.BOOTSTRAP));
        for (String name : ScriptsTest.names().toList()) {
            files.add(file(name, Scripts.of(name).text()));
        }
        for (JsonNode parsed : parsed(files)) {
            assertEquals(0, parsed.path("errors").size(), parsed.toString());
            assertFalse(parsed.path("commands").toString().contains("Invoke-Expression"));
        }
    }

    @Test
    void whatIsNoPowerShellIsFound() throws Exception {
        List<Path> broken =
                List.of(
                        file("brace", "function A { Get-Process"),
                        file("text", "Write-Output 'open"),
                        file("bracket", "if ($a { 1 }"));
        for (JsonNode parsed : parsed(broken)) {
            assertFalse(parsed.path("errors").isEmpty(), parsed.toString());
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".ps1"), text);
    }

    private static List<JsonNode> parsed(List<Path> files) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "parse.cjs"));
        files.forEach(file -> command.add(file.toString()));
        Process node =
                new ProcessBuilder(command)
                        .directory(PARSER.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, node.waitFor(), answer);
        List<JsonNode> all = new ArrayList<>();
        for (String line : Stream.of(answer.split("\n")).filter(l -> !l.isBlank()).toList()) {
            all.add(Json.mapper().readTree(line));
        }
        assertEquals(files.size(), all.size());
        return all;
    }
}
