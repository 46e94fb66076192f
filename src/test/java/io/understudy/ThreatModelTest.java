package io.understudy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/threat-model.md says is shown by a test, is. */
class ThreatModelTest {

    private static final Path PAGE = Path.of("docs", "threat-model.md");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            there =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java"))
                            .map(name -> name.substring(0, name.length() - ".java".length()))
                            .collect(Collectors.toSet());
        }
        Set<String> missing = named(Files.readString(PAGE));
        assertTrue(missing.size() >= 20, "it names only " + missing);
        missing.removeAll(there);
        assertEquals(Set.of(), missing, PAGE + " names tests that do not exist");
    }

    @Test
    void everyRowOfAThreatNamesATest() throws IOException {
        Set<String> without = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            boolean threat = line.matches("\\| T\\d+ \\|.*");
            if (threat && named(line).isEmpty()) {
                without.add(line);
            }
        }
        assertEquals(Set.of(), without);
    }

    private static Set<String> named(String text) {
        return TEST.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
