package io.understudy.run;

import static io.understudy.run.SampleRuns.line;
import static io.understudy.run.SampleRuns.opened;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditEvent;
import io.understudy.decision.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RunStore} does, apart from leases: those are in {@link RunStoreContract}, which
 * extends this.
 */
public abstract class RunRecordContract {

    protected static final Duration LONG = Duration.ofHours(1);
    protected static final Optional<Lease> NOBODY = Optional.empty();

    /** The same empty store during one test, another for the next. */
    protected abstract RunStore store();

    /** What is in the audit, oldest first. */
    protected abstract List<AuditEvent> audited();

    @Test
    void aRunIsFoundAsItWasOpened() {
        Run run = opened("r1", 0);
        store().open(
                        run,
                        Set.of("store:be1"),
                        List.of(line(JournalEntry.Kind.OPENED, 0, "opened")));

        assertEquals(Optional.of(run), store().find("r1"));
        assertEquals(List.of(run), store().open());
        assertEquals(
                List.of(line(JournalEntry.Kind.OPENED, 0, "opened")), store().journal("r1", 0));
        assertEquals(Optional.empty(), store().find("r2"));
    }

    @Test
    void openRunsAreListedOldestFirstAndEndedOnesNot() {
        open("r2", 2);
        open("r1", 1);
        open("r3", 3);
        end("r2", RunState.SUCCEEDED, SampleRuns.OPENED_AT);

        assertEquals(List.of("r1", "r3"), ids(store().open()));
    }

    @Test
    void runsAreListedNewestFirstPageByPage() {
        IntStream.rangeClosed(1, 5).forEach(i -> open("r" + i, i));

        assertEquals(List.of("r5", "r4"), ids(store().newest(2, Optional.empty())));
        assertEquals(List.of("r3", "r2"), ids(store().newest(2, Optional.of("r4"))));
        assertEquals(List.of("r1"), ids(store().newest(2, Optional.of("r2"))));
        assertEquals(List.of(), ids(store().newest(2, Optional.of("no such run"))));
    }

    @Test
    void runsThatEndedAreListedFromTheVeryInstantOn() {
        Instant at = Instant.parse("2026-11-21T12:00:00.000001Z");
        open("before", 0);
        open("at", 1);
        open("never", 2);
        end("before", RunState.FAILED, at.minusNanos(1));
        end("at", RunState.CANCELLED, at);

        assertEquals(List.of("at"), ids(store().endedSince(at)));
        assertEquals(List.of(), ids(store().endedSince(at.plusNanos(1))));
    }

    @Test
    void aLockHeldByAnotherOpenRunIsNamedWithoutItsHolderAndNothingIsTaken() {
        store().open(opened("r1", 0), Set.of("cms", "pool:a"), List.of());

        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () -> store().open(opened("r2", 1), Set.of("pool:a", "pool:b"), List.of()));

        assertEquals(RunRefusal.Reason.LOCKED, refusal.reason());
        assertTrue(refusal.getMessage().contains("pool:a"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("r1"), "whoever asks may not see that run");
        assertEquals(Optional.empty(), store().find("r2"));
        assertDoesNotThrow(() -> store().open(opened("r3", 2), Set.of("pool:b"), List.of()));
    }

    @Test
    void theEndOfARunFreesItsLocks() {
        store().open(opened("r1", 0), Set.of("pool:a"), List.of());
        end("r1", RunState.HANDED_OVER, SampleRuns.OPENED_AT);

        assertDoesNotThrow(() -> store().open(opened("r2", 1), Set.of("pool:a"), List.of()));
    }

    @Test
    void aChangeIsGivenTheNewestStateAndReturnsWhatItMade() {
        open("r1", 0);
        store().change("r1", NOBODY, run -> approval(run, "ann"));

        Run after = store().change("r1", NOBODY, run -> approval(run, "bob"));

        assertEquals(
                List.of("ann", "bob"), after.approvals().stream().map(Approval::actor).toList());
        assertEquals(Optional.of(after), store().find("r1"));
    }

