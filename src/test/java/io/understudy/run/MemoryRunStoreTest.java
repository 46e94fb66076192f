package io.understudy.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditEvent;
import io.understudy.audit.MemoryAudit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The double of other tests keeps the contract of the real store. */
class MemoryRunStoreTest extends RunStoreContract {

    private long nanos;
    private final MemoryAudit audit = new MemoryAudit();
    private RunStore store = new MemoryRunStore(() -> Instant.EPOCH);

    @BeforeEach
    void aClockThatGoesOn() {
        store = new MemoryRunStore(() -> Instant.EPOCH.plusNanos(nanos++), audit);
    }

    @Override
    protected RunStore store() {
        return store;
    }

    @Override
    protected List<AuditEvent> audited() {
        return audit.events;
    }

    @Test
    void endedLeasesLetAnotherTakeTheRunAtOnceWithAGreaterToken() {
        open("r1", 0);
        Lease old = store().acquire("r1", "a", LONG).orElseThrow();

        store().endLeases();

        assertTrue(store().acquire("r1", "b", LONG).orElseThrow().token() > old.token());
    }
}
