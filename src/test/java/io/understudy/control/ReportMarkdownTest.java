package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.FindingCode;
import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportMarkdownTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void whatPeopleHaveWrittenIsShownAndIsNoMarkup() {
        String words = "<img src=x onerror=y>\n# [x](javascript:z) `code` | \\[a\\](b)";
        String shown =
                "&lt;img src=x onerror=y&gt; # \\[x\\](javascript:z) \\`code\\` \\|"
                        + " \\\\\\[a\\\\\\](b)\n";
        String page =
                new IncidentReport(
                                new Incident(
                                        "i-1",
                                        ComponentId.parse("store:be1"),
                                        FindingCode.PRINCIPAL_LOST,
                                        AT,
                                        AT,
                                        Optional.empty()),
                                List.of(),
                                List.of(),
                                List.of(new IncidentReport.Line(AT, words)),
                                List.of(words),
                                List.of(words))
                        .markdown();
        assertTrue(page.contains("## Why\n\n- " + shown), page);
        assertTrue(page.contains("## Why not\n\n- " + shown), page);
        assertTrue(page.contains("## Timeline\n\n- " + AT + " " + shown), page);
    }
}
