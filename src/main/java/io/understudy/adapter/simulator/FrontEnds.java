package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.TwinState.FrontEnd;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.QuorumTable;
import io.understudy.estate.Server;
import io.understudy.health.ServiceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Front End Servers of one pool and its quorum (domain.md 3).
 *
 * <p>Below the functional number those that are left stop their services. They start again when
 * enough machines are on, but wait in START_PENDING for the number of a first start, unless quorum
 * was recovered, and for the Back End.
 */
record FrontEnds(List<FrontEnd> servers, boolean functional) {

    static FrontEnds of(
            TwinView view,
            Pool pool,
            List<FrontEnd> known,
            PoolNow was,
            boolean backEnd,
            Instant now) {
        QuorumTable.Functional required = view.required(pool);
        List<FrontEnd> servers = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            servers.add(powered(view, pool.servers().get(i), known.get(i)));
        }
        int first = Math.min(required.ofFirst(), servers.size());
        if (was.functional()) {
            servers.replaceAll(server -> started(server, backEnd, view.settings(), now));
            boolean kept =
                    count(servers.subList(0, first), ServiceState.RUNNING) >= required.required();
            if (!kept) {
                servers.replaceAll(FrontEnds::halted);
            }
            return new FrontEnds(servers, kept);
        }
        long on = servers.subList(0, first).stream().filter(server -> !server.away()).count();
        if (on >= required.required()) {
            servers.replaceAll(FrontEnds::revived);
        }
        long ready = count(servers, ServiceState.START_PENDING);
        boolean enough =
                (was.quorumReset() || ready >= QuorumTable.firstStart(servers.size()))
                        && on >= required.required();
        servers.replaceAll(server -> started(server, enough && backEnd, view.settings(), now));
        return new FrontEnds(
                servers,
                count(servers.subList(0, first), ServiceState.RUNNING) >= required.required());
    }

    /** What the machine and the service's own switch make of it. */
    private static FrontEnd powered(TwinView view, Server server, FrontEnd known) {
        World world = view.world();
        if (!world.up(ComponentId.of(server.fqdn()))
                || world.stopped(server.fqdn(), Services.REGISTRAR)) {
            return new FrontEnd(ServiceState.STOPPED, true, Optional.empty());
        }
        return known.away()
                ? new FrontEnd(ServiceState.START_PENDING, false, Optional.empty())
                : known;
    }

    private static FrontEnd started(
            FrontEnd server, boolean mayStart, TwinSettings settings, Instant now) {
        if (server.service() != ServiceState.START_PENDING) {
            return server;
        }
        if (!mayStart) {
            return new FrontEnd(ServiceState.START_PENDING, false, Optional.empty());
        }
        Instant due = server.runningAt().orElseGet(() -> now.plus(settings.serviceStart()));
        return now.isBefore(due)
                ? new FrontEnd(ServiceState.START_PENDING, false, Optional.of(due))
                : new FrontEnd(ServiceState.RUNNING, false, Optional.empty());
    }

    /** The pool has lost quorum: what runs stops; what was starting goes on waiting. */
    private static FrontEnd halted(FrontEnd server) {
        return switch (server.service()) {
            case RUNNING -> new FrontEnd(ServiceState.STOPPED, false, Optional.empty());
            case START_PENDING -> new FrontEnd(ServiceState.START_PENDING, false, Optional.empty());
            case STOPPED, STOP_PENDING, PAUSED, UNKNOWN -> server;
        };
    }

    private static FrontEnd revived(FrontEnd server) {
        return server.service() == ServiceState.STOPPED && !server.away()
                ? new FrontEnd(ServiceState.START_PENDING, false, Optional.empty())
                : server;
    }

    private static long count(List<FrontEnd> servers, ServiceState state) {
        return servers.stream().filter(server -> server.service() == state).count();
    }
}
