package io.understudy.run;

import static io.understudy.run.SampleRuns.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RunStore} does, leases included: extend this one. A lease for {@link
 * Duration#ZERO} has expired as soon as it is taken, so no test waits.
 */
public abstract class RunStoreContract extends RunRecordContract {

    @Test
    void aFreeRunIsTakenByOneAndRefusedToOthers() {
        open("r1", 0);

        Lease lease = store().acquire("r1", "a", LONG).orElseThrow();

        assertEquals("r1", lease.runId());
        assertEquals("a", lease.holder());
        assertTrue(lease.token() > 0);
        assertEquals(Optional.empty(), store().acquire("r1", "b", LONG));
    }

    @Test
    void renewingKeepsTheTokenAndMovesTheEnd() {
        open("r1", 0);
        Lease first = store().acquire("r1", "a", LONG).orElseThrow();

        Lease second = store().acquire("r1", "a", LONG.multipliedBy(2)).orElseThrow();

        assertEquals(first.token(), second.token());
        assertTrue(second.until().isAfter(first.until()));
    }

    @Test
    void anExpiredLeaseIsTakenOverWithAGreaterTokenWhichShutsTheOldHolderOut() {
        open("r1", 0);
        Lease old = store().acquire("r1", "a", Duration.ZERO).orElseThrow();

        Lease taken = store().acquire("r1", "b", LONG).orElseThrow();

        assertTrue(taken.token() > old.token());
        assertEquals(Optional.empty(), store().acquire("r1", "a", LONG));
        assertLost(old);
        write(taken, "by the new owner");
        assertEquals(List.of("by the new owner"), messages("r1", 0));
    }

    @Test
    void anExpiredLeaseThatNobodyTookOverStillHolds() {
        open("r1", 0);
        Lease lease = store().acquire("r1", "a", Duration.ZERO).orElseThrow();

        write(lease, "nobody else acts on it");
        Lease again = store().acquire("r1", "a", LONG).orElseThrow();

        assertEquals(lease.token(), again.token());
    }

    @Test
    void aReleasedRunIsTakenAtOnceWithAGreaterToken() {
        open("r1", 0);
        Lease lease = store().acquire("r1", "a", LONG).orElseThrow();

        store().release(lease);
        Lease next = store().acquire("r1", "b", LONG).orElseThrow();

        assertTrue(next.token() > lease.token());
    }

    @Test
    void releasingALeaseThatWasTakenOverTakesNothingFromTheNewHolder() {
        open("r1", 0);
        Lease old = store().acquire("r1", "a", Duration.ZERO).orElseThrow();
        Optional<Lease> taken = store().acquire("r1", "b", LONG);

        store().release(old);

        assertTrue(taken.isPresent());
        assertEquals(Optional.empty(), store().acquire("r1", "c", LONG));
    }

    @Test
    void whatPeopleDoNeedsNoLeaseAndTakesNoneAway() {
        open("r1", 0);
        Lease lease = store().acquire("r1", "a", LONG).orElseThrow();

        store().change("r1", NOBODY, run -> change(run, 0, "cancel, please"));
        write(lease, "still mine");

        assertEquals(List.of("cancel, please", "still mine"), messages("r1", 0));
    }

    @Test
    void anEndedRunAndOneThatIsNotThereCannotBeTaken() {
        open("r1", 0);
        end("r1", RunState.SUCCEEDED, SampleRuns.OPENED_AT);

        assertEquals(Optional.empty(), store().acquire("r1", "a", LONG));
        assertEquals(Optional.empty(), store().acquire("r2", "a", LONG));
    }

    @Test
    void ofTwentyThatWantARunOneGetsIt() throws Exception {
        open("r1", 0);

        List<Optional<Lease>> answers =
                Contention.of(20, i -> store().acquire("r1", "process-" + i, LONG));

        assertEquals(1, answers.stream().flatMap(Optional::stream).count());
    }

    /** Leases that expire at once are taken over all the time; tokens order whoever writes. */
    @Test
    void noTokenHasTwoHoldersAndNoWriteComesAfterOneWithAGreaterToken() throws Exception {
        open("r1", 0);
        List<Lease> leases =
                Contention.<List<Lease>>of(
                                20,
                                i ->
                                        List.of(
                                                acquireAndWrite("process-" + i),
                                                acquireAndWrite("process-" + i)))
                        .stream()
                        .flatMap(List::stream)
                        .toList();

        var holders = new TreeMap<Long, String>();
        for (Lease lease : leases) {
            String other = holders.putIfAbsent(lease.token(), lease.holder());
            assertTrue(other == null || other.equals(lease.holder()), "two hold " + lease);
        }
        List<Long> written = store().journal("r1", 0).stream().map(JournalEntry::token).toList();
        assertEquals(written.stream().sorted().toList(), written);
        long first = holders.firstKey();
        assertEquals(first + holders.size() - 1, holders.lastKey(), "a token was skipped");
    }

    private Lease acquireAndWrite(String holder) {
        Lease lease = store().acquire("r1", holder, Duration.ZERO).orElseThrow();
        try {
            write(lease, holder);
        } catch (RunRefusal refusal) {
            assertEquals(RunRefusal.Reason.LEASE_LOST, refusal.reason());
        }
        return lease;
    }

    private void assertLost(Lease lease) {
        RunRefusal refusal = assertThrows(RunRefusal.class, () -> write(lease, "too late"));
        assertEquals(RunRefusal.Reason.LEASE_LOST, refusal.reason());
    }

    private void write(Lease lease, String message) {
        store().change(
                        lease.runId(),
                        Optional.of(lease),
                        run -> change(run, lease.token(), message));
    }

    private static RunStore.Change change(Run run, long token, String message) {
        return new RunStore.Change(run, List.of(line(JournalEntry.Kind.STARTED, token, message)));
    }
}
