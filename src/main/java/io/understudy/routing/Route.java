package io.understudy.routing;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.runbook.Operation;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * One line of the routing.
 *
 * @param operations what it is for; none means all
 * @param scope the site, pool or store of the action's target; everything where absent
 * @param executor the executor's name
 * @param managementServer its name; one is chosen where absent
 * @param timeLimit how long the executor may take, instead of what the step says
 */
public record Route(
        Set<Operation> operations,
        Optional<ComponentId> scope,
        String executor,
        Optional<String> managementServer,
        Optional<Duration> timeLimit) {

    public Route {
        operations = Set.copyOf(operations);
        if (scope.filter(s -> !isScope(s.kind())).isPresent()) {
            throw new IllegalArgumentException("the scope of a route is a site, a pool or a store");
        }
    }

    private static boolean isScope(ComponentKind kind) {
        return switch (kind) {
            case SITE, POOL, STORE -> true;
            case SERVER, SQL, FILE_STORE, OBSERVER -> false;
        };
    }

    /**
     * How much it says of what it is for; of the routes that fit the greatest counts. A pool or
     * store is more than a site, a site more than nothing; at the same scope, operations that are
     * named are more than all.
     */
    public int rank() {
        int scoped = scope.map(s -> s.kind() == ComponentKind.SITE ? 1 : 2).orElse(0);
        return 2 * scoped + (operations.isEmpty() ? 0 : 1);
    }

    /** Whether some action fits both while neither counts more. */
    public boolean rivals(Route other) {
        return scope.equals(other.scope)
                && rank() == other.rank()
                && (operations.isEmpty() || !Collections.disjoint(operations, other.operations));
    }
}
