package io.understudy.simulation;

import io.understudy.adapter.spi.StepCall;
import io.understudy.decision.RunState;
import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sees everything that the database and the other side let happen, at the instant when it does, and
 * says at once when something is against product.md S8 to S10.
 */
final class Oracle {

    private final VirtualTime time;
    private final Chance chance;
    private final Tally tally;
    private final Map<String, History> histories = new LinkedHashMap<>();

    /** The last look of each replica at each run. */
    private final Map<String, StepCall> looks = new HashMap<>();

    private final Map<String, Long> acted = new HashMap<>();
    private final Map<String, Integer> effects = new HashMap<>();
    private final Set<String> orders = new HashSet<>();

    Oracle(VirtualTime time, Chance chance, Tally tally) {
        this.tally = tally;
        this.time = time;
        this.chance = chance;
    }

    static void require(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    /** S8: no two open runs have a lock in common. */
    void opened(Run run, Set<String> locks, List<JournalEntry> journal) {
        for (History other : histories.values()) {
            require(
                    !other.isOpen() || other.locks().stream().noneMatch(locks::contains),
                    () -> "S8: " + run.id() + " and " + other.run().id() + " both hold " + locks);
        }
        histories.put(run.id(), new History(run, locks, journal, tally));
    }

    void leased(Lease lease, Instant end) {
        history(lease.runId()).leased(lease, end, time.instant());
    }

    void released(Lease lease) {
        history(lease.runId()).released(lease);
    }

    void changed(Run after, List<JournalEntry> lines, Optional<Lease> lease) {
        history(after.id()).changed(after, lines, lease.map(Lease::token).orElse(0L));
        if (!lines.isEmpty() && after.state() == RunState.SUCCEEDED) {
            succeeded(after);
        }
    }

    private void succeeded(Run run) {
        for (Step step : run.runbook().steps()) {
            boolean acts = step.action() instanceof Action.ChangeNextHop;
            boolean done = run.steps().get(step.number() - 1).phase() == StepState.Phase.DONE;
            require(
                    !acts || !done || effects(run.id(), step.number()) > 0,
                    () -> "step " + step.number() + " of " + run.id() + " is done without effect");
        }
        require(
                histories.values().stream()
                        .map(History::run)
                        .filter(other -> !other.id().equals(run.id()))
                        .filter(other -> other.incident().equals(run.incident()))
                        .noneMatch(other -> other.state() == RunState.SUCCEEDED),
                () -> "two runs mended " + run.incident());
    }

    void looks(String replica, StepCall call) {
        looks.put(replica + " " + call.runId(), call);
    }

    /** S9: the intention is on disk, and it was looked whether it is needed. */
    void ordered(String replica, StepCall call) {
        requireIntent(call);
        require(
                call.equals(looks.get(replica + " " + call.runId())),
                () -> "S9: ordered without a look: " + call);
    }

    private void requireIntent(StepCall call) {
        require(
                history(call.runId()).intents(call.stepNumber()) >= call.attempt(),
                () -> "S9: no intention on disk of " + OtherSide.name(call));
    }

    /** What an order does begins on the other side; this one will take effect. */
    void effectBegins(StepCall call) {
        String order = OtherSide.name(call);
        requireIntent(call);
        long newest = acted.merge(call.runId(), call.fencingToken(), Math::max);
        require(newest == call.fencingToken(), () -> "S10: after " + newest + " acted " + order);
        require(
                orders.add(call.runId() + " " + call.stepNumber() + " " + call.attempt()),
                () -> "one order took effect twice: " + order);
        History history = history(call.runId());
        if (history.newest() != call.fencingToken()) {
            tally.count(Happening.EFFECT_FOR_A_FORMER_OWNER);
        }
        int before = effects(call.runId(), call.stepNumber());
        effects.put(call.runId() + " " + call.stepNumber(), before + 1);
        boolean repeatable = history.run().step(call.stepNumber()).repeatable();
        boolean strict = chance.weather().strict();
        require(
                (repeatable && !strict) || before <= history.repeats(call.stepNumber()),
                () -> "S9: took effect again, and nobody said so: " + order);
        require(
                !strict || history.wasAsked(call.stepNumber()) || isIntended(history.run(), call),
                () -> "S9: takes effect although its run is past it: " + order);
    }

    private static boolean isIntended(Run run, StepCall call) {
        return run.state() == RunState.RUNNING
                && run.current()
                        .filter(step -> step.number() == call.stepNumber())
                        .filter(step -> step.phase() == StepState.Phase.INTENDED)
                        .filter(step -> step.attempts() == call.attempt())
                        .isPresent();
    }

    private int effects(String run, int step) {
        return effects.getOrDefault(run + " " + step, 0);
    }

    private History history(String run) {
        History history = histories.get(run);
        if (history == null) {
            throw new AssertionError("there is no run " + run);
        }
        return history;
    }
}
