package io.understudy.decision.rules;

import io.understudy.health.Aspect;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Condition;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.time.Instant;

/**
 * How one Front End Server stands.
 *
 * @param counts whether it is among the first servers, by which the functional number counts
 *     (domain.md 3.1)
 * @param starting whether its RTCSRV is start pending
 * @param since since when
 */
record Member(
        Standing standing, boolean counts, boolean starting, Condition condition, Instant since) {

    enum Standing {
        RUNNING,
        /**
         * Reachable, since its services were told, but RTCSRV is not in service: stopped, or start
         * pending for want of quorum (domain.md 7.2).
         */
        STOPPED,
        DOWN,
        UNKNOWN
    }

    /** By the server's place in the estate. */
    static Member of(Sight sight, int place, boolean counts) {
        Condition condition = sight.condition(place);
        ComponentFacts facts = sight.facts(place);
        boolean out = sight.isFresh(facts) && outOfService(facts);
        Standing standing =
                switch (condition.status()) {
                    case DOWN -> out ? Standing.STOPPED : Standing.DOWN;
                    case UNKNOWN -> Standing.UNKNOWN;
                    case UP, DEGRADED -> out ? Standing.STOPPED : Standing.RUNNING;
                };
        return new Member(
                standing,
                counts,
                standing == Standing.STOPPED && rtcsrv(facts) == ServiceState.START_PENDING,
                condition,
                standing == Standing.STOPPED
                        ? facts.since(Aspect.FRONT_END_SERVICE)
                        : condition.since());
    }

    private static boolean outOfService(ComponentFacts facts) {
        return switch (rtcsrv(facts)) {
            case STOPPED, START_PENDING, STOP_PENDING, PAUSED -> true;
            case RUNNING, UNKNOWN -> false;
        };
    }

    private static ServiceState rtcsrv(ComponentFacts facts) {
        return facts.facts() instanceof Facts.OfServer told
                ? told.services().getOrDefault("RTCSRV", ServiceState.UNKNOWN)
                : ServiceState.UNKNOWN;
    }

    boolean running() {
        return standing == Standing.RUNNING;
    }

    /** Whether observers at enough sites agree that it does not serve. */
    boolean agreedDown() {
        return condition.status() == Status.DOWN;
    }

    /** Whether it counts and is in service. */
    boolean runs() {
        return counts && standing == Standing.RUNNING;
    }

    /** Whether it counts and nothing is known of it. */
    boolean doubtful() {
        return counts && standing == Standing.UNKNOWN;
    }

    /** Whether it is known not to serve. */
    boolean out() {
        return standing == Standing.STOPPED || standing == Standing.DOWN;
    }

    boolean reachable() {
        return standing == Standing.RUNNING || standing == Standing.STOPPED;
    }

    boolean isDown() {
        return standing == Standing.DOWN;
    }

    /** Whether anybody says that it serves, agreed or not. */
    boolean anySignOfLife() {
        return reachable()
                || condition.evidence().stream().anyMatch(e -> e.status() != Status.DOWN);
    }
}
