package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Locks;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.decision.Scopes;
import io.understudy.decision.Setting;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import io.understudy.estate.SiteName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What must hold whatever is started: nothing is in its way, and nobody forbids it now. */
record StartGate(Sight sight) {

    /**
     * What holds for every act: nothing else runs there, it did not just end, nobody forbids it now
     * and not too much is under way (product.md S8).
     */
    List<GateClause> clauses(Remediation remediation, ComponentId target) {
        List<GateClause> clauses = new ArrayList<>(4);
        clauses.add(noOtherRun(remediation, target));
        clauses.add(coolDownOver(remediation, target));
        if (!sight.policy().windows().isEmpty()) {
            List<ComponentId> scopes = Scopes.of(sight.estate(), target);
            sight.policy().windows().stream()
                    .filter(window -> window.concerns(scopes))
                    .forEach(window -> closed(window).ifPresent(clauses::add));
        }
        clauses.add(limitKept(target));
        return clauses;
    }

    /**
     * Failing back belongs into quiet hours where the policy names any for the target; it is
     * required then.
     */
    Optional<GateClause> quietHours(ComponentId target) {
        List<ComponentId> scopes = Scopes.of(sight.estate(), target);
        List<Window> hours =
                sight.policy().windows().stream()
                        .filter(w -> w.kind() == Window.Kind.QUIET_HOURS && w.concerns(scopes))
                        .toList();
        if (hours.isEmpty()) {
            return Optional.empty();
        }
        Optional<Window> open =
                hours.stream().filter(w -> w.end().apply(sight.now()).isPresent()).findFirst();
        return Optional.of(
                Sight.clause(
                        Clause.QUIET_HOURS,
                        open.isPresent(),
                        open.map(w -> w.name() + " are now")
                                .orElse("none of the quiet hours is now")));
    }

    /** No run holds what this remediation would need, so that two never fight (product.md S8). */
    private GateClause noOtherRun(Remediation remediation, ComponentId target) {
        Set<String> needed = Locks.of(sight.estate(), remediation, target);
        Optional<KnownRun> other =
                firstRun(run ->
                        !run.state().ended()
                                && !Collections.disjoint(
                                        needed,
                                        Locks.of(sight.estate(), run.remediation(), run.target())));
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
    private GateClause coolDownOver(Remediation remediation, ComponentId target) {
        Duration coolDown = sight.setting(Setting.COOL_DOWN, target);
        Optional<KnownRun> recent =
                firstRun(run ->
                        run.remediation() == remediation
                                && run.target().equals(target)
                                && run.endedAt()
                                        .filter(end -> sight.now().isBefore(end.plus(coolDown)))
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
        for (KnownRun run : sight.snapshot().runs()) {
            if (fits.test(run)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
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
                        .apply(sight.now())
                        .map(end ->
                                Sight.clause(
                                        clause,
                                        false,
                                        window.name()
                                                + " lasts until "
                                                + (end.equals(Instant.MAX)
                                                        ? "somebody ends it"
                                                        : end)));
    }

    private GateClause limitKept(ComponentId target) {
        Optional<SiteName> site = sight.estate().siteOf(target);
        int everywhere = 0;
        int here = 0;
        for (KnownRun run : sight.snapshot().runs()) {
            if (run.state() == RunState.RUNNING || run.state() == RunState.AWAITING_OPERATOR) {
                everywhere++;
                here += sight.estate().siteOf(run.target()).equals(site) ? 1 : 0;
            }
        }
        Policy.Limits limits = sight.policy().limits();
        return Sight.clause(
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
}
