package io.understudy.simulation;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the runs act on. It keeps the newest token of each run and every order that it was given,
 * and knows what really took effect, whatever anybody hears of it.
 */
final class OtherSide {

    private record Order(String run, int step, int attempt) {}

    private record Place(String run, int step) {}

    private final Scene scene;
    private final Map<String, Long> tokens = new HashMap<>();
    private final Map<Order, Optional<StepOutcome>> orders = new HashMap<>();
    private final Map<Place, Integer> effects = new HashMap<>();
    private final Map<Place, Integer> underWay = new HashMap<>();

    OtherSide(Scene scene) {
        this.scene = scene;
    }

    int effects(String run, int step) {
        return effects.getOrDefault(new Place(run, step), 0);
    }

    boolean isUnderWay(String run, int step) {
        return underWay.getOrDefault(new Place(run, step), 0) > 0;
    }

    /** Looks; a strict one refuses older owners from then on. */
    Presence look(StepCall call) {
        if (scene.weather().strict()) {
            tokens.merge(call.runId(), call.fencingToken(), Math::max);
        }
        if (effects(call.runId(), call.stepNumber()) > 0) {
            return Presence.DONE;
        }
        return isUnderWay(call.runId(), call.stepNumber()) ? Presence.UNDER_WAY : Presence.NOT_DONE;
    }

    /**
     * An order arrives.
     *
     * @param seen whether anything shows that a step took no effect although its order was done
     * @param answer hears the outcome when it is known
     */
    void receive(StepCall call, boolean seen, Consumer<StepOutcome> answer) {
        long newest = tokens.getOrDefault(call.runId(), 0L);
        if (call.fencingToken() < newest && scene.defect() != Defect.EXECUTOR_WITHOUT_FENCE) {
            scene.count(Happening.STALE_ORDER_REFUSED);
            answer.accept(new StepOutcome.Refused("an older token", "let the owner go on"));
            return;
        }
        tokens.merge(call.runId(), call.fencingToken(), Math::max);
        Order order = new Order(call.runId(), call.stepNumber(), call.attempt());
        Optional<StepOutcome> before = orders.get(order);
        if (before != null && scene.defect() != Defect.EXECUTOR_WITHOUT_MEMORY) {
            scene.count(Happening.ORDER_DELIVERED_AGAIN);
            answer.accept(before.orElseGet(() -> new StepOutcome.Uncertain("given before")));
            return;
        }
        orders.put(order, Optional.empty());
        carryOut(
                call,
                seen,
                outcome -> {
                    orders.put(order, Optional.of(outcome));
                    answer.accept(outcome);
                });
    }

    private void carryOut(StepCall call, boolean seen, Consumer<StepOutcome> answer) {
        switch (scene.chance().below(14)) {
            case 0 -> answer.accept(new StepOutcome.Retryable("busy"));
            case 1 -> take(call, false, new StepOutcome.Retryable("it broke off"), answer);
            case 2 -> answer.accept(new StepOutcome.Refused("not now", "ask nicely"));
            case 3 -> take(call, false, new StepOutcome.Fatal("broken", "mend it"), answer);
            case 4 -> take(call, false, new StepOutcome.Uncertain("nobody knows"), answer);
            case 5 -> claim(call, seen, answer);
            default -> take(call, true, new StepOutcome.Done("done"), answer);
        }
    }

    /** It says that it is done, and nothing has changed: only where that can be found out. */
    private void claim(StepCall call, boolean seen, Consumer<StepOutcome> answer) {
        take(call, !seen, new StepOutcome.Done("done"), answer);
    }

    private void take(
            StepCall call, boolean works, StepOutcome outcome, Consumer<StepOutcome> answer) {
        Place place = new Place(call.runId(), call.stepNumber());
        if (works) {
            scene.oracle().effectBegins(call);
        }
        underWay.merge(place, 1, Integer::sum);
        Runnable end =
                () -> {
                    underWay.merge(place, -1, Integer::sum);
                    if (works) {
                        effects.merge(place, 1, Integer::sum);
                        scene.note(() -> "effect of " + name(call));
                    }
                    answer.accept(outcome);
                };
        long time = duration();
        if (time == 0) {
            end.run();
        } else {
            scene.time().after(time, end);
        }
    }

    private long duration() {
        return scene.chance().oneIn(2)
                ? 0
                : scene.chance().oneIn(5)
                        ? scene.chance().between(0, 40 * VirtualTime.SECOND)
                        : scene.chance().between(0, VirtualTime.SECOND);
    }

    static String name(StepCall call) {
        return "%s step %d attempt %d token %d"
                .formatted(call.runId(), call.stepNumber(), call.attempt(), call.fencingToken());
    }
}
