package io.understudy.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.conformance.Behaviour;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one result that a script leaves. */
final class StandInResults {

    private StandInResults() {}

    static Map<String, Object> failed(Behaviour treated) {
        return treated == Behaviour.REFUSE
                ? result(
                        "FAILED",
                        "REFUSED",
                        "This pool is the next hop of an Edge pool",
                        "change the next hop first",
                        "NOT_DONE")
                : result(
                        "FAILED",
                        "UNREACHABLE",
                        "The RPC server is unavailable",
                        "see to the network",
                        "NOT_DONE");
    }

    static Map<String, Object> told(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Done done -> result("DONE", "", done.message(), "", "DONE");
            case StepOutcome.Refused no ->
                    result("FAILED", "REFUSED", no.message(), no.whatToDo(), "NOT_DONE");
            case StepOutcome.Retryable later ->
                    result("FAILED", "UNREACHABLE", later.message(), "", "NOT_DONE");
            case StepOutcome.Fatal fatal ->
                    result("FAILED", "FAILED", fatal.message(), fatal.whatToDo(), "NOT_DONE");
            case StepOutcome.Uncertain doubt ->
                    result("FAILED", "TIMED_OUT", doubt.message(), "", "CANNOT_TELL");
        };
    }

    static Map<String, Object> result(
            String result, String category, String message, String whatToDo, String presence) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("result", result);
        all.put("category", category);
        all.put("errorId", category.isEmpty() ? "" : "StandIn");
        all.put("message", message);
        all.put("whatToDo", whatToDo);
        all.put("presence", presence);
        all.put("evidence", "");
        all.put("warnings", List.of());
        return all;
    }

    static Map<String, Object> superseded(JsonNode envelope) {
        return result(
                "FAILED",
                "REFUSED",
                "token "
                        + envelope.path("token")
                        + " of run "
                        + envelope.path("run").asText()
                        + " is older than one seen already",
                "let the run's present owner go on",
                "CANNOT_TELL");
    }
}
