package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What hangs together: a pool with its servers, file store, store, pair, Edge pools and next hop; a
 * store with its instances and the pools on it; a site with what stands there. One step, no
 * further.
 */
final class Neighbourhood {

    private Neighbourhood() {}

    /** What a component consists of and rests on, itself first. */
    static Set<ComponentId> members(Estate estate, ComponentId component) {
        Set<ComponentId> members = new LinkedHashSet<>(Set.of(component));
        pool(estate, component)
                .ifPresent(pool -> {
                    pool.servers().forEach(s -> members.add(ComponentId.of(s.fqdn())));
                    members.add(ComponentId.fileStoreOf(pool.fqdn()));
                    estate.storeOf(pool).ifPresent(store -> addStore(store, members));
                });
        store(estate, component).ifPresent(store -> addStore(store, members));
        if (component.kind() == ComponentKind.SITE) {
            SiteName site = new SiteName(component.name());
            members.addAll(
                    estate.components().stream()
                            .filter(id -> estate.siteOf(id).filter(site::equals).isPresent())
                            .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        return members;
    }

    /** The members, and what stands beside them: the pools on a store; pair, Edge and next hop. */
    static Set<ComponentId> around(Estate estate, ComponentId component) {
        Set<ComponentId> around = members(estate, component);
        pool(estate, component)
                .ifPresent(pool -> {
                    pool.backupPool().map(ComponentId::of).ifPresent(around::add);
                    pool.nextHopPool().map(ComponentId::of).ifPresent(around::add);
                    estate.edgesTowards(pool.fqdn()).forEach(e -> around.add(e.id()));
                });
        store(estate, component)
                .ifPresent(store -> estate.poolsOn(store.name()).forEach(p -> around.add(p.id())));
        return around;
    }

    /** Whether trouble of the two belongs together. */
    static boolean related(Estate estate, ComponentId one, ComponentId other) {
        return around(estate, one).contains(other) || around(estate, other).contains(one);
    }

    private static void addStore(Store store, Set<ComponentId> members) {
        members.add(store.id());
        members.add(ComponentId.of(store.primary()));
        store.mirror().map(ComponentId::of).ifPresent(members::add);
        store.witness().map(ComponentId::of).ifPresent(members::add);
    }

    private static Optional<Pool> pool(Estate estate, ComponentId component) {
        return component.kind() == ComponentKind.POOL
                ? estate.pool(new PoolFqdn(component.name()))
                : Optional.empty();
    }

    private static Optional<Store> store(Estate estate, ComponentId component) {
        return component.kind() == ComponentKind.STORE
                ? estate.store(new StoreName(component.name()))
                : Optional.empty();
    }
}
