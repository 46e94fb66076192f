package io.understudy.api;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.understudy.control.DocumentStore.VersionConflict;
import io.understudy.control.Unavailable;
import io.understudy.control.UnstorableValue;
import io.understudy.document.InvalidDocument;
import io.understudy.document.MalformedDocument;
import io.understudy.run.RunRefusal;
import io.understudy.topology.UnreadableTopology;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The only place where an exception becomes a status. */
@Singleton
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** When it is worth asking a provider again that did not answer. */
    private static final Duration PROVIDER_BACK = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response anything(Throwable thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    @ServerExceptionMapper
    Response failedAuthentication(AuthenticationFailedException thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException thrown, RoutingContext context) {
        return answer(thrown, context);
    }

    private static Response answer(Throwable thrown, RoutingContext context) {
        Problem problem = problem(thrown, context.request());
        String id = RequestFilter.id(context);
        logged(problem, thrown, id, context.request());
        Response.ResponseBuilder answer =
                Response.status(problem.type().status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(problem.json(id));
        if (problem.type() == ProblemType.METHOD_NOT_ALLOWED) {
            answer.header(HttpHeaders.ALLOW, ContractPaths.methods(context.normalizedPath()));
        }
        problem.retryAfter()
                .ifPresent(wait ->
                        answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds())));
        if (problem.type().status() == ProblemType.UNAUTHORIZED.status()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, ApiKeyMechanism.CHALLENGE);
        }
        return answer.build();
    }

    /**
     * Writes down what is our own fault, and only that: a caller's faults would let him fill the
     * log. One who has gone is no fault, whatever it is that cannot be read or written any more.
     */
    static void logged(
            Problem problem, @Nullable Throwable thrown, String id, HttpServerRequest request) {
        // while an answer is written it is the exception that tells first
        if (request.response().closed() || thrown instanceof ClosedChannelException) {
            LOG.debugf(thrown, "the sender of request %s has gone", id);
        } else if (problem.type() == ProblemType.INTERNAL) {
            LOG.errorf(
                    thrown,
                    "request %s (%s %s) failed by a fault of ours; please report it",
                    id,
                    request.method(),
                    request.path());
        } else if (problem.type() == ProblemType.UNAVAILABLE) {
            LOG.warnf(
                    "request %s (%s %s) could not be served: %s",
                    id, request.method(), request.path(), problem.detail());
        }
    }

    /** What the sender of {@code request} is told about {@code thrown}. */
    static Problem problem(@Nullable Throwable thrown, HttpServerRequest request) {
        return switch (thrown) {
            case ProblemException e -> e.problem();
            case Bodies.SenderGone e ->
                    Problem.of(ProblemType.BAD_REQUEST, String.valueOf(e.getMessage()));
            case RunRefusal e -> refusal(e);
            case VersionConflict e ->
                    Problem.of(
                            ProblemType.VERSION_CONFLICT,
                            e.getMessage() + ", not at the one in If-Match");
            case MalformedDocument e ->
                    Problem.of(ProblemType.MALFORMED_DOCUMENT, String.valueOf(e.getMessage()));
            case InvalidDocument e ->
                    Problem.of(
                            ProblemType.INVALID_DOCUMENT,
                            String.valueOf(e.getMessage()),
                            fields(e));
            case UnreadableTopology e -> unreadable(e);
            case UnstorableValue e ->
                    Problem.of(ProblemType.INVALID_DOCUMENT, String.valueOf(e.getMessage()));
            case Unavailable e ->
                    Problem.of(
                                    ProblemType.UNAVAILABLE,
                                    e.inDoubt()
                                            ? "What keeps its data went away before it confirmed;"
                                                    + " whether it was done is not known."
                                            : "What keeps its data does not answer now, or has too"
                                                    + " much to do; nothing was done.")
                            .after(e.retryAfter());
            case UnauthorizedException _,
                    AuthenticationFailedException _,
                    AuthenticationCompletionException _ ->
                    unauthorized();
            case OIDCException _ ->
                    Problem.of(
                                    ProblemType.UNAVAILABLE,
                                    "The identity provider does not answer now; keys work on.")
                            .after(PROVIDER_BACK);
            case ForbiddenException _ ->
                    Problem.of(
                            ProblemType.FORBIDDEN,
                            "The key lacks the role for "
                                    + request.method()
                                    + " "
                                    + request.path()
                                    + ".");
            case WebApplicationException e ->
                    Statuses.problem(e.getResponse().getStatus(), request);
            case null, default ->
                    Problem.of(
                            ProblemType.INTERNAL,
                            "The request could not be carried out; the log has the details under"
                                    + " the id of instance.");
        };
    }

    static Problem unauthorized() {
        return Problem.of(
                ProblemType.UNAUTHORIZED,
                "There is no key in the request, or it is unknown, revoked or expired.");
    }

    private static List<Problem.Field> fields(InvalidDocument invalid) {
        return invalid.problems().stream()
                .map(p -> new Problem.Field(p.pointer(), p.message(), Optional.of(p.code())))
                .toList();
    }

    private static Problem unreadable(UnreadableTopology topology) {
        String message = String.valueOf(topology.getMessage());
        List<Problem.Field> errors =
                List.of(new Problem.Field("", message, Optional.of(topology.reason().name())));
        return switch (topology.reason()) {
            case NOT_UNICODE, NOT_XML, DOCTYPE, ENTITY, XINCLUDE, TOO_DEEP, TOO_MANY_ELEMENTS ->
                    Problem.of(ProblemType.MALFORMED_DOCUMENT, message, errors)
                            .advising(
                                    "Send a topology as it was exported, in UTF-8 or UTF-16: the"
                                            + " .tbxml file of Topology Builder, or (Get-CsTopology"
                                            + " -AsXml).ToString().");
            case NOT_A_TOPOLOGY ->
                    Problem.of(ProblemType.INVALID_DOCUMENT, message, errors)
                            .advising(
                                    "Export it by (Get-CsTopology -AsXml).ToString(), or save it in"
                                            + " Topology Builder as .tbxml.");
        };
    }

    private static Problem refusal(RunRefusal refusal) {
        ProblemType type =
                switch (refusal.reason()) {
                    case NOT_FOUND -> ProblemType.NOT_FOUND;
                    case WRONG_STATE, NO_EXECUTOR, LEASE_LOST -> ProblemType.RUN_REFUSED;
                    case NOT_PROPOSED -> ProblemType.NOT_PROPOSED;
                    case NOT_ALLOWED -> ProblemType.FORBIDDEN;
                    case LOCKED -> ProblemType.RUN_LOCKED;
                };
        return Problem.of(type, refusal.getMessage()).advising(refusal.whatToDo());
    }
}
