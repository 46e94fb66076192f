package io.understudy.adapter.simulator;

import io.understudy.adapter.spi.Probe.Reading;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Server;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.health.Facts;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is seen of the twin from one place that the network has not cut off altogether. */
final class Sight {

    private final TwinView view;
    private final ComponentId from;

    Sight(TwinView view, ComponentId from) {
        this.view = view;
        this.from = from;
    }

    Reading of(ComponentId component) {
        Estate estate = view.estate();
        return switch (component.kind()) {
            case SERVER -> server(component);
            case POOL -> estate.pool(new PoolFqdn(component.name())).map(this::pool).orElseThrow();
            case STORE ->
                    estate.store(new StoreName(component.name())).map(this::store).orElseThrow();
            case SQL, SITE, FILE_STORE, OBSERVER -> plain(component);
        };
    }

    private boolean reaches(ComponentId component) {
        return view.world().linked(from, component);
    }

    private Reading plain(ComponentId component) {
        return reaches(component)
                ? new Reading(Status.UP, new Facts.None(), component + " answers")
                : timedOut(component);
    }

    private static Reading timedOut(ComponentId component) {
        return new Reading(Status.DOWN, new Facts.None(), "connect to " + component + " timed out");
    }

    /**
     * A server whose machine answers is up when it does the work of its role, else degraded: its
     * services tell the rest. DOWN is only what cannot be reached.
     */
    private Reading server(ComponentId component) {
        for (Pool pool : view.estate().pools()) {
            for (Server server : pool.servers()) {
                if (ComponentId.of(server.fqdn()).equals(component) && reaches(component)) {
                    return services(pool, server);
                }
            }
        }
        return timedOut(component);
    }

    private Reading services(Pool pool, Server server) {
        Map<String, ServiceState> services = new HashMap<>();
        for (String service : Services.of(pool)) {
            services.put(service, view.serviceState(pool, server, service));
        }
        String work = Services.of(pool).getFirst();
        Status status = view.runs(pool, server, work) ? Status.UP : Status.DEGRADED;
        return new Reading(
                status, new Facts.OfServer(services), work + " is " + services.get(work));
    }

    private Reading pool(Pool pool) {
        String work = Services.of(pool).getFirst();
        long serving =
                pool.servers().stream()
                        .filter(s -> reaches(ComponentId.of(s.fqdn())))
                        .filter(s -> view.runs(pool, s, work))
                        .count();
        String detail = serving + " of " + pool.servers().size() + " servers serve";
        Facts facts = new PoolFacts(view, this::reaches).of(pool);
        if (serving == 0) {
            return new Reading(Status.DOWN, facts, detail);
        }
        if (pool.role() == PoolRole.PERSISTENT_CHAT && !Chats.serves(view, pool)) {
            return new Reading(
                    Status.DEGRADED, facts, detail + ", none of them active with its database");
        }
        return pool.isFrontEnd() && view.inResiliency(pool)
                ? new Reading(Status.DEGRADED, facts, detail + ", users in resiliency mode")
                : new Reading(Status.UP, facts, detail);
    }

    /** A store is up when every database of it is served to whoever looks from here. */
    private Reading store(Store store) {
        if (!Sessions.paired(store)) {
            Reading instance = plain(ComponentId.of(store.primary()));
            return new Reading(instance.status(), new Facts.None(), instance.detail());
        }
        StoreFacts facts = new StoreFacts(view, this::reaches, store);
        List<String> served = facts.served();
        int all = store.databases().size();
        String detail = served.size() + " of " + all + " databases are served";
        if (served.size() == all && facts.anyReachable()) {
            return new Reading(Status.UP, facts.told(), detail);
        }
        return new Reading(served.isEmpty() ? Status.DOWN : Status.DEGRADED, facts.told(), detail);
    }
}
