package io.understudy.runbook;

import java.util.List;
import java.util.Optional;

/**
 * What a step would come to if the run were opened now; nothing has been changed.
 *
 * @param message what was looked at and found, for people
 * @param command what its executor would send; empty where none says
 * @param executor who would carry it out; empty where nobody would
 * @param after numbers of the steps before it that would change something first: what was found is
 *     as things are without them
 */
public record Rehearsed(
        int step,
        Verdict verdict,
        String message,
        Optional<String> command,
        Optional<String> executor,
        List<Integer> after) {

    /** How it would end. */
    public enum Verdict {
        WOULD_ACT,
        /** Its effect is there: nothing would be done. */
        ALREADY_DONE,
        WOULD_BE_REFUSED,
        CANNOT_TELL,
        /** The run would stop and ask a person to do it. */
        BY_HAND,
        /** Optional, and nobody is to do it. */
        LEFT_OUT
    }

    public Rehearsed {
        after = List.copyOf(after);
    }

    /** Whether the steps after it would find something else than now. */
    public boolean changes() {
        return verdict != Verdict.ALREADY_DONE && verdict != Verdict.LEFT_OUT;
    }

    public Rehearsed after(List<Integer> steps) {
        return new Rehearsed(step, verdict, message, command, executor, steps);
    }
}
