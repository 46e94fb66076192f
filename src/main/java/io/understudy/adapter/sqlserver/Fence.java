package io.understudy.adapter.sqlserver;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest fencing token of each run since the start of this process. Safe on any thread. */
final class Fence {

    private static final int MOST_RUNS = 10_000;

    private final Map<String, Long> tokens = new LinkedHashMap<>();

    /** A refusal when an older token than seen for the run comes; remembers the newest. */
    synchronized Optional<StepOutcome> refusal(StepCall call) {
        long newest = tokens.getOrDefault(call.runId(), Long.MIN_VALUE);
        if (call.fencingToken() < newest) {
            return Optional.of(
                    new StepOutcome.Refused(
                            "token "
                                    + call.fencingToken()
                                    + " of run "
                                    + call.runId()
                                    + " is older than "
                                    + newest
                                    + ", which was seen already",
                            "let the run's present owner go on"));
        }
        tokens.put(call.runId(), call.fencingToken());
        if (tokens.size() > MOST_RUNS) {
            tokens.remove(tokens.keySet().iterator().next());
        }
        return Optional.empty();
    }
}
