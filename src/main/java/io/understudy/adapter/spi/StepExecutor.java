package io.understudy.adapter.spi;

import io.understudy.runbook.Action;

/** Carries actions out. */
public interface StepExecutor {

    /** Whether an action has taken effect already. */
    enum Presence {
        /** It has: nothing is left to do. */
        DONE,
        /** It has not. */
        NOT_DONE,
        /** It cannot be told now. */
        CANNOT_TELL
    }

    /** The name that routing uses: simulator, command … */
    String name();

    /** Whether this executor can carry the action out. */
    boolean supports(Action action);

    /** Looks without changing anything whether the action has taken effect. */
    Presence check(StepCall call);

    /**
     * Carries the action out, within the call's time limit. Never throws for what the other side
     * does.
     */
    StepOutcome act(StepCall call);
}
