package io.understudy.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a caller is told when something is wrong (RFC 9457).
 *
 * @param detail what happened this time
 * @param errors the offending fields
 * @param whatToDo the way out
 * @param retryAfter when trying again may be of use
 */
record Problem(
        ProblemType type,
        String detail,
        List<Field> errors,
        String whatToDo,
        Optional<Duration> retryAfter) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** More than these are not listed: whoever sends ten thousand wrong rows reads a hundred. */
    private static final int MOST_ERRORS = 100;

    /**
     * One offending field.
     *
     * @param pointer JSON pointer into the body, or the name of a parameter or header
     * @param code stable name of the rule that is broken, where there is one
     */
    record Field(String pointer, String message, Optional<String> code) {

        Field(String pointer, String message) {
            this(pointer, message, Optional.empty());
        }
    }

    Problem {
        errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), type.whatToDo(), Optional.empty());
    }

    static Problem of(ProblemType type, String detail, List<Field> errors) {
        return new Problem(type, detail, errors, type.whatToDo(), Optional.empty());
    }

    static Problem parameter(String name, String message) {
        return of(
                ProblemType.INVALID_PARAMETER,
                name + ": " + message,
                List.of(new Field(name, message)));
    }

    Problem advising(String advice) {
        return new Problem(type, detail, errors, advice, retryAfter);
    }

    Problem after(Duration wait) {
        return new Problem(type, detail, errors, whatToDo, Optional.of(wait));
    }

    /** This problem as something to throw. */
    ProblemException exception() {
        return new ProblemException(this);
    }

    /** The body of the answer to the request with this id. */
    String json(String requestId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", type.urn());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.put("instance", "urn:understudy:request:" + requestId);
        body.put("whatToDo", whatToDo);
        ArrayNode listed = body.putArray("errors");
        for (Field error : errors) {
            ObjectNode field = listed.addObject();
            field.put("pointer", error.pointer()).put("message", error.message());
            error.code().ifPresent(code -> field.put("code", code));
        }
        return body.toString();
    }
}
