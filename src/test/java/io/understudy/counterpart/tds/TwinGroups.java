package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.rows;

import io.understudy.estate.Database;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.runbook.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a replica says of its Availability Groups, each named as its store, and does with them. */
record TwinGroups(TwinSqlBackend twin, SqlBackend.Request request) {

    SqlAnswer answer() {
        return request.text().startsWith("ALTER") ? order() : view();
    }

    private SqlAnswer view() {
        List<Object[]> view = new ArrayList<>();
        for (Store store : twin.stores()) {
            Optional<Facts.AvailabilityGroup> group =
                    twin.facts(store).flatMap(Facts.OfStore::availabilityGroup);
            if (position(store).isPresent() && group.isPresent()) {
                store.databases().forEach(d -> view.add(row(store, d, group.get())));
            }
        }
        return rows(
                "group_name, database_name, role_desc, operational_state_desc,"
                        + " connected_state_desc, is_failover_ready, synchronization_state_desc,"
                        + " failover_mode_desc, quorum_state_desc, server_name",
                view.toArray(Object[][]::new));
    }

    private Object[] row(Store store, Database database, Facts.AvailabilityGroup group) {
        boolean primary = group.primaryOn().equals(position(store));
        boolean quorum = group.clusterQuorum().filter("NORMAL_QUORUM"::equals).isPresent();
        String synchronization = group.synchronization().orElse(null);
        boolean connected = primary || !"NOT SYNCHRONIZING".equals(synchronization);
        return SqlAnswer.row(
                store.name().value(),
                database.name(),
                primary ? "PRIMARY" : quorum ? "SECONDARY" : "RESOLVING",
                quorum ? "ONLINE" : "FAILED_NO_QUORUM",
                connected ? "CONNECTED" : "DISCONNECTED",
                group.failoverReady().orElse(false),
                synchronization,
                group.failoverMode().orElse(null),
                group.clusterQuorum().orElse(null),
                TwinSqlBackend.serverName(request.instance()));
    }

    private Optional<Position> position(Store store) {
        SqlInstance instance = request.instance();
        if (store.technology() != StoreTechnology.AVAILABILITY_GROUP) {
            return Optional.empty();
        }
        return store.primary().equals(instance)
                ? Optional.of(Position.PRIMARY)
                : store.mirror().filter(instance::equals).map(_ -> Position.MIRROR);
    }

    private SqlAnswer order() {
        String name = TwinSqlBackend.named(request.text());
        for (Store store : twin.stores()) {
            if (store.name().value().equals(name) && position(store).isPresent()) {
                return twin.act(
                        new Action.FailOverGroup(
                                store.name(),
                                store.databases().stream().map(Database::name).toList(),
                                request.instance(),
                                position(store).get(),
                                request.text().endsWith("FORCE_FAILOVER_ALLOW_DATA_LOSS")),
                        41142);
            }
        }
        return SqlAnswer.failed(15151, "Cannot find the availability group " + name);
    }
}
