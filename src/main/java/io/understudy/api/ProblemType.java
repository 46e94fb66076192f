package io.understudy.api;

/**
 * The kinds of errors that a caller can meet. The name in the URN is stable; titles may be
 * reworded.
 */
enum ProblemType {
    BAD_REQUEST(
            400,
            "bad-request",
            "The request cannot be understood",
            "Send a request as the contract at /openapi describes it."),
    INVALID_PARAMETER(
            400,
            "invalid-parameter",
            "A parameter is not valid",
            "Correct the parameters named in errors."),
    INVALID_CURSOR(
            400,
            "invalid-cursor",
            "The cursor is not one that was handed out",
            "Start again without cursor, and use next of each answer as it is."),
    MALFORMED_DOCUMENT(
            400,
            "malformed-document",
            "The body cannot be read",
            "Send well-formed JSON, or YAML where the contract says so, in UTF-8."),
    UNAUTHORIZED(
            401,
            "unauthorized",
            "A key is needed",
            "Send the header 'Authorization: Bearer <key>' with a key that an administrator has"
                    + " made and not revoked and that has not expired."),
    SENDER_NOT_PROVEN(
            401,
            "sender-not-proven",
            "The key alone does not prove who sends this",
            "Sign each attempt anew with the monitoring system's secret and the time of now, or"
                    + " show its certificate: see docs/monitors.md."),
    FORBIDDEN(
            403,
            "forbidden",
            "The key may not do this",
            "Use a key that has one of the roles that the contract names for this operation."),
    OUT_OF_SCOPE(
            403,
            "out-of-scope",
            "The role does not hold for this",
            "Ask for what belongs to your sites and pools, or use a key whose role holds for the"
                    + " others, too."),
    CROSS_SITE(
            403,
            "cross-site",
            "Another site must not make a browser change anything here",
            "Send the header X-Requested-With: understudy, or a key or token instead of the"
                    + " cookie."),
    APPROVAL_BY_KEY(
            403,
            "approval-by-key",
            "Approvals are given by people who have signed in",
            "Sign in at the identity provider, or have understudy.oidc.approval-by-key set to"
                    + " true."),
    NOT_FOUND(
            404,
            "not-found",
            "There is no such thing",
            "Check the path against the contract at /openapi and the name against a listing."),
    NO_SIMULATOR(
            404,
            "no-simulator",
            "No simulator is running",
            "Start the service without a database of your own, or turn the simulator on."),
    METHOD_NOT_ALLOWED(
            405,
            "method-not-allowed",
            "The method is not offered here",
            "Use one of the methods in the header Allow."),
    NOT_ACCEPTABLE(
            406,
            "not-acceptable",
            "No acceptable form of the answer exists",
            "Accept application/json, or another form that the contract names for this operation."),
    RUN_REFUSED(
            409,
            "run-refused",
            "The run does not allow it now",
            "Look at the run and at the open runs, then decide anew."),
    RUN_LOCKED(
            409,
            "run-locked",
            "Another run is under way on the same target",
            "Wait for that run to end, or cancel it."),
    NOT_PROPOSED(
            409,
            "not-proposed",
            "This is not what is decided now, or its gate is not passed",
            "Look at /api/v1/decisions and bring about what the failed clauses ask for."),
    IDEMPOTENCY_MISMATCH(
            409,
            "idempotency-mismatch",
            "The Idempotency-Key was used for another request",
            "Use a new key for a new request."),
    IDEMPOTENCY_UNDER_WAY(
            409,
            "idempotency-under-way",
            "The same request is still being carried out",
            "Ask again in a moment with the same key."),
    RECORDING_TOO_LARGE(
            409,
            "recording-too-large",
            "There is more on record than is recorded or replayed at once",
            "Have understudy.replay.most-observations raised or understudy.replay.margin lowered."),
    VERSION_CONFLICT(
            412,
            "version-conflict",
            "The document has changed since it was read",
            "Read it again, make the change there and send it with the new ETag in If-Match."),
    BODY_TOO_LARGE(
            413,
            "body-too-large",
            "The body is too large",
            "Send less at once; the contract names the limit."),
    URI_TOO_LONG(414, "uri-too-long", "The address is too long", "Send a shorter one."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "unsupported-media-type",
            "The body is of a type that is not taken here",
            "Send application/json in UTF-8, or YAML where the contract says so."),
    INVALID_DOCUMENT(
            422,
            "invalid-document",
            "The document breaks rules",
            "Correct what errors names; each pointer leads to a field."),
    PRECONDITION_REQUIRED(
            428,
            "precondition-required",
            "It must be said which version is replaced",
            "Send If-Match with the ETag that was read, or If-None-Match: * for the first one."),
    TOO_MANY_REQUESTS(
            429,
            "too-many-requests",
            "This caller asks too much at once",
            "Wait for answers before asking more, or at least for the time in Retry-After."),
    TOO_MANY_FAILURES(
            429,
            "too-many-failures",
            "Too many keys that are none",
            "Wait for the time in Retry-After, then send a key that an administrator has made and"
                    + " not revoked."),
    HEADERS_TOO_LARGE(
            431, "headers-too-large", "The headers are too large", "Send fewer or shorter ones."),
    INTERNAL(
            500,
            "internal",
            "Something went wrong on our side",
            "Look for the id of instance in the service's log and report it."),
    UNAVAILABLE(
            503,
            "unavailable",
            "The service cannot do this now",
            "Try again after the time in Retry-After.");

    private final int status;
    private final String name;
    private final String title;
    private final String whatToDo;

    ProblemType(int status, String name, String title, String whatToDo) {
        this.status = status;
        this.name = name;
        this.title = title;
        this.whatToDo = whatToDo;
    }

    int status() {
        return status;
    }

    String urn() {
        return "urn:understudy:problem:" + name;
    }

    String title() {
        return title;
    }

    String whatToDo() {
        return whatToDo;
    }
}
