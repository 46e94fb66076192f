package io.understudy.store;

import io.understudy.run.Fence;
import io.understudy.run.FenceRefusal;
import java.sql.SQLException;
import java.util.Optional;

/** Verifies fences within one transaction. */
final class Fences {

    /** Until the transaction ends, nobody can take the task over. */
    private static final String HELD =
            """
            select version from scheduled_tasks
            where task_name = ? and task_instance = ? and picked and picked_by = ? and version = ?
              and clock_timestamp() <= ?
            for share
            """;

    private Fences() {}

    /**
     * Makes sure that the holder still is one; before anything else is written or locked.
     *
     * @throws FenceRefusal when it is not, which rolls the transaction back
     */
    static void require(Session session, Optional<Fence> fence) throws SQLException {
        if (fence.isEmpty()) {
            return;
        }
        Fence held = fence.get();
        boolean holds =
                session.first(
                                HELD,
                                row -> row.getLong("version"),
                                held.task(),
                                held.instance(),
                                held.holder(),
                                held.version(),
                                held.until())
                        .isPresent();
        if (!holds) {
            throw new FenceRefusal(held);
        }
    }
}
