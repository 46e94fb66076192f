package io.understudy.adapter.spi;

import java.util.Optional;

/**
 * What an order would come to now; nothing has been changed.
 *
 * @param message what was looked at and found, for people
 * @param command what would be sent, as text for people; empty where the executor cannot say
 */
public record Rehearsal(Verdict verdict, String message, Optional<String> command) {

    /** How it would end. */
    public enum Verdict {
        WOULD_ACT,
        ALREADY_DONE,
        WOULD_BE_REFUSED,
        CANNOT_TELL
    }
}
