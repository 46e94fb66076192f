package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.access.SeenSignatures;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgSeenSignaturesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(600);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private SeenSignatures seen;

    @BeforeEach
    void open() {
        seen = new PgSeenSignatures(database.database());
    }

    @Test
    void aSignatureComesForTheFirstTimeOnce() {
        assertTrue(seen.first("dublin v1=00", UNTIL, NOW));
        assertFalse(seen.first("dublin v1=00", UNTIL, NOW));
        assertTrue(seen.first("lisbon v1=00", UNTIL, NOW));
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> replays =
                    Stream.<Callable<Boolean>>generate(() -> () -> seen.first("x", UNTIL, NOW))
                            .limit(8)
                            .toList();
            int firsts = 0;
            for (Future<Boolean> each : threads.invokeAll(replays)) {
                firsts += each.get() ? 1 : 0;
            }
            assertEquals(1, firsts);
        }
    }

    @Test
    void whatWouldBeTooOldIsForgotten() {
        for (int i = 0; i < 30; i++) {
            seen.first("old" + i, UNTIL, NOW);
        }
        for (int i = 0; i < 2; i++) {
            seen.first("new" + i, UNTIL.plusSeconds(600), UNTIL.plusSeconds(1));
        }
        assertEquals(
                2,
                database.database()
                        .<Integer>call(
                                "count",
                                s ->
                                        s.first(
                                                        "select count(*) from seen_signature",
                                                        row -> row.getInt(1))
                                                .orElseThrow()));
    }
}
