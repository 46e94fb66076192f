package io.understudy.adapter.spi;

import io.understudy.runbook.Action;
import java.util.Optional;

/** Carries actions out. */
public interface StepExecutor {

    /**
     * Whether an action has taken effect already. Before an attempt, DONE skips it, UNDER_WAY
     * waits, and both others act. After an {@link StepOutcome.Uncertain} and after a restart
     * NOT_DONE has a step that may be repeated ordered anew, as its next attempt: said of what is
     * under way, it takes effect twice.
     */
    enum Presence {
        /** It has: nothing is left to do. */
        DONE,
        /** It has not, and nothing that was begun will bring it about. */
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

    /**
     * Looks without changing anything whether the action has taken effect. It is asked before each
     * attempt, with that attempt's number, and afterwards where its outcome is uncertain, perhaps
     * by a process that was started since: what this executor only remembers is not enough. One
     * that throws counts as CANNOT_TELL.
     */
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
     * rehearsal ({@code -WhatIf}) where it has one. Changes nothing. The call belongs to no run:
     * its run id is a new one, its attempt 1, its token 0, older than every run's.
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
