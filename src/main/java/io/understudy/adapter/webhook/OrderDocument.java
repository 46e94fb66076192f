package io.understudy.adapter.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.adapter.spi.CallValues;
import io.understudy.adapter.spi.StepCall;
import io.understudy.runbook.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;

/** An order as a receiver gets it. */
final class OrderDocument {

    private static final Set<String> OWN = Set.of("runId", "step", "attempt", "token");

    private OrderDocument() {}

    static String write(StepCall call, Duration limit, Instant now) {
        ObjectNode order =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("run", call.runId())
                        .put("step", call.stepNumber())
                        .put("attempt", call.attempt())
                        .put("token", call.fencingToken())
                        .put(
                                "operation",
                                Operation.of(call.action()).map(Enum::name).orElse("NONE"))
                        .put("timeLimit", limit.toString())
                        .put("deadline", now.plus(limit).toString());
        ObjectNode parameters = order.putObject("parameters");
        new TreeMap<>(CallValues.of(call))
                .forEach((name, value) -> {
                    if (!OWN.contains(name)) {
                        parameters.put(name, value);
                    }
                });
        return order.toString();
    }

    /** What names the order: the same one must not act again. */
    static String key(StepCall call) {
        return call.runId() + "/" + call.stepNumber() + "/" + call.attempt();
    }
}
