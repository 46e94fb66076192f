package io.understudy.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * What every request passes before anything else: it gets its id, its answer the headers of
 * caution, and what no resource could make sense of is refused.
 */
@Singleton
final class RequestFilter {

    /** Before authentication (200), which Quarkus places, and so before every resource. */
    private static final int FIRST = 400;

    /** How many times too long a body may be before it is no longer read to its end. */
    private static final int WORTH_READING = 4;

    private static final String ID = "understudy.request-id";

    private final Supplier<String> ids;
    private final ApiSettings settings;

    @Inject
    RequestFilter(ApiSeams seams, ApiSettings settings) {
        this.ids = seams.ids();
        this.settings = settings;
    }

    void first(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    void last(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    }

    /** The id under which a request is known to its sender and in the log. */
    static String id(RoutingContext context) {
        return String.valueOf(context.<String>get(ID));
    }

    private void enter(RoutingContext context) {
        context.put(ID, ids.get());
        caution(context.response(), context.request().uri());
        if (!RequestTarget.isReadable(context.request().uri())) {
            refuse(
                    context,
                    Problem.of(
                            ProblemType.BAD_REQUEST,
                            "The address has an escape or a character that stands for no text."));
        } else if (length(context) > settings.maxBodyBytes()) {
            letPass(context);
            refuse(
                    context,
                    Problem.of(
                            ProblemType.BODY_TOO_LARGE,
                            "The body has "
                                    + length(context)
                                    + " bytes, and at most "
                                    + settings.maxBodyBytes()
                                    + " are taken."));
        } else {
            context.next();
        }
    }

    /**
     * Reads what is not taken and throws it away: a sender that meets a closed connection while it
     * writes never sees why. What is out of all proportion is cut off all the same.
     */
    private void letPass(RoutingContext context) {
        if (length(context) / settings.maxBodyBytes() < WORTH_READING) {
            context.request().resume();
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private static void caution(HttpServerResponse response, String uri) {
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        response.putHeader("Referrer-Policy", "no-referrer");
        if (uri.startsWith("/api/") || uri.startsWith("/q/")) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static long length(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void failed(RoutingContext context) {
        if (context.get(ID) == null) {
            context.put(ID, ids.get());
        }
        Throwable failure = context.failure();
        int status = context.statusCode();
        Problem problem =
                failure == null || status >= 400 && status < 500
                        ? Statuses.problem(status, context.request())
                        : ProblemMappers.problem(failure, context.request());
        ProblemMappers.logged(problem, failure, id(context), context.request());
        refuse(context, problem);
    }

    /** Answers a request that does not reach a resource. */
    static void refuse(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.end();
            return;
        }
        response.setStatusCode(problem.type().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.type() == ProblemType.UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", ApiKeyMechanism.CHALLENGE);
        }
        problem.retryAfter()
                .ifPresent(wait ->
                        response.putHeader(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(Math.max(1, wait.toSeconds()))));
        response.end(problem.json(id(context)));
    }
}
