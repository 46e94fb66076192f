package io.understudy.adapter.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.runbook.Action;
import java.util.List;

/** Gives orders to a twin and holds each answer against what was rehearsed, and what it did. */
record TwinOrders(TwinBench bench) {

    /** Carried out, with one line in the log of effects, and there afterwards. */
    void done(Action action) {
        List<Effect> before = bench.twin.effects();
        StepCall call = bench.call(action);
        TwinState untouched = bench.twin.state();
        Rehearsal rehearsal = bench.executor.rehearse(call);
        assertEquals(Rehearsal.Verdict.WOULD_ACT, rehearsal.verdict(), rehearsal.message());
        assertEquals(untouched, bench.twin.state(), "a rehearsal changes nothing");
        StepOutcome outcome = bench.executor.act(call, Progress.UNHEARD);
        assertInstanceOf(StepOutcome.Done.class, outcome, outcome.message());
        List<Effect> after = bench.twin.effects();
        assertEquals(before.size() + 1, after.size(), "one effect of " + action);
        assertEquals(action, after.getLast().action());
        there(action);
    }

    /** There already: whatever acting again answers, it has no effect. */
    void there(Action action) {
        StepCall call = bench.call(action);
        assertEquals(Presence.DONE, bench.executor.check(call), () -> "not there: " + action);
        assertEquals(Rehearsal.Verdict.ALREADY_DONE, bench.executor.rehearse(call).verdict());
        List<Effect> before = bench.twin.effects();
        bench.executor.act(call, Progress.UNHEARD);
        assertEquals(before, bench.twin.effects(), "nothing was left to do");
    }

    void refused(Action action, String because) {
        unchanged(StepOutcome.Refused.class, action, because);
        assertEquals(Presence.NOT_DONE, bench.executor.check(bench.call(action)));
    }

    void later(Action action, String because) {
        unchanged(StepOutcome.Retryable.class, action, because);
    }

    void never(Action action, String because) {
        unchanged(StepOutcome.Fatal.class, action, because);
        assertEquals(Presence.CANNOT_TELL, bench.executor.check(bench.call(action)));
    }

    private void unchanged(Class<? extends StepOutcome> kind, Action action, String because) {
        StepCall call = bench.call(action);
        List<Effect> before = bench.twin.effects();
        Rehearsal rehearsal = bench.executor.rehearse(call);
        assertEquals(Rehearsal.Verdict.WOULD_BE_REFUSED, rehearsal.verdict());
        StepOutcome outcome = bench.executor.act(call, Progress.UNHEARD);
        assertInstanceOf(kind, outcome, outcome.message());
        assertTrue(outcome.message().contains(because), outcome.message());
        assertTrue(rehearsal.message().startsWith(outcome.message()), rehearsal.message());
        assertEquals(before, bench.twin.effects());
    }
}
