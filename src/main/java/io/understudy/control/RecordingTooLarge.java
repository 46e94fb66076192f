package io.understudy.control;

/** An incident has more on record than goes into one recording. */
public final class RecordingTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    RecordingTooLarge(String message) {
        super(message);
    }
}
