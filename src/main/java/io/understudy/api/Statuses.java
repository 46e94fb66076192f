package io.understudy.api;

import io.vertx.core.http.HttpServerRequest;

/** What a bare status of the HTTP layer means as a problem. */
final class Statuses {

    private Statuses() {}

    static Problem problem(int status, HttpServerRequest request) {
        String what = request.method() + " " + request.path();
        return switch (status) {
            case 401 -> ProblemMappers.unauthorized();
            case 403 ->
                    Problem.of(ProblemType.FORBIDDEN, "The key lacks the role for " + what + ".");
            case 404 -> Problem.of(ProblemType.NOT_FOUND, "Nothing is at " + request.path() + ".");
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, what + " is not offered.");
            case 406 ->
                    Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "No form of the answer to " + what + " fits the header Accept.");
            case 413 ->
                    Problem.of(
                            ProblemType.BODY_TOO_LARGE, "The body of " + what + " is too large.");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "The address is too long.");
            case 415 ->
                    Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "The Content-Type of " + what + " is not taken.");
            case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "The headers are too large.");
            default ->
                    status >= 400 && status < 500
                            ? Problem.of(ProblemType.BAD_REQUEST, what + " cannot be understood.")
                            : Problem.of(
                                    ProblemType.INTERNAL,
                                    "The request could not be carried out; the log has the details under the id of instance.");
        };
    }
}
