package io.understudy.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has requests that take much computing wait for their turn, and refuses those whose turn does not
 * come: a failure elsewhere must be decided on in time whatever people ask meanwhile.
 */
@Heavy
@Provider
final class HeavyTurns implements ContainerRequestFilter {

    private final Semaphore turns;
    private final LoadLimits limits;
    private final RoutingContext routing;

    @Inject
    HeavyTurns(LoadLimits limits, RoutingContext routing) {
        this.turns = new Semaphore(limits.heavyRequests(), true);
        this.limits = limits;
        this.routing = routing;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!taken()) {
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            limits.heavyRequests()
                                    + " requests that take much computing are worked on, which is"
                                    + " the limit.")
                    .after(limits.retryAfter())
                    .exception();
        }
        routing.addEndHandler(_ -> turns.release());
    }

    private boolean taken() {
        try {
            return turns.tryAcquire(limits.heavyPatience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
