package io.understudy.run;

import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.run.StepContext.Order;
import io.understudy.runbook.Action;
import io.understudy.runbook.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A step's intention is there, and whether it acted is not known. It is never acted here. */
record StepRecovery(StepContext context) {

    Tick recover(Step step, StepState state) {
        Instant lookedSince = announce(step, state);
        if (step.action() instanceof Action.ByHand) {
            return new StepEnd(context).byHand(step);
        }
        try {
            return recover(step, state, context.order(step, state), lookedSince);
        } catch (RunRefusal refusal) {
            if (refusal.reason() != RunRefusal.Reason.NO_EXECUTOR) {
                throw refusal;
            }
            return new StepEnd(context)
                    .ask(step, "whether it took effect cannot be asked: " + refusal.getMessage());
        }
    }

    private Tick recover(Step step, StepState state, Order order, Instant lookedSince) {
        Presence presence = context.check(order);
        Instant begun = state.intentAt().orElse(lookedSince);
        boolean seen =
                !step.verifications().isEmpty()
                        && new StepLook(context).seen(step, begun).isEmpty();
        if (presence == Presence.DONE || (presence == Presence.CANNOT_TELL && seen)) {
            context.store().write(owned -> owned.alreadyDone(step.number(), "it had taken effect"));
            return new Tick.Continue();
        }
        if (presence == Presence.NOT_DONE && step.repeatable()) {
            return again(step, state);
        }
        // what an earlier owner began may still be under way: known so, it has its whole time
        Instant patience =
                presence == Presence.UNDER_WAY
                        ? begun.plus(order.call().timeLimit())
                        : lookedSince.plus(context.pace().settleTime());
        return context.clock().instant().isBefore(patience)
                ? context.lookAgain()
                : new StepEnd(context).ask(step, doubt(presence, order));
    }

    private Tick again(Step step, StepState state) {
        String why = "it had not taken effect";
        if (state.attempts() >= context.pace().mostAttempts()) {
            return new StepEnd(context).exhausted(step, state.attempts(), why);
        }
        context.store().write(owned -> owned.notDone(step.number(), why + " and may be repeated"));
        return new Tick.Continue();
    }

    private static String doubt(Presence presence, Order order) {
        return switch (presence) {
            case NOT_DONE -> "it has not taken effect, and repeating it is not safe";
            case UNDER_WAY -> "it is still under way after " + order.call().timeLimit();
            case DONE, CANNOT_TELL -> "whether it took effect cannot be told";
        };
    }

    /**
     * Writes once per owner that it found the step so.
     *
     * @return since when this owner has been looking for the effect
     */
    private Instant announce(Step step, StepState state) {
        List<JournalEntry> lines =
                context.store().journal().stream()
                        .filter(line -> line.step() == step.number())
                        .toList();
        boolean ours =
                lines.reversed().stream()
                        .filter(line -> line.token() != 0)
                        .findFirst()
                        .filter(line -> line.token() == context.store().lease().token())
                        .isPresent();
        Instant now = context.clock().instant();
        if (!ours) {
            context.store().write(owned -> owned.found(step.number()));
        }
        Stream<Instant> resumed =
                lines.stream()
                        .filter(line -> line.kind() == JournalEntry.Kind.RESUMED)
                        .map(JournalEntry::at);
        return ours
                ? Stream.of(state.intentAt().stream(), state.actedAt().stream(), resumed)
                        .flatMap(times -> times)
                        .max(Comparator.naturalOrder())
                        .orElse(now)
                : now;
    }
}
