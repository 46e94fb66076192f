package io.understudy.adapter.simulator;

import io.understudy.adapter.simulator.Twin.Verdict;
import io.understudy.adapter.spi.StepCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which orders are between their begin and their end, by run and step. */
final class UnderWay {

    private UnderWay() {}

    static boolean is(TwinView view, StepCall call) {
        Instant until = view.state().underWay().get(key(call));
        return until != null && view.at().isBefore(until);
    }

    /** With this order under way, if it takes any time; what has outlived its time is dropped. */
    static Verdict begun(TwinView view, StepCall call, Verdict verdict, Duration takes) {
        if (!takes.isPositive()) {
            return verdict;
        }
        Map<String, Instant> orders = new HashMap<>(verdict.state().underWay());
        orders.values().removeIf(until -> !view.at().isBefore(until));
        orders.put(key(call), view.at().plus(takes));
        return new Verdict(verdict.state().withUnderWay(orders), verdict.outcome());
    }

    /** Without it. */
    static Verdict ended(StepCall call, Verdict verdict) {
        if (!verdict.state().underWay().containsKey(key(call))) {
            return verdict;
        }
        Map<String, Instant> orders = new HashMap<>(verdict.state().underWay());
        orders.remove(key(call));
        return new Verdict(verdict.state().withUnderWay(orders), verdict.outcome());
    }

    private static String key(StepCall call) {
        return call.runId() + "/" + call.stepNumber();
    }
}
