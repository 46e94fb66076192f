package io.understudy.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets in as many requests as the service can carry, before anything is read or looked up for them:
 * whatever waits behind this is bounded by it.
 */
@Singleton
final class Admission {

    /** After {@link RequestFilter}, before authentication. */
    private static final int SECOND = 300;

    private static final String LEAVE = "understudy.admission.leave";

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
                Runnable leave = once(() -> load.leave(caller, bytes));
                context.put(LEAVE, leave);
                context.addEndHandler(_ -> leave.run());
                // where the server cuts a body off, it puts its own in place of the other one
                context.addBodyEndHandler(_ -> leave.run());
                context.next();
            }
            case TOO_MANY_OF_CALLER -> refuse(context, ofCaller());
            case TOO_MANY -> refuse(context, ofAll());
        }
    }

    private static Runnable once(Runnable task) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                task.run();
            }
        };
    }

    /**
     * A request is an event stream from now on: those have their own limit and last for days, and
     * nobody here would hear of their end.
     */
    static void leave(RoutingContext context) {
        Runnable leave = context.get(LEAVE);
        if (leave != null) {
            leave.run();
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

    /** Health and metrics must not be refused just then. */
    private static boolean isCounted(String path) {
        return !path.startsWith("/q/");
    }

    private static String caller(HttpServerRequest request) {
        List<String> shown = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        return shown.isEmpty()
                ? "from " + request.remoteAddress().hostAddress()
                : "key " + ShownKey.id(shown);
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
