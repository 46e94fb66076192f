package io.understudy.adapter.sqlserver;

import io.understudy.estate.LogShipping;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a store's log shipping is, by the monitor tables of those who ship (domain.md 6.6). */
final class ShippedLook {

    private static final String SENT =
            "SELECT m.primary_database AS name,"
                    + " DATEDIFF(second, m.last_backup_date_utc, GETUTCDATE()) AS seconds"
                    + " FROM msdb.dbo.log_shipping_monitor_primary m";
    private static final String RESTORED =
            "SELECT m.secondary_database AS name, 60 * m.last_restored_latency AS seconds"
                    + " FROM msdb.dbo.log_shipping_monitor_secondary m";

    private ShippedLook() {}

    /**
     * Empty where nothing is shipped, or nobody who ships can be asked. A partner that has just not
     * answered is not asked again.
     */
    static Optional<Facts.ShippedLog> look(
            Connections connections, Store store, Side primary, Side mirror) {
        if (store.logShipping().isEmpty()) {
            return Optional.empty();
        }
        List<SqlInstance> senders = new ArrayList<>();
        if (primary.answered()) {
            senders.add(store.primary());
        }
        if (mirror.answered()) {
            store.mirror().ifPresent(senders::add);
        }
        // after a failover the old sender's newest backup grows older: the younger one counts
        Optional<Duration> age =
                senders.stream()
                        .map(sender -> oldest(connections, store, sender, SENT))
                        .flatMap(Optional::stream)
                        .min(Duration::compareTo);
        Optional<Duration> latency =
                store.logShipping()
                        .map(LogShipping::secondary)
                        .flatMap(s -> oldest(connections, store, s, RESTORED));
        return age.isEmpty() && latency.isEmpty()
                ? Optional.empty()
                : Optional.of(new Facts.ShippedLog(age, latency));
    }

    /** That of the store's database that is furthest behind. */
    private static Optional<Duration> oldest(
            Connections connections, Store store, SqlInstance instance, String sql) {
        if (!connections.knows(instance)) {
            return Optional.empty();
        }
        try (Visit visit = new Visit(connections)) {
            return visit.ask(instance, sql).stream()
                    .filter(row ->
                            store.databases().stream().anyMatch(d -> row.is("name", d.name())))
                    .filter(row -> row.number("seconds").isPresent())
                    .map(row -> Duration.ofSeconds(Math.max(0, row.number("seconds").getAsLong())))
                    .max(Duration::compareTo);
        } catch (SqlTrouble e) {
            // the look at the instance itself says so
            return Optional.empty();
        }
    }
}
