package io.understudy.run;

/** What was asked of a run cannot be done now; nothing was changed. */
public final class RunRefusal extends RuntimeException {

    /** Why. */
    public enum Reason {
        NOT_FOUND,
        /** The run's state does not allow it. */
        WRONG_STATE,
        /**
         * Whoever asks may not: an approver cannot approve his own run where two are needed, nor
         * approve twice.
         */
        NOT_ALLOWED,
        /** Another run holds one of its locks. */
        LOCKED,
        /** The token is not the newest: somebody else owns the run now. */
        LEASE_LOST
    }

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String whatToDo;

    public RunRefusal(Reason reason, String message, String whatToDo) {
        super(message);
        this.reason = reason;
        this.whatToDo = whatToDo;
    }

    public Reason reason() {
        return reason;
    }

    public String whatToDo() {
        return whatToDo;
    }
}