    @Test
    void whatConcernsARunIsAuditedWithItAndItsStepsAreNot() {
        List<JournalEntry> opening = List.of(line(JournalEntry.Kind.OPENED, 0, "opened"));
        List<JournalEntry> acts =
                List.of(
                        line(JournalEntry.Kind.INTENT, 1, "about to act"),
                        line(JournalEntry.Kind.ASKED, 1, "what now?"));
        store().open(opened("r1", 0), Set.of(), opening);

        Run after = store().change("r1", NOBODY, run -> new RunStore.Change(run, acts));

        List<AuditEvent> expected = new ArrayList<>(RunAudit.of(after, opening));
        expected.addAll(RunAudit.of(after, acts));
        assertEquals(expected, audited());
        assertEquals(
                List.of("RUN_OPENED", "RUN_ASKED"),
                audited().stream().map(AuditEvent::action).toList());
    }

    @Test
    void aRefusedChangeChangesNothing() {
        open("r1", 0);
        RunRefusal no = new RunRefusal(RunRefusal.Reason.NOT_ALLOWED, "no", "ask another");

        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () ->
                                store().change(
                                                "r1",
                                                NOBODY,
                                                run -> {
                                                    throw no;
                                                }));

        assertEquals(RunRefusal.Reason.NOT_ALLOWED, refusal.reason());
        assertEquals("ask another", refusal.whatToDo());
        assertEquals(Optional.of(opened("r1", 0)), store().find("r1"));
        assertEquals(List.of(), store().journal("r1", 0));
        assertEquals(List.of(), audited());
    }

    @Test
    void aChangeOfARunThatIsNotThereIsRefused() {
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () -> store().change("r1", NOBODY, run -> approval(run, "ann")));

        assertEquals(RunRefusal.Reason.NOT_FOUND, refusal.reason());
    }

    @Test
    void theJournalKeepsItsOrderAndIsReadFromAnyLineOn() {
        store().open(opened("r1", 0), Set.of(), List.of(line(JournalEntry.Kind.OPENED, 0, "0")));
        open("r2", 1);
        for (int i = 1; i < 6; i += 2) {
            List<JournalEntry> two = List.of(approval(i), approval(i + 1));
            store().change("r1", NOBODY, run -> new RunStore.Change(run, two));
            store().change("r2", NOBODY, run -> approval(run, "elsewhere"));
        }

        assertEquals(List.of("0", "1", "2", "3", "4", "5", "6"), messages("r1", 0));
        assertEquals(List.of("4", "5", "6"), messages("r1", 4));
        assertEquals(List.of(), messages("r1", 7));
        assertEquals(List.of(), messages("no such run", 0));
    }

    @Test
    void twentyThatChangeARunAtOnceLoseNothing() throws Exception {
        open("r1", 0);

        Contention.of(20, i -> store().change("r1", NOBODY, run -> approval(run, "person-" + i)));

        List<String> actors =
                store().find("r1").orElseThrow().approvals().stream().map(Approval::actor).toList();
        assertEquals(20, Set.copyOf(actors).size());
        assertEquals(actors, messages("r1", 0));
    }

    @Test
    void ofTwentyThatWantOneLockOneGetsIt() throws Exception {
        List<Optional<RunRefusal.Reason>> answers =
                Contention.of(
                        20,
                        i -> {
                            try {
                                // other keys in opposite orders, as two pairs of pools have them
                                Set<String> locks = Set.of("cms", "pool:" + i, "pool:" + (19 - i));
                                store().open(opened("r" + i, i), locks, List.of());
                                return Optional.empty();
                            } catch (RunRefusal refusal) {
                                return Optional.of(refusal.reason());
                            }
                        });

        assertEquals(1, answers.stream().filter(Optional::isEmpty).count());
        assertTrue(
                answers.stream()
                        .flatMap(Optional::stream)
                        .allMatch(RunRefusal.Reason.LOCKED::equals));
        assertEquals(1, store().open().size());
    }

    protected final void open(String id, int minute) {
        store().open(opened(id, minute), Set.of("lock of " + id), List.of());
    }

    protected final void end(String id, RunState state, Instant at) {
        store().change(
                        id,
                        NOBODY,
                        run -> new RunStore.Change(SampleRuns.ended(run, state, at), List.of()));
    }

    protected final List<String> messages(String id, int from) {
        return store().journal(id, from).stream().map(JournalEntry::message).toList();
    }

    private static RunStore.Change approval(Run run, String actor) {
        return new RunStore.Change(
                SampleRuns.approved(run, actor),
                List.of(line(JournalEntry.Kind.APPROVED, 0, actor)));
    }

    private static JournalEntry approval(int number) {
        return line(JournalEntry.Kind.APPROVED, 0, Integer.toString(number));
    }

    private static List<String> ids(List<Run> runs) {
        return new ArrayList<>(runs.stream().map(Run::id).toList());
    }
}
