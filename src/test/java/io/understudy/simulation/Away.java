package io.understudy.simulation;

/** The database cannot be used now, or nobody knows whether what was asked of it was done. */
final class Away extends RuntimeException {
    private static final long serialVersionUID = 1;

    Away(String message) {
        super(message, null, false, false);
    }
}
