package io.understudy.run;

import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.runbook.Step;
import java.time.InstantSource;
import java.util.Optional;

/** What the work on one step of a run is done with. */
record StepContext(
        Run run,
        OwnedStore store,
        ExecutorRouting executors,
        Reassessment reassessment,
        Sight sight,
        Attempts attempts,
        InstantSource clock,
        RunnerSettings pace) {

    private static final System.Logger LOGGER = System.getLogger(StepContext.class.getName());

    /** A step as it is given to whoever carries it out. */
    record Order(StepExecutor executor, StepCall call, Carrier carrier) {

        Attempts.Attempt asAttempt() {
            return new Attempts.Attempt(
                    call.runId(), call.fencingToken(), call.stepNumber(), call.attempt());
        }

        String broken(String what) {
            return "executor %s broke in %s of step %d of run %s; it must answer instead: report it"
                    .formatted(executor.name(), what, call.stepNumber(), call.runId());
        }
    }

    /**
     * The order of a step's present attempt, to whom it was given first, whatever the routing says
     * by now.
     *
     * @throws RunRefusal NO_EXECUTOR when he is not there any more
     */
    Order order(Step step, StepState state) {
        Routed routed =
                state.carrier()
                        .map(carrier -> executors.same(step.action(), carrier))
                        // an earlier version has not written who
                        .orElseGet(() -> executors.of(step.action()));
        return order(step, state.attempts(), routed);
    }

    /**
     * The order of a step's next attempt. Whoever had the one before has this one, too; where he is
     * not there any more the routing says who, since nothing is in doubt between two attempts.
     *
     * @throws RunRefusal NO_EXECUTOR when nobody is to carry it out
     */
    Order nextOrder(Step step, StepState state) {
        Routed routed =
                state.carrier()
                        .flatMap(carrier -> executors.still(step.action(), carrier))
                        .orElseGet(() -> executors.of(step.action()));
        return order(step, state.attempts() + 1, routed);
    }

    private Order order(Step step, int attempt, Routed routed) {
        return new Order(
                routed.executor(),
                new StepCall(
                        run.id(),
                        step.number(),
                        attempt,
                        store.lease().token(),
                        step.action(),
                        routed.managementServer(),
                        routed.timeLimit().orElse(step.timeLimit())),
                routed.carrier());
    }

    /** What is known here of a step's present attempt. */
    Optional<Attempts.Known> known(StepState state) {
        return attempts.of(
                new Attempts.Attempt(
                        run.id(), store.lease().token(), state.number(), state.attempts()));
    }

    /** An executor must not throw, nor fit ill; of one that does nothing is known. */
    Presence check(Order order) {
        try {
            return order.executor().check(order.call());
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(System.Logger.Level.WARNING, order.broken("check"), e);
            return Presence.CANNOT_TELL;
        }
    }

    Tick lookAgain() {
        return new Tick.WaitUntil(clock.instant().plus(pace.verifyInterval()));
    }
}
