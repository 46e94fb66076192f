package io.understudy.control;

import static io.understudy.control.LoopBench.PRINCIPAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.estate.Estate;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every replica judges, one acts. */
class SharedEvaluationTest {

    private final LoopBench bench = new LoopBench();

    @Test
    void whoOnlyJudgesKnowsWhatIsDecidedAndDoesNothing() {
        fail();
        bench.loop.judge();

        assertEquals(
                Status.DOWN, bench.loop.present().orElseThrow().conditions().status(PRINCIPAL));
        assertEquals(1, bench.loop.present().orElseThrow().evaluation().decisions().size());
        assertEquals(List.of(), bench.runs.open());
        assertEquals(List.of(), bench.evaluations.saved);
        assertEquals(List.of(), bench.audit.events);
        assertTrue(bench.told.contains("no change"), bench.told::toString);
    }

    @Test
    void whoeverActsNextDoesWhatWasJudged() {
        fail();
        bench.loop.judge();
        bench.loop().tick();

        assertEquals(RunState.RUNNING, bench.onlyRun().state());
    }

    @Test
    void forHowLongARunIsMissingIsCountedByThoseWhoOnlyJudgeToo() {
        bench.mode = Mode.ADVISE;
        fail();
        bench.loop.tick();
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state());
        ControlLoop other = bench.loop();
        bench.settle(PRINCIPAL, Status.UP);
        other.judge();

        bench.clock.advance(LoopBench.WITHDRAW_AFTER);
        bench.say(PRINCIPAL, Status.UP);
        other.judge();
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state(), "it only judges");
        other.tick();
        assertEquals(RunState.CANCELLED, bench.onlyRun().state());
    }

    @Test
    void everySightlineIsInOneSliceAndTheNameOfASliceSaysWhich() {
        Estate estate = bench.estate.current().orElseThrow().body();
        var observer = bench.vantage.observers(estate).getFirst();
        for (var component : estate.components()) {
            Slice slice = Slice.with(observer, component, 4);
            assertTrue(Slice.all(List.of(observer), 4).contains(slice));
            assertEquals(slice, Slice.named(slice.name()).orElseThrow());
        }
        assertTrue(Slice.named("o-dublin 4/4").isEmpty());
        assertTrue(Slice.named("o-dublin").isEmpty());
    }

    private void fail() {
        bench.settle(PRINCIPAL, Status.UP);
        bench.clock.advance(Duration.ofSeconds(1));
        bench.settle(PRINCIPAL, Status.DOWN);
    }
}
