package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.Server;
import io.understudy.health.ServiceState;
import io.understudy.runbook.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Start-CsWindowsService of some services on some servers of a pool (domain.md 7.2). */
record ServiceStart(Action.StartServices action) implements Change {

    /** A service of a server. */
    private record Place(Server server, String service) {}

    @Override
    public Optional<Verdict> senseless(TwinView view) {
        Optional<Pool> pool = view.estate().pool(action.pool());
        if (pool.isEmpty() || !fqdns(pool.get()).containsAll(action.servers())) {
            return Order.never(view, action.pool() + " does not have all these servers");
        }
        return action.services().stream()
                .filter(service -> !Services.of(pool.get()).contains(service))
                .findFirst()
                .flatMap(
                        service -> Order.never(view, action.pool() + " has no service " + service));
    }

    @Override
    public boolean there(TwinView view) {
        return places(view).noneMatch(place -> stopped(view, place));
    }

    @Override
    public Optional<Verdict> refusal(TwinView view) {
        return places(view)
                .filter(place -> stopped(view, place))
                .flatMap(place -> refusal(view, place).stream())
                .findFirst();
    }

    private static Optional<Verdict> refusal(TwinView view, Place place) {
        if (!view.world().up(ComponentId.of(place.server().fqdn()))) {
            return Order.later(view, place.server().fqdn() + " cannot be reached");
        }
        return halted(view, place)
                ? Order.no(
                        view,
                        place.service()
                                + " of "
                                + place.server().fqdn()
                                + " stops again: the pool has no quorum",
                        "start more Front End Servers, or recover quorum")
                : Optional.empty();
    }

    private static boolean halted(TwinView view, Place place) {
        Pool pool = view.estate().poolOf(place.server().id()).orElseThrow();
        return !place.service().equals(Services.FABRIC) && view.halted(pool, place.server());
    }

    @Override
    public Duration lasts(TwinSettings settings) {
        return settings.startServices();
    }

    @Override
    public TwinState changed(TwinView view) {
        return view.state()
                .without(fault ->
                        fault instanceof Fault.ServiceStopped stopped
                                && action.servers().contains(stopped.server())
                                && action.services().contains(stopped.service()));
    }

    @Override
    public String done() {
        return String.join(", ", action.services()) + " started in " + action.pool();
    }

    private static boolean stopped(TwinView view, Place place) {
        Pool pool = view.estate().poolOf(place.server().id()).orElseThrow();
        return view.serviceState(pool, place.server(), place.service()) == ServiceState.STOPPED;
    }

    private Stream<Place> places(TwinView view) {
        return view.estate().pool(action.pool()).stream()
                .flatMap(pool -> pool.servers().stream())
                .filter(server -> action.servers().contains(server.fqdn()))
                .flatMap(server -> action.services().stream().map(s -> new Place(server, s)));
    }

    private static List<?> fqdns(Pool pool) {
        return pool.servers().stream().map(Server::fqdn).toList();
    }
}
