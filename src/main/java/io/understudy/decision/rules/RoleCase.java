package io.understudy.decision.rules;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Severity;
import io.understudy.estate.Pool;
import io.understudy.estate.Server;
import io.understudy.health.Condition;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool of any role, seen server by server.
 *
 * @param whole the condition of the pool itself, or of its site where that is down
 * @param lost conditions of the servers that are seen down
 * @param alive the servers that are seen alive
 */
record RoleCase(Sight sight, Pool pool, Condition whole, List<Condition> lost, List<Server> alive) {

    static RoleCase of(Sight sight, Pool pool) {
        List<Condition> lost = new ArrayList<>();
        List<Server> alive = new ArrayList<>();
        for (Server server : pool.servers()) {
            Condition condition = sight.condition(server.id());
            if (condition.status() == Status.DOWN) {
                lost.add(condition);
            } else if (condition.status() != Status.UNKNOWN) {
                alive.add(server);
            }
        }
        Condition whole = PoolSituation.whole(sight, sight.estate().places(pool));
        return new RoleCase(sight, pool, whole, lost, alive);
    }

    /** No server is left, or nobody reaches the pool and no server is seen alive. */
    boolean down() {
        boolean everyone = !lost.isEmpty() && lost.size() == pool.servers().size();
        return everyone || (whole.status() == Status.DOWN && alive.isEmpty());
    }

    boolean someLost() {
        return !lost.isEmpty() && !down();
    }

    /** A finding about the pool that rests on what of it is seen down. */
    Finding finding(FindingCode code, Row row, Severity severity) {
        List<Condition> on = new ArrayList<>(lost);
        if (whole.status() == Status.DOWN) {
            on.add(whole);
        }
        Instant since =
                on.stream().map(Condition::since).max(Instant::compareTo).orElse(sight.now());
        return sight.finding(
                code, pool.id(), row.id(), severity, since, on.toArray(Condition[]::new));
    }
}
