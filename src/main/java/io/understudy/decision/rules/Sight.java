package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Scopes;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A snapshot, with the questions that rules ask of it. */
record Sight(Snapshot snapshot) {

    Estate estate() {
        return snapshot.estate();
    }

    Policy policy() {
        return snapshot.policy();
    }

    /** A duration of the policy for this target; only for those that always have one. */
    Duration setting(Setting setting, ComponentId target) {
        return optionalSetting(setting, target).orElseThrow();
    }

    Optional<Duration> optionalSetting(Setting setting, ComponentId target) {
        List<ComponentId> scopes =
                policy().scoped().isEmpty() ? List.of() : Scopes.of(estate(), target);
        return policy().setting(setting, scopes);
    }

    Instant now() {
        return snapshot.takenAt();
    }

    Condition condition(ComponentId component) {
        return snapshot.conditions().of(component);
    }

    /** By a component's place in the estate. */
    Condition condition(int place) {
        return snapshot.conditions().at(place);
    }

    /** By a component's place in the estate. */
    ComponentFacts facts(int place) {
        return snapshot.conditions().factsAt(place);
    }

    ComponentFacts facts(ComponentId component) {
        return snapshot.conditions().facts(component);
    }

    boolean isFresh(ComponentFacts facts) {
        return isFresh(facts, now());
    }

    /** Whether they were told after this time, or not so long before that they were too old. */
    boolean isFresh(ComponentFacts facts, Instant reference) {
        return !(facts.facts() instanceof Facts.None)
                && !facts.at().isBefore(reference.minus(policy().thresholds().maxAge()));
    }

    /** The last told facts of a pool, however old. */
    Optional<Facts.OfPool> lastFactsOfPool(ComponentId pool) {
        return facts(pool).facts() instanceof Facts.OfPool told
                ? Optional.of(told)
                : Optional.empty();
    }

    /** The facts of a pool, where they are fresh. */
    Optional<Facts.OfPool> freshFactsOfPool(ComponentId pool) {
        return isFresh(facts(pool)) ? lastFactsOfPool(pool) : Optional.empty();
    }

    /** Whether somebody asks for it as planned work. */
    boolean planned(Remediation remediation, ComponentId target) {
        return !snapshot.planned().isEmpty()
                && snapshot.planned().contains(new Snapshot.Planned(remediation, target));
    }

    /** Whether such a run is known to have ended well. */
    boolean ended(Remediation remediation, ComponentId target) {
        return snapshot.runs().stream()
                .anyMatch(run ->
                        run.remediation() == remediation
                                && run.target().equals(target)
                                && run.state() == RunState.SUCCEEDED);
    }

    /** Whether such a run was carried out since then, however it ended. */
    boolean endedSince(Remediation remediation, ComponentId target, Instant since) {
        return snapshot.runs().stream()
                .anyMatch(run ->
                        run.remediation() == remediation
                                && run.target().equals(target)
                                && run.endedAt().filter(end -> !end.isBefore(since)).isPresent());
    }

    /** A confirmed finding that rests on these conditions. */
    Finding finding(
            FindingCode code,
            ComponentId target,
            String rule,
            Severity severity,
            Instant since,
            Condition... on) {
        Set<String> evidence = new LinkedHashSet<>();
        for (Condition condition : on) {
            condition.evidence().forEach(said -> evidence.add(said.sentence()));
        }
        return new Finding(code, target, rule, severity, since, true, List.copyOf(evidence));
    }

    static GateClause clause(Clause clause, boolean passed, String evidence) {
        return new GateClause(
                clause, passed ? ClauseResult.PASSED : ClauseResult.FAILED, true, evidence);
    }

    /** What a condition says, in words: its status, since when, and on whose word. */
    static String words(ComponentId component, Condition condition) {
        StringBuilder said = new StringBuilder(64);
        for (Evidence evidence : condition.evidence()) {
            said.append(said.isEmpty() ? "" : ", ")
                    .append(evidence.observer())
                    .append(" says ")
                    .append(evidence.status());
        }
        return component
                + " is "
                + condition.status()
                + " since "
                + condition.since()
                + " ("
                + said
                + ")";
    }
}
