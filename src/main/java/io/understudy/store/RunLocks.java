package io.understudy.store;

import io.understudy.run.RunRefusal;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The locks of runs, within one transaction. Who is refused is not told which run is in his way: he
 * may not be one who may see it.
 */
final class RunLocks {

    /** In one order by all, so that nobody waits in a circle. */
    private static final String TAKE =
            """
            insert into run_lock (key, run_id)
            select key, ? from unnest(?::text[]) as wanted (key) order by key
            on conflict (key) do nothing
            """;

    private static final String HOLDERS =
            "select key, run_id from run_lock where key = any (?::text[]) order by key";
    private static final String FREE = "delete from run_lock where run_id = ?";

    /** A lock may be freed between being in the way and being looked at; hardly so every time. */
    private static final int ATTEMPTS = 3;

    private record Held(String key, String run) {}

    private final Session session;

    RunLocks(Session session) {
        this.session = session;
    }

    /** Takes all of them, or throws {@link RunRefusal} LOCKED, which rolls the transaction back. */
    void take(String run, Set<String> locks) throws SQLException {
        Session.Column keys = Session.column(locks);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            session.update(TAKE, run, keys);
            List<Held> held =
                    session.list(
                            HOLDERS,
                            row -> new Held(row.getString("key"), row.getString("run_id")),
                            keys);
            Optional<Held> other = held.stream().filter(h -> !h.run().equals(run)).findFirst();
            if (other.isPresent()) {
                throw locked("another run holds " + other.get().key());
            }
            if (held.size() == locks.size()) {
                return;
            }
        }
        throw locked("other runs come and go that hold one of " + locks);
    }

    void free(String run) throws SQLException {
        session.update(FREE, run);
    }

    private static RunRefusal locked(String message) {
        return new RunRefusal(
                RunRefusal.Reason.LOCKED,
                message,
                "look for it at /api/v1/runs?open=true; wait until it has ended, or cancel it");
    }
}
