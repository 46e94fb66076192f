package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.ExportStatus;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One twin, as several processes have it. */
class SharedTwinsTest {

    private Instant now = TwinBench.START;
    private final PartsStore store = new PartsStore();
    private final Twin here = twin(TwinBench.estate(true, 3));
    private final Twin there = twin(TwinBench.estate(true, 3));

    private Twin twin(Estate estate) {
        return new Twin(estate, TwinSettings.DEFAULT, () -> now, store);
    }

    private static StepCall call(Action action, int attempt, long token) {
        return new StepCall(
                "r", 1, attempt, token, action, Optional.empty(), Duration.ofMinutes(1));
    }

    private SimulatorExecutor executor(Twin twin) {
        return new SimulatorExecutor(twin, time -> now = now.plus(time));
    }

    private static Status seen(Twin twin, ComponentId component) {
        return new SimulatorProbe(twin).read(TwinBench.LISBON, component).status();
    }

    @Test
    void whatIsNewInTheEstateIsWellAlthoughTimePassesWhileItIsFitted() {
        AtomicLong ticks = new AtomicLong();
        Twin twin =
                new Twin(
                        TwinBench.estate(false, 3),
                        TwinSettings.DEFAULT,
                        () -> TwinBench.START.plusMillis(ticks.incrementAndGet()),
                        new PartsStore());

        PoolNow pool = twin.state().pools().get(TwinBench.POOL1);

        assertEquals(ExportStatus.STEADY_STATE, pool.exportStatus());
        assertTrue(pool.lastSteadyAt().isAfter(TwinBench.START));
    }

    @Test
    void aFaultSetHereHoldsThereAndIsClearedThere() {
        String id = here.inject(new Fault.Kill(TwinBench.P));
        assertEquals(here.faults(), there.faults());
        assertEquals(Status.DOWN, seen(there, TwinBench.P));
        assertTrue(there.clear(id));
        assertEquals(Map.of(), here.faults());
        assertEquals(Status.UP, seen(here, TwinBench.P));
    }

    @Test
    void whatIsCarriedOutHereIsDoneThereAndLoggedOnce() {
        StepCall call = call(TwinBench.toMirror(false), 1, 1);
        assertInstanceOf(StepOutcome.Done.class, executor(here).act(call, Progress.UNHEARD));
        assertEquals(Presence.DONE, executor(there).check(call));
        executor(there).act(call(TwinBench.toMirror(false), 2, 1), Progress.UNHEARD);
        assertEquals(1, store.log.size());
        assertEquals(1, store.log.getFirst().attempt());
    }

    @Test
    void anOlderTokenThanWasSeenThereIsRefusedHere() {
        executor(there).act(call(TwinBench.toMirror(false), 1, 9), Progress.UNHEARD);
        StepOutcome late =
                executor(here).act(call(TwinBench.toMirror(false), 2, 8), Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Refused.class, late);
    }

    @Test
    void anOrderThatWasOvertakenByAnotherTokenDoesNotEnd() {
        StepCall call = call(TwinBench.toMirror(false), 1, 1);
        SimulatorExecutor overtaken =
                new SimulatorExecutor(
                        here,
                        time -> {
                            now = now.plus(time);
                            executor(there)
                                    .act(call(TwinBench.toMirror(false), 2, 2), Progress.UNHEARD);
                        });
        assertInstanceOf(StepOutcome.Refused.class, overtaken.act(call, Progress.UNHEARD));
        assertEquals(List.of(2L), store.log.stream().map(Effect::token).distinct().toList());
    }

    @Test
    void whatTimeAloneBringsIsTheSameForEverybodyAndNotWritten() {
        here.inject(new Fault.Kill(TwinBench.P));
        int writes = store.written.size();
        now = now.plusSeconds(12);
        assertEquals(here.state(), there.state());
        assertEquals(Status.UP, seen(there, TwinBench.STORE));
        assertEquals(writes, store.written.size());
    }

    @Test
    void aChangeWritesWhatItChangesAndNotTheEstate() {
        now = now.plusSeconds(60);
        here.inject(new Fault.Slow(TwinBench.STORE));
        assertEquals(2, store.written.getLast(), "the fault, and the head");
    }

    @Test
    void whoComesLaterFindsTheTwinAsItIs() {
        LongStream.range(0, 12).forEach(_ -> here.inject(new Fault.Slow(TwinBench.STORE)));
        here.inject(new Fault.Kill(ComponentId.parse("site:redmond")));
        executor(here).act(call(TwinBench.moveCms(true), 1, 3), Progress.UNHEARD);
        now = now.plusSeconds(40);
        Twin later = twin(TwinBench.estate(true, 3));
        assertEquals(here.state(), later.state());
        assertEquals(List.copyOf(here.faults().keySet()), List.copyOf(later.faults().keySet()));
    }

    @Test
    void aTwinOfEverythingIsReadInPartsAsItWasWritten() {
        TwinState state = TwinBench.wide().twin.state();
        TwinState empty = TwinState.empty(TwinBench.START);
        assertEquals(state, TwinParts.changed(empty, TwinParts.difference(empty, state)));
    }

    @Test
    void aTwinFollowsItsEstate() {
        here.inject(new Fault.Kill(TwinBench.P));
        here.follow(TwinBench.estate(false, 5));
        there.follow(TwinBench.estate(false, 5));
        assertEquals(8, there.state().frontEnds().size());
        assertEquals(Status.DOWN, seen(there, TwinBench.P));
    }

    @Test
    void whatCannotBeKeptDoesNotHappen() {
        Twin twin =
                new Twin(
                        TwinBench.estate(true, 3),
                        TwinSettings.DEFAULT,
                        () -> now,
                        _ -> {
                            throw new UncheckedIOException(new IOException("disk full"));
                        });
        assertThrows(UncheckedIOException.class, () -> twin.inject(new Fault.Kill(TwinBench.P)));
        assertEquals(Map.of(), twin.faults());
    }
}
