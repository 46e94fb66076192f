package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/decision-table.md is what the code says and does. To write it anew: {@code ./mvnw test
 * -Dtest=DecisionTablePageTest -Ddocs.write=true}.
 */
class DecisionTablePageTest {

    private static final Path PAGE = Path.of("docs", "decision-table.md");

    @Test
    void thePageSaysWhatTheTableSaysAndWhatTheDeciderDoes() throws IOException {
        String page = TablePage.markdown();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(
                page,
                Files.readString(PAGE),
                "the page is out of date: run this test with -Ddocs.write=true and commit the page");
    }
}
