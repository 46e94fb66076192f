package io.understudy.routing;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.util.Comparator;
import java.util.Optional;

/** Chooses the route of an action, and the management server by way of which it goes. */
public record RouteChoice(Routing routing, Estate estate) {

    /** The route that fits and says most; empty when none fits. */
    public Optional<Route> route(Action action) {
        return routing.routes().stream()
                .filter(route -> fits(route, action))
                .max(Comparator.comparingInt(Route::rank));
    }

    private boolean fits(Route route, Action action) {
        boolean operation =
                route.operations().isEmpty()
                        || Operation.of(action).filter(route.operations()::contains).isPresent();
        return operation && route.scope().map(scope -> holds(scope, action)).orElse(true);
    }

    private boolean holds(ComponentId scope, Action action) {
        return scope.kind() == ComponentKind.SITE
                ? targetSite(action).map(ComponentId::of).filter(scope::equals).isPresent()
                : action.target().filter(scope::equals).isPresent();
    }

    /**
     * The management server of an action: the one that its route names; else the first at the site
     * where the action is {@linkplain Action#standpoint near}; else the first that is not at the
     * site of its target; else the first. What leaves a site is never sent through that site while
     * there is another management server, whatever the route names.
     *
     * @param route the one chosen for the action; empty where none fits
     */
    public Optional<ManagementServer> managementServer(Action action, Optional<Route> route) {
        Optional<SiteName> near = near(action);
        Optional<SiteName> target = targetSite(action);
        Optional<SiteName> left =
                leaves(action) && !near.equals(target) ? target : Optional.empty();
        Optional<ManagementServer> nearest =
                routing.managementServers().stream()
                        .min(Comparator.comparingInt(server -> distance(server, near, target)));
        Optional<ManagementServer> named =
                route.flatMap(Route::managementServer).flatMap(routing::managementServer);
        boolean stays =
                named.map(ManagementServer::site).filter(site -> !stands(left, site)).isPresent();
        return stays ? named : nearest;
    }

    private static int distance(
            ManagementServer server, Optional<SiteName> near, Optional<SiteName> target) {
        if (stands(near, server.site())) {
            return 0;
        }
        return stands(target, server.site()) ? 2 : 1;
    }

    private static boolean stands(Optional<SiteName> site, SiteName where) {
        return site.filter(where::equals).isPresent();
    }

    private Optional<SiteName> targetSite(Action action) {
        return action.target().flatMap(estate::siteOf);
    }

    /** What is done because a site may be lost. */
    private static boolean leaves(Action action) {
        return action instanceof Action.FailOverPool
                || action instanceof Action.MoveCentralManagement;
    }

    /**
     * Where an action has to be near. A chat pool may be stretched over two sites: its own site
     * says nothing then of which one is left.
     */
    private Optional<SiteName> near(Action action) {
        return stretched(action).or(() -> action.standpoint().flatMap(estate::siteOf));
    }

    private Optional<SiteName> stretched(Action action) {
        if (action instanceof Action.SetActiveChatServers chat) {
            return chat.servers().stream().findFirst().map(ComponentId::of).flatMap(estate::siteOf);
        }
        return action instanceof Action.SetChatState chat && chat.state() == ChatState.FAILED_OVER
                ? shippedTo(chat.pool())
                : Optional.empty();
    }

    private Optional<SiteName> shippedTo(PoolFqdn chat) {
        return estate.pool(chat)
                .flatMap(estate::storeOf)
                .flatMap(store -> store.logShipping())
                .map(LogShipping::site);
    }
}
