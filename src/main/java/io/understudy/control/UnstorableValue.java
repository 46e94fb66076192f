package io.understudy.control;

/**
 * What was to be kept has a value that the store cannot hold, a zero character or the year 300,000
 * for instance; nothing was saved, and sending the same again will not help. A fault of whoever
 * sent it.
 */
public final class UnstorableValue extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnstorableValue(String message, Throwable cause) {
        super(message, cause);
    }
}
