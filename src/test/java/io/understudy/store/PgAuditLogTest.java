package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditLog;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgAuditLogTest {

    private static final OptionalLong FROM_THE_END = OptionalLong.empty();

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private AuditLog log;

    @BeforeEach
    void open() {
        log = new PgAuditLog(database.database());
    }

    @Test
    void eventsAreReadAsTheyWereWrittenNewestFirst() {
        AuditEvent first = event("RUN_APPROVED", Map.of("run", "r1", "word", "\"ö\" \\ '; --"));
        AuditEvent second = event("ESTATE_CHANGED", Map.of());
        log.append(first);
        log.append(second);

        List<AuditLog.Entry> entries = log.newest(10, FROM_THE_END);

        assertEquals(List.of(new AuditLog.Entry(2, second), new AuditLog.Entry(1, first)), entries);
        assertEquals(List.of(entries.get(1)), log.newest(10, OptionalLong.of(2)));
        assertEquals(List.of(entries.get(0)), log.newest(1, FROM_THE_END));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"update audit set actor = 'nobody'", "delete from audit", "truncate audit"})
    void theDatabaseRefusesToChangeTheRecord(String change) {
        log.append(event("RUN_APPROVED", Map.of()));

        SQLException refusal = assertThrows(SQLException.class, () -> database.execute(change));

        assertTrue(refusal.getMessage().contains("never changed"), refusal.getMessage());
        assertEquals(
                List.of(new AuditLog.Entry(1, event("RUN_APPROVED", Map.of()))),
                log.newest(10, FROM_THE_END));
    }

    private static AuditEvent event(String action, Map<String, String> details) {
        return new AuditEvent(
                Instant.parse("2026-11-21T10:00:00.123456Z"), "ann", action, "run r1", details);
    }
}
