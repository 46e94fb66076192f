package io.understudy.replay;

/** More than is evaluated for one request; the message says what, and how much is allowed. */
public final class TooMuchToReplay extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooMuchToReplay(String message) {
        super(message);
    }
}
