package io.understudy.replay;

import io.understudy.decision.Evaluation;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Policy;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.ComponentHealth;
import io.understudy.health.Conditions;
import io.understudy.health.Observation;
import io.understudy.health.ObserverView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Goes through what was heard in the order of time, as the service does live, and evaluates
 * whenever something could have changed.
 *
 * <p>That is at every statement that says something new, when runs begin and end, and in between at
 * least once a {@link Pace#pulse}: deadlines pass and statements grow stale without anybody saying
 * anything. When a change was not there before and is there now, the moment of it is searched for
 * to the nanosecond. What time alone brings about and undoes again between two pulses is missed.
 */
final class Walk {

    /** What is there to be known and decided by. */
    record World(Estate estate, Policy policy, Function<Snapshot, Evaluation> decide) {}

    /**
     * How much is looked at.
     *
     * @param pulse the longest time between two evaluations
     * @param mostEvaluations more than these are refused
     * @param mostMoments more changes than these are refused
     */
    record Pace(Duration pulse, int mostEvaluations, int mostMoments) {}

    private final World world;
    private final Pace pace;
    private final Map<ComponentId, ComponentHealth> health = new HashMap<>();
    private final List<Moment> moments = new ArrayList<>();
    private List<RecordedRun> runs;
    private Optional<Instant> last = Optional.empty();
    private List<String> essence = List.of();
    private int evaluations;

    Walk(World world, List<RecordedRun> runs, Pace pace) {
        this.world = world;
        this.runs = List.copyOf(runs);
        this.pace = pace;
    }

    /** Takes in what was heard before anything is to be evaluated. */
    void remember(Heard heard) {
        ComponentId component = heard.observation().component();
        if (world.estate().components().contains(component)) {
            health.put(component, after(heard));
        }
    }

    /** Evaluates for the first time. */
    void begin(Instant at) {
        note(at, evaluate(at));
    }

    /** Goes on to what was heard at one time, or to the news of a run where nothing was heard. */
    void go(Instant at, List<Heard> heard) {
        if (heard.isEmpty()) {
            look(at);
        } else {
            hear(at, heard);
        }
    }

    /** Goes on to what was heard at one time, which is not before the time reached. */
    void hear(Instant at, List<Heard> heard) {
        boolean matters = heard.stream().anyMatch(this::matters);
        if (matters) {
            reach(at.minusNanos(1));
        }
        heard.forEach(this::remember);
        if (matters) {
            note(at, evaluate(at));
        }
    }

    private void look(Instant at) {
        reach(at.minusNanos(1));
        note(at, evaluate(at));
    }

    /** From the time reached on there are only these runs. */
    void leave(List<RecordedRun> others) {
        runs = List.copyOf(others);
        note(reached(), evaluate(reached()));
    }

    /** Goes on to a time while nobody says anything. */
    void reach(Instant at) {
        Instant pulse = reached().plus(pace.pulse());
        while (pulse.isBefore(at)) {
            search(pulse);
            pulse = pulse.plus(pace.pulse());
        }
        if (reached().isBefore(at)) {
            search(at);
        }
    }

    /** What is decided at the time reached when a run is taken as not being there. */
    Evaluation without(RecordedRun run) {
        return evaluate(reached(), runs.stream().filter(r -> !r.id().equals(run.id())).toList());
    }

    /** Each time at which what is found or decided was another than before. */
    List<Moment> moments() {
        return List.copyOf(moments);
    }

    private Instant reached() {
        return last.orElseThrow(() -> new IllegalStateException("the walk has not begun"));
    }

    /** Finds the changes that time brought about since the time reached, up to this one. */
    private void search(Instant at) {
        Evaluation now = evaluate(at);
        while (!Moment.essence(now).equals(essence)) {
            Instant before = reached();
            Instant after = at;
            Evaluation changed = now;
            while (Duration.between(before, after).toNanos() > 1) {
                Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
                Evaluation there = evaluate(middle);
                if (Moment.essence(there).equals(essence)) {
                    before = middle;
                } else {
                    after = middle;
                    changed = there;
                }
            }
            note(after, changed);
        }
        last = Optional.of(at);
    }

    private void note(Instant at, Evaluation evaluation) {
        List<String> newer = Moment.essence(evaluation);
        if (!newer.equals(essence)) {
            moments.add(new Moment(at, evaluation));
        }
        if (moments.size() > pace.mostMoments()) {
            throw new TooMuchToReplay(
                    "what is found or decided changes more than " + pace.mostMoments() + " times");
        }
        essence = newer;
        last = Optional.of(at);
    }

    private Evaluation evaluate(Instant at) {
        return evaluate(at, runs);
    }

    private Evaluation evaluate(Instant at, List<RecordedRun> present) {
        if (++evaluations > pace.mostEvaluations()) {
            throw new TooMuchToReplay(
                    "something changes so often that more than "
                            + pace.mostEvaluations()
                            + " evaluations are needed");
        }
        List<KnownRun> known = present.stream().flatMap(r -> r.at(at).stream()).toList();
        Conditions conditions =
                Conditions.of(world.estate(), health, world.policy().thresholds(), at);
        return world.decide()
                .apply(new Snapshot(world.estate(), conditions, known, world.policy(), at));
    }

    /** Whether a statement says more than that all is as it was. */
    private boolean matters(Heard heard) {
        if (!world.estate().components().contains(heard.observation().component())) {
            return false;
        }
        ComponentHealth before = before(heard);
        ComponentHealth after = after(heard);
        ComponentHealth.Source source = source(heard.observation());
        ObserverView was = before.views().get(source);
        ObserverView is = after.views().get(source);
        return was == null
                || is == null
                || was.settled() != is.settled()
                || was.latest() != is.latest()
                || !was.isFresh(world.policy().thresholds(), heard.at())
                || !before.facts().facts().equals(after.facts().facts());
    }

    private static ComponentHealth.Source source(Observation observation) {
        return new ComponentHealth.Source(observation.observer(), observation.signal());
    }

    private ComponentHealth before(Heard heard) {
        return health.getOrDefault(heard.observation().component(), ComponentHealth.NONE);
    }

    private ComponentHealth after(Heard heard) {
        return before(heard).next(heard.observation(), world.policy().thresholds());
    }

    /** Whether the source of a statement still counts. */
    boolean isFresh(Heard heard, Instant at) {
        ObserverView view = before(heard).views().get(source(heard.observation()));
        return view != null && view.isFresh(world.policy().thresholds(), at);
    }
}
