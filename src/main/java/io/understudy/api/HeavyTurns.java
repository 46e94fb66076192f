package io.understudy.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Has requests that take much computing wait for their turn, and refuses those whose turn does not
 * come. Quarkus makes filters before there are settings, so what has any is fetched when it is
 * needed.
 */
@Heavy
@Provider
final class HeavyTurns implements ContainerRequestFilter {

    private final Instance<Turns> turns;
    private final Instance<RoutingContext> routing;

    @Inject
    HeavyTurns(Instance<Turns> turns, Instance<RoutingContext> routing) {
        this.turns = turns;
        this.routing = routing;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Turns.Turn turn = turns.get().take();
        routing.get().addEndHandler(_ -> turn.close());
    }
}
