package io.understudy.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Lets in as many requests as the service can carry, before anything is read or looked up for them:
 * whatever waits behind this is bounded by it.
 */
@Singleton
final class Admission {

    /** After {@link RequestFilter}, before authentication. */
    private static final int SECOND = 300;

    private final RequestLoad load;
    private final LoadLimits limits;
    private final int longestBody;

    @Inject
    Admission(LoadLimits limits, ApiSettings settings) {
        this.load = new RequestLoad(limits);
        this.limits = limits;
        this.longestBody = settings.maxBodyBytes();
    }

    void place(@Observes Filters filters) {
        filters.register(this::enter, SECOND);
    }

    private void enter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isCounted(context.normalizedPath())) {
            context.next();
            return;
        }
        String caller = caller(request);
        long bytes = bytes(request);
        switch (load.enter(caller, bytes)) {
            case ADMITTED -> {
                context.addEndHandler(_ -> load.leave(caller, bytes));
                context.next();
            }
            case TOO_MANY_OF_CALLER -> refuse(context, ofCaller());
            case TOO_MANY -> refuse(context, ofAll());
        }
    }

    private Problem ofCaller() {
        return Problem.of(
                ProblemType.TOO_MANY_REQUESTS,
                "This caller has "
                        + limits.requestsPerCaller()
                        + " requests, or "
                        + limits.bodyBytesPerCaller()
                        + " bytes of bodies, under way, and no more are taken of one.");
    }

    private Problem ofAll() {
        return Problem.of(
                ProblemType.UNAVAILABLE,
                limits.requests()
                        + " requests, or "
                        + limits.bodyBytes()
                        + " bytes of bodies, are under way, and no more are taken at once.");
    }

    private void refuse(RoutingContext context, Problem problem) {
        RequestFilter.letPass(context, longestBody);
        RequestFilter.refuse(context, problem.after(limits.retryAfter()));
    }

    /** Health and metrics must not be refused just then, and event streams have their own limit. */
    private static boolean isCounted(String path) {
        return !path.startsWith("/q/") && !path.endsWith("/events");
    }

    private static String caller(HttpServerRequest request) {
        String key = request.getHeader(HttpHeaders.AUTHORIZATION);
        return key == null
                ? "from " + request.remoteAddress().hostAddress()
                : "key " + key.hashCode();
    }

    /** A body that does not tell its length is taken for the longest. */
    private long bytes(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return longestBody;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Math.clamp(Long.parseLong(length), 0L, longestBody);
        } catch (NumberFormatException e) {
            return longestBody;
        }
    }
}
