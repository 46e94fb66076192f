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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is believed and decided at this moment; changes nothing but the memory of what was seen. */
public final class Judgement {

    private final LiveDocument<Estate> estate;
    private final LiveDocument<Policy> policy;
    private final HealthMemory health;
    private final RunStore runs;
    private final Function<Snapshot, Evaluation> decide;
    private final InstantSource clock;

    /**
     * @param policy always has a version in force
     * @param decide the decider: pure
     */
    public Judgement(
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            HealthMemory health,
            RunStore runs,
            Function<Snapshot, Evaluation> decide,
            InstantSource clock) {
        this.estate = estate;
        this.policy = policy;
        this.health = health;
        this.runs = runs;
        this.decide = decide;
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
     * @return empty when there is no estate
     */
    public Optional<Present> now(Predicate<Run> ignored) {
        return estate.current().map(version -> judge(version, ignored));
    }

    private Present judge(DocumentStore.Version<Estate> version, Predicate<Run> ignored) {
        DocumentStore.Version<Policy> inForce = policyInForce();
        Policy rules = inForce.body();
        Instant at = clock.instant();
        Conditions conditions = health.conditions(version.body(), rules.thresholds(), at);
        List<KnownRun> known =
                Stream.concat(
                                runs.open().stream(),
                                runs.endedSince(at.minus(rules.longestCoolDown())).stream()
                                        .filter(run -> !neverStarted(run)))
                        .filter(ignored.negate())
                        .map(Judgement::known)
                        .toList();
        Evaluation evaluation =
                decide.apply(new Snapshot(version.body(), conditions, known, rules, at));
        return new Present(version, inForce, conditions, evaluation, at);
    }

    /**
     * One that was withdrawn before anybody approved it has changed nothing: nothing cools down.
     */
    private static boolean neverStarted(Run run) {
        return run.state() == RunState.CANCELLED && run.startedAt().isEmpty();
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
