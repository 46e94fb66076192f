package io.understudy.adapter.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The one answer of a script.
 *
 * @param result DONE, FAILED, NOT_STARTED, DEAD, UNDER_WAY, NOT_DONE, CANNOT_TELL or REHEARSED
 * @param category of a failure: REFUSED, NOT_PERMITTED, UNREACHABLE, TIMED_OUT, ALREADY_DONE or
 *     FAILED; else empty
 * @param presence whether the effect is there, as the script's own look says: DONE, NOT_DONE,
 *     UNDER_WAY or CANNOT_TELL
 */
record Result(
        String result,
        String category,
        String errorId,
        String message,
        String whatToDo,
        String presence,
        String evidence,
        List<String> warnings) {

    private static final int MOST_WARNINGS = 20;

    Result {
        warnings = List.copyOf(warnings);
    }

    static Result of(JsonNode told) {
        List<String> warnings = new ArrayList<>();
        for (JsonNode warning : told.path("warnings")) {
            if (warnings.size() < MOST_WARNINGS) {
                warnings.add(warning.asText());
            }
        }
        return new Result(
                told.path("result").asText(),
                told.path("category").asText(),
                told.path("errorId").asText(),
                told.path("message").asText(),
                told.path("whatToDo").asText(),
                told.path("presence").asText(),
                told.path("evidence").asText(),
                warnings);
    }

    /** All that it says, for people. */
    String sentence(String otherwise) {
        List<String> parts = new ArrayList<>();
        parts.add(message.isBlank() ? otherwise : message);
        if (!errorId.isBlank()) {
            parts.add("error id " + errorId);
        }
        if (!evidence.isBlank()) {
            parts.add(evidence);
        }
        warnings.forEach(warning -> parts.add("warning: " + warning));
        return String.join("; ", parts);
    }
}
