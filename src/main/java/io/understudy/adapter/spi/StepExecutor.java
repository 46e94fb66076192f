package io.understudy.adapter.spi;

import io.understudy.runbook.Action;
import java.util.Optional;

/** Carries actions out. */
public interface StepExecutor {

    /** Whether an action has taken effect already. */
    enum Presence {
        /** It has: nothing is left to do. */
        DONE,
        /** It has not. */
        NOT_DONE,
        /** What this order or an earlier one of its run and step began is not at its end. */
        UNDER_WAY,
        /** It cannot be told now. */
        CANNOT_TELL
    }

    /** The name that routing uses: simulator, command … */
    String name();

    /** Whether this executor can carry the action out. */
    boolean supports(Action action);

    /**
     * Whether it needs {@link StepCall#managementServer} for the action: a runbook with such a step
     * is refused while the routing has none.
     */
    default boolean needsManagementServer(Action action) {
        return false;
    }

    /** Looks without changing anything whether the action has taken effect. */
    Presence check(StepCall call);

    /**
     * Carries the action out, within the call's time limit. Never throws for what the other side
     * does. When the calling thread is interrupted it stops waiting and answers {@link
     * StepOutcome.Uncertain} with the thread still interrupted.
     *
     * @param progress hears what the tool says meanwhile
     */
    StepOutcome act(StepCall call, Progress progress);

    /**
     * What acting would come to, by every look that acting begins with, and by the tool's own
     * rehearsal ({@code -WhatIf}) where it has one. Changes nothing.
     */
    default Rehearsal rehearse(StepCall call) {
        return switch (check(call)) {
            case DONE ->
                    new Rehearsal(
                            Rehearsal.Verdict.ALREADY_DONE,
                            "the effect is there already",
                            Optional.empty());
            case NOT_DONE ->
                    new Rehearsal(
                            Rehearsal.Verdict.WOULD_ACT, "it has no effect yet", Optional.empty());
            case UNDER_WAY ->
                    new Rehearsal(
                            Rehearsal.Verdict.WOULD_BE_REFUSED,
                            "it is under way already",
                            Optional.empty());
            case CANNOT_TELL ->
                    new Rehearsal(
                            Rehearsal.Verdict.CANNOT_TELL,
                            "whether it has an effect cannot be told",
                            Optional.empty());
        };
    }
}
