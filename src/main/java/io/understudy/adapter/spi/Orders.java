package io.understudy.adapter.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The orders that an executor was given since it was made: refuses those of an owner that was
 * succeeded, and keeps one that is given again from acting again. Safe on any thread.
 *
 * <p>It keeps them in memory: after a restart, and in another process, nothing is known of them.
 * What must hold then, the other side has to keep.
 */
public final class Orders {

    /** How many runs, and how many orders, are remembered; the oldest are forgotten first. */
    public static final int MOST = 10_000;

    private record Order(String run, int step, int attempt) {}

    private final Map<String, Long> tokens = new LinkedHashMap<>();
    private final Map<Order, Optional<StepOutcome>> outcomes = new LinkedHashMap<>();

    /**
     * Acts, unless the call's token is older than one that was seen for its run, or the same order
     * was given before: then how that one ended is answered, or that it is not known yet.
     *
     * @param act what the order is; its exceptions pass, and count as uncertain
     */
    public StepOutcome once(StepCall call, Supplier<StepOutcome> act) {
        Order order = new Order(call.runId(), call.stepNumber(), call.attempt());
        Optional<StepOutcome> before = begin(order, call);
        if (before.isPresent()) {
            return before.get();
        }
        StepOutcome outcome = new StepOutcome.Uncertain("it broke off");
        try {
            outcome = act.get();
            return outcome;
        } finally {
            end(order, outcome);
        }
    }

    /** The refusal of a call whose owner was succeeded, perhaps since it was given. */
    public synchronized Optional<StepOutcome> refusal(StepCall call) {
        return call.refusal(tokens.getOrDefault(call.runId(), Long.MIN_VALUE));
    }

    private synchronized Optional<StepOutcome> begin(Order order, StepCall call) {
        Optional<StepOutcome> older = refusal(call);
        if (older.isPresent()) {
            return older;
        }
        remember(tokens, call.runId(), call.fencingToken());
        Optional<StepOutcome> before = outcomes.get(order);
        if (before != null) {
            return before.or(() ->
                    Optional.of(
                            new StepOutcome.Uncertain(
                                    "this order was given before and is not at its end")));
        }
        remember(outcomes, order, Optional.empty());
        return Optional.empty();
    }

    private synchronized void end(Order order, StepOutcome outcome) {
        outcomes.replace(order, Optional.of(outcome));
    }

    private static <K, V> void remember(Map<K, V> map, K key, V value) {
        map.put(key, value);
        if (map.size() > MOST) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
