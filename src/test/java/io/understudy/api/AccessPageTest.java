package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/access.md is what the contract says, which {@link ContractTest} holds against
 * the code. To write it anew: {@code ./mvnw test -Dtest=AccessPageTest -Ddocs.write=true}.
 */
class AccessPageTest {

    private static final Path PAGE = Path.of("docs", "access.md");
    private static final String HEAD = "| Operation | Role | Scope |\n|---|---|---|\n";

    @Test
    void thePageSaysOfEveryOperationWhoMayAndWhere() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD) + HEAD.length();
        int end = page.indexOf("\n\n", start) + 1;
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, start) + rows() + page.substring(end));
        }
        assertEquals(
                List.of(rows().split("\n")),
                List.of(page.substring(start, end).split("\n")),
                "the page is out of date: run this test with -Ddocs.write=true and commit the"
                        + " page");
    }

    private static String rows() {
        return Contract.read().operations().stream()
                .map(o -> "| `%s` | %s | %s |\n".formatted(o.toString(), o.role(), o.scope()))
                .collect(Collectors.joining());
    }
}
