package io.understudy.run;

import io.understudy.adapter.spi.Probe;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.ComponentId;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import io.understudy.runbook.Action;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The other side of a run: what its steps change, seen by executor and probe alike. It knows what
 * really happened, whatever it answers.
 */
final class StagedWorld implements StepExecutor, Sight {

    /** What acting comes to. */
    enum Play {
        WORKS,
        /** It works and the answer is lost. */
        WORKS_UNSEEN,
        /** It does not work and the answer is lost. */
        LOST,
        RETRYABLE,
        REFUSED,
        FATAL,
        /** The executor says so, but nothing has changed. */
        CLAIMED,
        /** The answer is lost while it goes on: it works after some looks. */
        GOES_ON
    }

    private static final int LOOKS_UNDER_WAY = 3;

    final Map<Integer, Integer> effects = new HashMap<>();
    final Map<Integer, Deque<Play>> plays = new HashMap<>();
    final List<String> trace = new ArrayList<>();

    /** How many checks each step that goes on is still under way for. */
    final Map<Integer, Integer> underWay = new HashMap<>();

    /** What is said while a step acts. */
    final List<String> lines = new ArrayList<>();

    /** How many checks cannot be answered. */
    int blindChecks;

    /** Called before and after everything that crosses the border of the process. */
    Consumer<String> border = _ -> {};

    /** Called in the middle of acting. */
    Consumer<StepCall> meanwhile = _ -> {};

    private long newestToken;

    @Override
    public String name() {
        return "staged";
    }

    @Override
    public boolean supports(Action action) {
        return true;
    }

    @Override
    public Presence check(StepCall call) {
        border.accept("check " + call.stepNumber());
        trace.add("check " + call.stepNumber());
        Presence answer = blindChecks-- > 0 ? Presence.CANNOT_TELL : presence(call.stepNumber());
        border.accept("checked " + call.stepNumber());
        return answer;
    }

    private Presence presence(int step) {
        int left = underWay.getOrDefault(step, 0);
        if (left == 0) {
            return done(step) ? Presence.DONE : Presence.NOT_DONE;
        }
        underWay.put(step, left - 1);
        if (left == 1) {
            effects.merge(step, 1, Integer::sum);
        }
        return Presence.UNDER_WAY;
    }

    @Override
    public StepOutcome act(StepCall call, Progress progress) {
        border.accept("act " + call.stepNumber());
        if (call.fencingToken() < newestToken) {
            return new StepOutcome.Refused("an older token", "nothing");
        }
        newestToken = call.fencingToken();
        trace.add("act " + call.stepNumber());
        if (underWay.getOrDefault(call.stepNumber(), 0) > 0) {
            throw new AssertionError("step " + call.stepNumber() + " acts while it is under way");
        }
        lines.forEach(progress::said);
        meanwhile.accept(call);
        Deque<Play> script = plays.getOrDefault(call.stepNumber(), new ArrayDeque<>());
        Play play = script.isEmpty() ? Play.WORKS : script.poll();
        if (play == Play.WORKS || play == Play.WORKS_UNSEEN) {
            effects.merge(call.stepNumber(), 1, Integer::sum);
        }
        if (play == Play.GOES_ON) {
            underWay.put(call.stepNumber(), LOOKS_UNDER_WAY);
        }
        border.accept("acted " + call.stepNumber());
        return switch (play) {
            case WORKS, CLAIMED -> new StepOutcome.Done("done");
            case WORKS_UNSEEN, LOST, GOES_ON -> new StepOutcome.Uncertain("no answer in time");
            case RETRYABLE -> new StepOutcome.Retryable("busy");
            case REFUSED -> new StepOutcome.Refused("not now", "ask nicely");
            case FATAL -> new StepOutcome.Fatal("broken", "mend it");
        };
    }

    @Override
    public List<Probe.Reading> of(ComponentId component, Instant since) {
        border.accept("look at " + component);
        int step = Integer.parseInt(component.name().replaceAll("\\D", ""));
        Status status = done(step) ? Status.UP : Status.DOWN;
        return List.of(new Probe.Reading(status, new Facts.None(), "effect " + step));
    }

    boolean done(int step) {
        return effects.getOrDefault(step, 0) > 0;
    }
}
