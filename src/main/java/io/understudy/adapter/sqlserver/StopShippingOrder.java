package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.sqlserver.Plan.Planned;
import io.understudy.estate.SqlInstance;
import java.util.ArrayList;
import java.util.List;

/** The secondary forgets that it is one, and its copy and restore jobs go (domain.md 6.7). */
record StopShippingOrder(Visit visit, List<String> databases, SqlInstance secondary)
        implements Order {

    private static final String SHIPPED =
            "SELECT s.secondary_database FROM msdb.dbo.log_shipping_secondary_databases s"
                    + " WHERE s.secondary_database = ?";
    private static final String STOP =
            "EXEC master.dbo.sp_delete_log_shipping_secondary_database @secondary_database = ?";

    @Override
    public Presence presence() throws SqlTrouble {
        return left(databases).isEmpty() ? Presence.DONE : Presence.NOT_DONE;
    }

    @Override
    public Plan plan(List<String> some) throws SqlTrouble {
        return new Plan.Ready(
                left(some).stream().map(d -> new Planned(secondary, d, STOP, d)).toList());
    }

    private List<String> left(List<String> some) throws SqlTrouble {
        List<String> left = new ArrayList<>();
        for (String database : some) {
            if (!visit.ask(secondary, SHIPPED, database).isEmpty()) {
                left.add(database);
            }
        }
        return left;
    }
}
