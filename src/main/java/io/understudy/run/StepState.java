package io.understudy.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Where one step stands.
 *
 * @param attempts how often it has acted
 * @param intentAt when its last intention was saved
 * @param actedAt when the executor answered
 * @param endedAt when it was verified, or failed
 * @param message the last that was said about it
 * @param carrier who carries it out; empty before it has acted, where a person does, and of what an
 *     earlier version has written
 */
public record StepState(
        int number,
        Phase phase,
        int attempts,
        Optional<Instant> intentAt,
        Optional<Instant> actedAt,
        Optional<Instant> endedAt,
        String message,
        Optional<Carrier> carrier) {

    /** The phases of a step, in order. */
    public enum Phase {
        PENDING,
        /** The intention is saved; it may or may not have acted. */
        INTENDED,
        /** The executor has answered that it acted; verification is under way. */
        ACTED,
        DONE,
        /** Optional, and left out: nobody is to carry it out, or it failed. */
        SKIPPED,
        FAILED;

        /** Whether the run goes on with the next step. */
        boolean over() {
            return this == DONE || this == SKIPPED;
        }
    }

    static StepState pending(int number) {
        return new StepState(
                number,
                Phase.PENDING,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    StepState intended(Instant at, Optional<Carrier> by) {
        return new StepState(
                number,
                Phase.INTENDED,
                attempts + 1,
                Optional.of(at),
                Optional.empty(),
                Optional.empty(),
                "attempt " + (attempts + 1),
                by);
    }

    /** The executor has answered; the answer decides the phase. */
    StepState answered(Phase next, Instant at, String said) {
        return new StepState(
                number, next, attempts, intentAt, Optional.of(at), endedAt, said, carrier);
    }

    /** It is to be carried out again. */
    StepState back(String why) {
        return new StepState(
                number, Phase.PENDING, attempts, intentAt, actedAt, endedAt, why, carrier);
    }

    StepState done(Instant at, String seen) {
        return new StepState(
                number, Phase.DONE, attempts, intentAt, actedAt, Optional.of(at), seen, carrier);
    }

    StepState skipped(Instant at, String why) {
        return new StepState(
                number, Phase.SKIPPED, attempts, intentAt, actedAt, Optional.of(at), why, carrier);
    }

    StepState failed(Instant at, String why) {
        return new StepState(
                number, Phase.FAILED, attempts, intentAt, actedAt, Optional.of(at), why, carrier);
    }
}
