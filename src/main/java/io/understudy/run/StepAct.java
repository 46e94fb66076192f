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
        Order next;
        try {
            next = context.nextOrder(step, state);
        } catch (RunRefusal refusal) {
            return unable(step, refusal);
        }
        context.attempts().notBegun(next.asAttempt());
        context.store().write(owned -> owned.intend(step.number(), next.carrier()));
        return act(step, next);
    }

    /** Its intention is on disk, by this owner, and what became of it is known here. */
    Tick goOn(Step step, StepState state, Attempts.Known known) {
        return switch (known) {
            case Attempts.Known.NotBegun _ -> {
                try {
                    yield act(step, context.order(step, state));
                } catch (RunRefusal refusal) {
                    if (refusal.reason() != RunRefusal.Reason.NO_EXECUTOR) {
                        throw refusal;
                    }
                    yield unable(step, refusal);
                }
            }
            case Attempts.Known.Answered(StepOutcome outcome) ->
                    ended(step, state.attempts(), outcome);
        };
    }

    private Tick unable(Step step, RunRefusal refusal) {
        return new StepEnd(context).fail(step, refusal.getMessage(), refusal.whatToDo());
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
                context.attempts().forget(order.call().runId());
                StepOutcome outcome = carriedOut(order);
                // kept until it is written: whoever cannot write it now, writes it when he can
                context.attempts().answered(order.asAttempt(), outcome);
                yield ended(step, order.call().attempt(), outcome);
            }
        };
    }

    private Tick ended(Step step, int attempt, StepOutcome outcome) {
        Tick tick = written(step, attempt, outcome);
        context.attempts().forget(context.run().id());
        return tick;
    }

    private Tick written(Step step, int attempt, StepOutcome outcome) {
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

    /** An executor must not throw, nor fit ill; one that does may have acted before. */
    private StepOutcome carriedOut(Order order) {
        try {
            return order.executor()
                    .act(order.call(), new ProgressLines(context, order.call().stepNumber()));
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(System.Logger.Level.ERROR, order.broken("act"), e);
            return new StepOutcome.Uncertain(
                    "executor " + order.executor().name() + " broke: " + e);
        }
    }
}
