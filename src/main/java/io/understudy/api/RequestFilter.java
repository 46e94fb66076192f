package io.understudy.api;

import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
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

    /** What stands around a header field: colon, space and the end of its line. */
    private static final int FIELD_FRAME = 4;

    private static final String ID = "understudy.request-id";

    private final Supplier<String> ids;
    private final ApiSettings settings;
    private final RequestLimits limits;

    @Inject
    RequestFilter(ApiSeams seams, ApiSettings settings, RequestLimits limits) {
        this.ids = seams.ids();
        this.settings = settings;
        this.limits = limits;
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
        Caution.put(context, limits.strictTransport());
        if (length(context.request()) > settings.maxBodyBytes()) {
            letPass(context, settings.maxBodyBytes());
        }
        endSlowSender(context);
        fault(context.request())
                .ifPresentOrElse(problem -> refuse(context, problem), context::next);
    }

    /** What is wrong with a request whatever it is for. */
    private Optional<Problem> fault(HttpServerRequest request) {
        String uri = request.uri();
        if (!RequestTarget.isReadable(uri)) {
            return wrong(
                    ProblemType.BAD_REQUEST,
                    "The address has an escape or a character that stands for no text.");
        }
        if (RequestTarget.parameters(uri) > limits.mostParameters()) {
            return wrong(
                    ProblemType.BAD_REQUEST,
                    "The address has more than " + limits.mostParameters() + " parameters.");
        }
        if (uri.length() > limits.longestAddress()) {
            return wrong(
                    ProblemType.URI_TOO_LONG,
                    "The address has more than " + limits.longestAddress() + " characters.");
        }
        if (tooMuch(request.headers())) {
            return wrong(
                    ProblemType.HEADERS_TOO_LARGE,
                    "There are more than "
                            + limits.mostHeaders()
                            + " header fields, or they have more than "
                            + limits.headerBytes()
                            + " bytes.");
        }
        if (hasBody(request) && request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            return wrong(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Bodies are taken without Content-Encoding only.");
        }
        if (length(request) > settings.maxBodyBytes()) {
            return wrong(
                    ProblemType.BODY_TOO_LARGE,
                    "The body has "
                            + length(request)
                            + " bytes, and at most "
                            + settings.maxBodyBytes()
                            + " are taken.");
        }
        return Optional.empty();
    }

    private boolean tooMuch(MultiMap headers) {
        int number = 0;
        int bytes = 0;
        for (Map.Entry<String, String> field : headers) {
            number++;
            bytes += field.getKey().length() + field.getValue().length() + FIELD_FRAME;
        }
        return number > limits.mostHeaders() || bytes > limits.headerBytes();
    }

    private static Optional<Problem> wrong(ProblemType type, String detail) {
        return Optional.of(Problem.of(type, detail));
    }

    /**
     * Whoever sends a byte now and then, also after his answer, holds a connection and what waits
     * for it.
     */
    private void endSlowSender(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!hasBody(request)) {
            return;
        }
        long timer =
                context.vertx()
                        .setTimer(
                                limits.sendTime().toMillis(),
                                _ -> {
                                    if (!request.isEnded()) {
                                        request.connection().close();
                                    }
                                });
        context.addEndHandler(_ -> {
            if (request.isEnded()) {
                context.vertx().cancelTimer(timer);
            }
        });
    }

    private static boolean hasBody(HttpServerRequest request) {
        return length(request) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /**
     * Reads what is not taken and throws it away: a sender that meets a closed connection while it
     * writes never sees why. What is out of all proportion, or does not tell its length, is cut off
     * all the same.
     */
    static void letPass(RoutingContext context, int longestBody) {
        HttpServerRequest request = context.request();
        boolean open = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (open || length(request) / longestBody >= WORTH_READING) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        } else {
            request.resume();
        }
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
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
        if (failure instanceof AuthenticationRedirectException onward) {
            lead(context, onward);
            return;
        }
        int status = context.statusCode();
        Problem problem =
                failure == null || status >= 400 && status < 500
                        ? Statuses.problem(status, context.request())
                        : ProblemMappers.problem(failure, context.request());
        ProblemMappers.logged(problem, failure, id(context), context.request());
        refuse(context, problem);
    }

    /** A browser that signs in goes on to where it came from, without what it brought along. */
    private static void lead(RoutingContext context, AuthenticationRedirectException onward) {
        if (!context.response().ended()) {
            context.response()
                    .setStatusCode(onward.getCode())
                    .putHeader(HttpHeaders.LOCATION, onward.getRedirectUri())
                    .end();
        }
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
        if (problem.type().status() == ProblemType.UNAUTHORIZED.status()) {
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
