package io.understudy.health;

import java.util.List;
import java.util.Optional;

/**
 * What of a component's facts is told apart when it is asked since when something is so: that users
 * signed in meanwhile does not make a pool's state younger.
 */
public enum Aspect {
    POOL_STATE,
    /** Whether there are groups without primary and without secondaries, not how many. */
    ROUTING_GROUPS,
    /** The modules' statuses, not when they were last steady. */
    BACKUP_SERVICE,
    UPGRADE_STATE,
    GATEWAYS,
    CENTRAL_MANAGEMENT,
    MIRRORING,
    CLUSTER_QUORUM,
    TRANSACTION_LOG,
    /** Of a server: whether it is in service. */
    FRONT_END_SERVICE;

    /** What these facts say in this respect; empty where they say nothing. */
    Optional<?> of(Facts facts) {
        return switch (facts) {
            case Facts.None _ -> Optional.empty();
            case Facts.OfPool pool -> of(pool);
            case Facts.OfStore store -> of(store);
            case Facts.OfServer server ->
                    this == FRONT_END_SERVICE
                            ? Optional.ofNullable(server.services().get("RTCSRV"))
                            : Optional.empty();
        };
    }

    private Optional<?> of(Facts.OfPool pool) {
        return switch (this) {
            case POOL_STATE -> pool.poolState();
            case ROUTING_GROUPS ->
                    pool.routingGroups()
                            .map(g -> List.of(g.withoutPrimary() > 0, g.withoutSecondary() > 0));
            case BACKUP_SERVICE -> Optional.of(statuses(pool));
            case UPGRADE_STATE -> pool.upgradeState();
            case GATEWAYS -> pool.gatewaysDown();
            case CENTRAL_MANAGEMENT -> pool.centralManagement();
            case MIRRORING, CLUSTER_QUORUM, TRANSACTION_LOG, FRONT_END_SERVICE -> Optional.empty();
        };
    }

    private static List<Object> statuses(Facts.OfPool pool) {
        return pool.backupService().stream()
                .<Object>map(m -> List.of(m.module(), m.exportStatus(), m.importStatus()))
                .toList();
    }

    private Optional<?> of(Facts.OfStore store) {
        return switch (this) {
            case MIRRORING -> Optional.of(store.mirroring());
            case CLUSTER_QUORUM ->
                    store.availabilityGroup().flatMap(Facts.AvailabilityGroup::clusterQuorum);
            case TRANSACTION_LOG -> store.transactionLogFull();
            case POOL_STATE,
                    ROUTING_GROUPS,
                    BACKUP_SERVICE,
                    UPGRADE_STATE,
                    GATEWAYS,
                    CENTRAL_MANAGEMENT,
                    FRONT_END_SERVICE ->
                    Optional.empty();
        };
    }
}
