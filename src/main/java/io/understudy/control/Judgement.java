package io.understudy.control;

import io.understudy.decision.Evaluation;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Policy;
import io.understudy.decision.RunState;
import io.understudy.decision.Snapshot;
import io.understudy.estate.Estate;
import io.understudy.health.Conditions;
import io.understudy.health.Observation;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is believed and decided at this moment; changes nothing but the memory of what was seen. */
public final class Judgement {

    /** For how long an ended run is told to the rules. */
    private static final Duration RUNS_REMEMBERED = Duration.ofDays(1);

    private final LiveDocument<Estate> estate;
    private final LiveDocument<Policy> policy;
    private final HealthMemory health;
    private final RunStore runs;
    private final Function<Snapshot, Evaluation> afresh;
    private final Function<Snapshot, Evaluation> onward;
    private final InstantSource clock;

    /**
     * @param policy always has a version in force
     * @param afresh the decider: pure
     * @param onward decides the same and may remember what it came to the last time
     */
    public Judgement(
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            HealthMemory health,
            RunStore runs,
            Function<Snapshot, Evaluation> afresh,
            Function<Snapshot, Evaluation> onward,
            InstantSource clock) {
        this.estate = estate;
        this.policy = policy;
        this.health = health;
        this.runs = runs;
        this.afresh = afresh;
        this.onward = onward;
        this.clock = clock;
    }

    /** Takes statements into account. Those about what the estate does not have are left out. */
    public void accept(List<Observation> observations) {
        estate.current()
                .ifPresent(version ->
                        health.accept(
                                observations,
                                version.body().components(),
                                policyInForce().body().thresholds()));
    }

    /**
     * Judges now.
     *
     * @param ignored runs that are taken as not being there
     * @param planned what somebody asks for as planned work
     * @return empty when there is no estate
     */
    public Optional<Present> now(Predicate<Run> ignored, List<Snapshot.Planned> planned) {
        return estate.current()
                .map(version -> {
                    Judged judged = snapshot(version, health, ignored, planned);
                    return judged.present(afresh.apply(judged.snapshot()));
                });
    }

    /**
     * Judges now as if these statements had come in, too, and forgets them.
     *
     * @param planned as in {@link #now}
     * @return empty when there is no estate
     */
    Optional<Present> supposing(List<Observation> seen, List<Snapshot.Planned> planned) {
        HealthMemory supposed = health.copy();
        return estate.current()
                .map(version -> {
                    supposed.accept(
                            seen, version.body().components(), policyInForce().body().thresholds());
                    Judged judged = snapshot(version, supposed, _ -> false, planned);
                    return judged.present(afresh.apply(judged.snapshot()));
                });
    }

    /**
     * Judges now with every run there is, from what the last time came to: what has not changed is
     * not judged again. For one thread at a time.
     */
    public Optional<Present> next() {
        return estate.current()
                .map(version -> {
                    Judged judged = snapshot(version, health, _ -> false, List.of());
                    return judged.present(onward.apply(judged.snapshot()));
                });
    }

    private record Judged(
            DocumentStore.Version<Estate> estate,
            DocumentStore.Version<Policy> policy,
            Snapshot snapshot) {
        Present present(Evaluation evaluation) {
            return new Present(
                    estate, policy, snapshot.conditions(), evaluation, snapshot.takenAt());
        }
    }

    private Judged snapshot(
            DocumentStore.Version<Estate> version,
            HealthMemory memory,
            Predicate<Run> ignored,
            List<Snapshot.Planned> planned) {
        DocumentStore.Version<Policy> inForce = policyInForce();
        Policy rules = inForce.body();
        Instant at = clock.instant();
        Conditions conditions = memory.conditions(version.body(), rules.thresholds(), at);
        List<KnownRun> known =
                Stream.concat(
                                runs.open().stream(),
                                runs.endedSince(at.minus(remembered(rules))).stream()
                                        .filter(run -> !neverStarted(run)))
                        .filter(ignored.negate())
                        .map(Judgement::known)
                        .toList();
        return new Judged(
                version,
                inForce,
                new Snapshot(version.body(), conditions, known, planned, rules, at));
    }

    /**
     * One that was withdrawn before anybody approved it has changed nothing: nothing cools down.
     */
    private static boolean neverStarted(Run run) {
        return run.state() == RunState.CANCELLED && run.startedAt().isEmpty();
    }

    /** Rules ask of runs that ended within the cool-down, and of recoveries tried of late. */
    private static Duration remembered(Policy policy) {
        Duration coolDown = policy.longestCoolDown();
        return coolDown.compareTo(RUNS_REMEMBERED) > 0 ? coolDown : RUNS_REMEMBERED;
    }

    private DocumentStore.Version<Policy> policyInForce() {
        return policy.current().orElseThrow();
    }

    static KnownRun known(Run run) {
        return new KnownRun(
                run.id(),
                run.decision().remediation(),
                run.decision().target(),
                run.state(),
                run.endedAt());
    }
}
