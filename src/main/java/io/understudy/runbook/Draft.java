package io.understudy.runbook;

import java.time.Duration;
import java.util.List;

/**
 * A step as it is being written, without its number: seen by nothing, not to be repeated, taken
 * back by nothing that is needed, unless said.
 */
record Draft(
        String title,
        Action action,
        String command,
        List<Verification> verifications,
        String undo,
        boolean repeatable,
        boolean irreversible,
        boolean optional,
        List<String> notes,
        Duration timeLimit) {

    static Draft of(String title, Action action, Duration timeLimit, String... command) {
        return new Draft(
                title,
                action,
                String.join("\n", command),
                List.of(),
                "nothing to undo",
                false,
                false,
                false,
                List.of(),
                timeLimit);
    }

    Draft typing(String... lines) {
        return new Draft(
                title,
                action,
                String.join("\n", lines),
                verifications,
                undo,
                repeatable,
                irreversible,
                optional,
                notes,
                timeLimit);
    }

    /** What must all be seen afterwards. */
    Draft seen(Verification... expected) {
        return seen(List.of(expected));
    }

    Draft seen(List<? extends Verification> expected) {
        return new Draft(
                title,
                action,
                command,
                List.copyOf(expected),
                undo,
                repeatable,
                irreversible,
                optional,
                notes,
                timeLimit);
    }

    Draft undoneBy(String how) {
        return new Draft(
                title,
                action,
                command,
                verifications,
                how,
                repeatable,
                irreversible,
                optional,
                notes,
                timeLimit);
    }

    /** It may be given again where it is seen to have no effect. */
    Draft repeated() {
        return new Draft(
                title,
                action,
                command,
                verifications,
                undo,
                true,
                irreversible,
                optional,
                notes,
                timeLimit);
    }

    /** Nothing takes it back. */
    Draft forGood() {
        return new Draft(
                title,
                action,
                command,
                verifications,
                undo,
                repeatable,
                true,
                optional,
                notes,
                timeLimit);
    }

    /** The run goes on without it. */
    Draft ifPossible() {
        return new Draft(
                title,
                action,
                command,
                verifications,
                undo,
                repeatable,
                irreversible,
                true,
                notes,
                timeLimit);
    }

    Draft noting(String... more) {
        return noting(List.of(more));
    }

    Draft noting(List<String> more) {
        return new Draft(
                title,
                action,
                command,
                verifications,
                undo,
                repeatable,
                irreversible,
                optional,
                List.copyOf(more),
                timeLimit);
    }

    Step numbered(int number) {
        return new Step(
                number,
                title,
                action,
                command,
                verifications,
                undo,
                repeatable,
                irreversible,
                optional,
                notes,
                timeLimit);
    }
}
