package io.understudy.decision;

/** Where a run stands. It always ends in one of the last four. */
public enum RunState {
    AWAITING_APPROVAL(false),
    RUNNING(false),
    /** It stopped at a step that it may neither take as done nor repeat, and asks. */
    AWAITING_OPERATOR(false),
    SUCCEEDED(true),
    FAILED(true),
    CANCELLED(true),
    HANDED_OVER(true);

    private final boolean ended;

    RunState(boolean ended) {
        this.ended = ended;
    }

    public boolean ended() {
        return ended;
    }
}
