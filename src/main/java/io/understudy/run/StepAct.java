package io.understudy.run;

import io.understudy.adapter.spi.StepOutcome;
import io.understudy.run.StepContext.Order;
import io.understudy.runbook.Step;
import java.time.Instant;
import java.util.Optional;

/** Carries a step out: intention, a look, the act, the outcome. */
record StepAct(StepContext context) {

    private static final System.Logger LOGGER = System.getLogger(StepAct.class.getName());

    Tick begin(Step step, StepState state) {
        Optional<Instant> earliest =
                state.actedAt().map(at -> at.plus(context.pace().backOff(state.attempts())));
        if (earliest.filter(context.clock().instant()::isBefore).isPresent()) {
            return new Tick.WaitUntil(earliest.get());
        }
        Order order;
        try {
            order = context.order(step, state);
        } catch (RunRefusal refusal) {
            return new StepEnd(context).fail(step, refusal.getMessage(), refusal.whatToDo());
        }
        Run intended = context.store().write(owned -> owned.intend(step.number()));
        return act(step, order.attempt(intended.current().orElseThrow().attempts()));
    }

    private Tick act(Step step, Order order) {
        return switch (context.check(order)) {
            case DONE -> {
                context.store()
                        .write(owned ->
                                owned.alreadyDone(step.number(), "the effect was there before"));
                yield new Tick.Continue();
            }
            case UNDER_WAY -> {
                // whoever lets it be repeated may not know: it is never begun twice
                context.store()
                        .write(owned ->
                                owned.uncertain(
                                        step.number(), "what was begun before is under way"));
                yield new Tick.Continue();
            }
            case NOT_DONE, CANNOT_TELL -> {
                context.store().requireOwned();
                yield ended(step, order.call().attempt(), carriedOut(order));
            }
        };
    }

    private Tick ended(Step step, int attempt, StepOutcome outcome) {
        StepEnd end = new StepEnd(context);
        return switch (outcome) {
            case StepOutcome.Done done -> {
                context.store().write(owned -> owned.acted(step.number(), done.message()));
                yield new Tick.Continue();
            }
            case StepOutcome.Retryable later -> tryLater(step, attempt, later.message());
            case StepOutcome.Refused refused ->
                    end.fail(step, refused.message(), refused.whatToDo());
            case StepOutcome.Fatal fatal -> end.fail(step, fatal.message(), fatal.whatToDo());
            case StepOutcome.Uncertain uncertain -> {
                context.store().write(owned -> owned.uncertain(step.number(), uncertain.message()));
                yield new Tick.Continue();
            }
        };
    }

    private Tick tryLater(Step step, int attempts, String why) {
        if (attempts >= context.pace().mostAttempts()) {
            return new StepEnd(context).exhausted(step, attempts, why);
        }
        context.store().write(owned -> owned.retryable(step.number(), why));
        return new Tick.WaitUntil(context.clock().instant().plus(context.pace().backOff(attempts)));
    }

    /** An executor must not throw; one that does may have acted before. */
    private StepOutcome carriedOut(Order order) {
        try {
            return order.executor()
                    .act(order.call(), new ProgressLines(context, order.call().stepNumber()));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, order.broken("act"), e);
            return new StepOutcome.Uncertain(
                    "executor " + order.executor().name() + " broke: " + e);
        }
    }
}
