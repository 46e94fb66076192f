package io.understudy.adapter.simulator;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.StoreName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the faults in force do to machines and to the network between them. */
final class World {

    private final Estate estate;
    private final Set<Fault> faults;
    private final Set<ComponentId> dead = new HashSet<>();
    private final List<Cut> cuts = new ArrayList<>();

    /** Two sets of components between which no packet passes. */
    private record Cut(Set<ComponentId> some, Set<ComponentId> others) {
        boolean between(ComponentId one, ComponentId other) {
            return (some.contains(one) && others.contains(other))
                    || (some.contains(other) && others.contains(one));
        }
    }

    World(Estate estate, Collection<Fault> faults) {
        this.estate = estate;
        this.faults = Set.copyOf(new HashSet<>(faults));
        for (Fault fault : this.faults) {
            if (fault instanceof Fault.Kill kill) {
                dead.addAll(within(kill.target()));
            }
            if (fault instanceof Fault.Partition cut) {
                cuts.add(new Cut(within(cut.one()), within(cut.other())));
            }
        }
    }

    boolean up(ComponentId component) {
        return !dead.contains(component);
    }

    /** Whether packets pass between the places of two components, be they up or down. */
    boolean connected(ComponentId one, ComponentId other) {
        return cuts.stream().noneMatch(cut -> cut.between(one, other));
    }

    /** Whether both are up and see each other. */
    boolean linked(ComponentId one, ComponentId other) {
        return up(one) && up(other) && connected(one, other);
    }

    boolean isolated(ObserverName observer) {
        return faults.contains(new Fault.ObserverIsolated(observer));
    }

    boolean blind(ComponentId component) {
        return faults.contains(new Fault.Blind(component));
    }

    boolean slow(ComponentId component) {
        return faults.contains(new Fault.Slow(component));
    }

    boolean stopped(ServerFqdn server, String service) {
        return faults.contains(new Fault.ServiceStopped(server, service));
    }

    boolean backupError(PoolFqdn pool) {
        return faults.contains(new Fault.BackupServiceError(pool));
    }

    boolean routingGroupsLost(PoolFqdn pool) {
        return faults.contains(new Fault.RoutingGroupsLost(pool));
    }

    boolean centralManagementStuck(PoolFqdn pool) {
        return faults.contains(new Fault.CentralManagementStuck(pool));
    }

    boolean clusterQuorumLost(StoreName store) {
        return faults.contains(new Fault.ClusterQuorumLost(store));
    }

    MirrorSession.Hold hold(StoreName store) {
        if (faults.contains(new Fault.MirroringSuspended(store))) {
            return MirrorSession.Hold.SUSPENDED;
        }
        return faults.contains(new Fault.SynchronizationLost(store))
                ? MirrorSession.Hold.BEHIND
                : MirrorSession.Hold.NONE;
    }

    /** The component and all that goes down with it. */
    private Set<ComponentId> within(ComponentId target) {
        Set<ComponentId> all = new HashSet<>();
        all.add(target);
        switch (target.kind()) {
            case SITE -> addSite(new SiteName(target.name()), all);
            case POOL ->
                    estate.pool(new PoolFqdn(target.name()))
                            .ifPresent(pool ->
                                    pool.servers().forEach(s -> all.add(ComponentId.of(s.fqdn()))));
            case STORE ->
                    estate.store(new StoreName(target.name()))
                            .ifPresent(store -> {
                                all.add(ComponentId.of(store.primary()));
                                store.mirror().ifPresent(m -> all.add(ComponentId.of(m)));
                            });
            case SERVER, SQL, FILE_STORE, OBSERVER -> {}
        }
        return all;
    }

    private void addSite(SiteName site, Set<ComponentId> all) {
        for (ComponentId component : estate.components()) {
            if (component.kind() != ComponentKind.SITE
                    && estate.siteOf(component).filter(site::equals).isPresent()) {
                all.add(component);
            }
        }
    }
}
