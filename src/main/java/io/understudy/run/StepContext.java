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
    record Order(StepExecutor executor, StepCall call) {

        /** The same order of another attempt. */
        Order attempt(int number) {
            return new Order(
                    executor,
                    new StepCall(
                            call.runId(),
                            call.stepNumber(),
                            number,
                            call.fencingToken(),
                            call.action(),
                            call.managementServer(),
                            call.timeLimit()));
        }

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
     * The order of a step's present attempt.
     *
     * @throws RunRefusal NO_EXECUTOR when nobody is to carry it out
     */
    Order order(Step step, StepState state) {
        Routed routed = executors.of(step.action());
        return new Order(
                routed.executor(),
                new StepCall(
                        run.id(),
                        step.number(),
                        state.attempts(),
                        store.lease().token(),
                        step.action(),
                        routed.managementServer(),
                        routed.timeLimit().orElse(step.timeLimit())));
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
