package io.understudy.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The double of other tests keeps the contract of the real store. */
class MemoryRunStoreTest extends RunStoreContract {

    private long nanos;
    private RunStore store = new MemoryRunStore(() -> Instant.EPOCH);

    @BeforeEach
    void aClockThatGoesOn() {
        store = new MemoryRunStore(() -> Instant.EPOCH.plusNanos(nanos++));
    }

    @Override
    protected RunStore store() {
        return store;
    }

    @Test
    void endedLeasesLetAnotherTakeTheRunAtOnceWithAGreaterToken() {
        open("r1", 0);
        Lease old = store().acquire("r1", "a", LONG).orElseThrow();

        store().endLeases();

        assertTrue(store().acquire("r1", "b", LONG).orElseThrow().token() > old.token());
    }
}
