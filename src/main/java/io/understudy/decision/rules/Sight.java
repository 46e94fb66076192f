package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Locks;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Scopes;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.decision.Snapshot;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.SiteName;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
        return !(facts.facts() instanceof Facts.None)
                && !now().isAfter(facts.at().plus(policy().thresholds().maxAge()));
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

    /** No run holds what this remediation would need, so that two never fight (product.md S8). */
    GateClause noOtherRun(Remediation remediation, ComponentId target) {
        Set<String> needed = Locks.of(estate(), remediation, target);
        Optional<KnownRun> other =
                firstRun(run ->
                        !run.state().ended()
                                && !Collections.disjoint(
                                        needed,
                                        Locks.of(estate(), run.remediation(), run.target())));
        return other.map(run ->
                        new GateClause(
                                Clause.NO_OTHER_RUN,
                                ClauseResult.FAILED,
                                true,
                                "run "
                                        + run.id()
                                        + ", "
                                        + run.remediation()
                                        + " of "
                                        + run.target()
                                        + ", is "
                                        + run.state()))
                .orElseGet(() ->
                        new GateClause(
                                Clause.NO_OTHER_RUN,
                                ClauseResult.PASSED,
                                true,
                                "no run holds any of " + needed));
    }

    /**
     * The same remediation of the same target did not just end: evidence needs time to follow the
     * act.
     */
    GateClause coolDownOver(Remediation remediation, ComponentId target) {
        Duration coolDown = setting(Setting.COOL_DOWN, target);
        Optional<KnownRun> recent =
                firstRun(run ->
                        run.remediation() == remediation
                                && run.target().equals(target)
                                && run.endedAt()
                                        .filter(end -> now().isBefore(end.plus(coolDown)))
                                        .isPresent());
        return recent.map(run ->
                        new GateClause(
                                Clause.COOL_DOWN_OVER,
                                ClauseResult.FAILED,
                                true,
                                "run "
                                        + run.id()
                                        + " ended "
                                        + run.state()
                                        + " less than "
                                        + coolDown
                                        + " ago"))
                .orElseGet(() ->
                        new GateClause(
                                Clause.COOL_DOWN_OVER,
                                ClauseResult.PASSED,
                                true,
                                "no such run ended within " + coolDown));
    }

    private Optional<KnownRun> firstRun(Predicate<KnownRun> fits) {
        for (KnownRun run : snapshot.runs()) {
            if (fits.test(run)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /**
     * What holds for every act: nothing else runs there, it did not just end, nobody forbids it now
     * and not too much is under way (product.md S8).
     */
    List<GateClause> startable(Remediation remediation, ComponentId target) {
        List<GateClause> clauses = new ArrayList<>(4);
        clauses.add(noOtherRun(remediation, target));
        clauses.add(coolDownOver(remediation, target));
        if (!policy().windows().isEmpty()) {
            List<ComponentId> scopes = Scopes.of(estate(), target);
            policy().windows().stream()
                    .filter(window -> window.concerns(scopes))
                    .forEach(window -> closed(window).ifPresent(clauses::add));
        }
        clauses.add(limitKept(target));
        return clauses;
    }

    /** Whether a freeze or a maintenance window is open now; nothing where it is not. */
    private Optional<GateClause> closed(Window window) {
        Clause clause =
                switch (window.kind()) {
                    case FREEZE -> Clause.NOT_FROZEN;
                    case MAINTENANCE -> Clause.NO_MAINTENANCE;
                    case QUIET_HOURS -> Clause.QUIET_HOURS;
                };
        return window.kind() == Window.Kind.QUIET_HOURS
                ? Optional.empty()
                : window.end()
                        .apply(now())
                        .map(end ->
                                clause(
                                        clause,
                                        false,
                                        window.name()
                                                + " lasts until "
                                                + (end.equals(Instant.MAX)
                                                        ? "somebody ends it"
                                                        : end)));
    }

    /**
     * Failing back belongs into quiet hours where the policy names any for the target; it is
     * required then.
     */
    Optional<GateClause> quietHours(ComponentId target) {
        List<ComponentId> scopes = Scopes.of(estate(), target);
        List<Window> hours =
                policy().windows().stream()
                        .filter(w -> w.kind() == Window.Kind.QUIET_HOURS && w.concerns(scopes))
                        .toList();
        if (hours.isEmpty()) {
            return Optional.empty();
        }
        Optional<Window> open =
                hours.stream().filter(w -> w.end().apply(now()).isPresent()).findFirst();
        return Optional.of(
                clause(
                        Clause.QUIET_HOURS,
                        open.isPresent(),
                        open.map(w -> w.name() + " are now")
                                .orElse("none of the quiet hours is now")));
    }

    private GateClause limitKept(ComponentId target) {
        Optional<SiteName> site = estate().siteOf(target);
        int everywhere = 0;
        int here = 0;
        for (KnownRun run : snapshot.runs()) {
            if (run.state() == RunState.RUNNING || run.state() == RunState.AWAITING_OPERATOR) {
                everywhere++;
                here += estate().siteOf(run.target()).equals(site) ? 1 : 0;
            }
        }
        Policy.Limits limits = policy().limits();
        return clause(
                Clause.LIMIT_KEPT,
                here < limits.perSite() && everywhere < limits.estateWide(),
                here
                        + " runs at the site of "
                        + limits.perSite()
                        + " allowed, "
                        + everywhere
                        + " everywhere of "
                        + limits.estateWide());
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
