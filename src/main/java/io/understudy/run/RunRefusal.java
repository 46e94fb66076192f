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
        /** The remediation is not what is decided now, or its gate is not proven. */
        NOT_PROPOSED,
        /** No executor can carry a step out, or it is not said which. */
        NO_EXECUTOR,
        /** The token is not the newest: somebody else owns the run now. */
        LEASE_LOST
    }

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String message;
    private final String whatToDo;

    public RunRefusal(Reason reason, String message, String whatToDo) {
        super(message);
        this.reason = reason;
        this.message = message;
        this.whatToDo = whatToDo;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Reason reason() {
        return reason;
    }

    public String whatToDo() {
        return whatToDo;
    }
}
