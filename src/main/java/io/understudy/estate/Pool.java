package io.understudy.estate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Servers of one role under one name.
 *
 * @param servers in topology order, which the quorum table counts by (domain.md 3.1)
 * @param backupPool the other half of the pair; of Front End pools only, and reciprocal
 * @param users how many are homed here
 * @param capacity how many users it can carry
 * @param nextHopPool where an Edge pool sends sign-ins to, or the Front End pool through which a
 *     Persistent Chat pool is reached
 * @param federationRoute whether an Edge pool carries federation
 * @param otherStores the stores of a Front End pool besides its Back End: monitoring, archiving, or
 *     the Central Management store where that has a store of its own
 */
public record Pool(
        PoolFqdn fqdn,
        PoolRole role,
        Edition edition,
        Release release,
        SiteName site,
        List<Server> servers,
        Optional<StoreName> store,
        Optional<PoolFqdn> backupPool,
        CentralManagement centralManagement,
        OptionalInt users,
        OptionalInt capacity,
        Optional<PoolFqdn> nextHopPool,
        boolean federationRoute,
        List<StoreName> otherStores) {

    public Pool {
        servers = List.copyOf(servers);
        otherStores = List.copyOf(otherStores);
    }

    /** A pool with no store besides its own. */
    public Pool(
            PoolFqdn fqdn,
            PoolRole role,
            Edition edition,
            Release release,
            SiteName site,
            List<Server> servers,
            Optional<StoreName> store,
            Optional<PoolFqdn> backupPool,
            CentralManagement centralManagement,
            OptionalInt users,
            OptionalInt capacity,
            Optional<PoolFqdn> nextHopPool,
            boolean federationRoute) {
        this(
                fqdn,
                role,
                edition,
                release,
                site,
                servers,
                store,
                backupPool,
                centralManagement,
                users,
                capacity,
                nextHopPool,
                federationRoute,
                List.of());
    }

    public boolean isFrontEnd() {
        return role == PoolRole.FRONT_END;
    }

    public ComponentId id() {
        return ComponentId.of(fqdn);
    }
}
