package io.understudy.runbook;

import java.time.Duration;
import java.util.List;

/**
 * One step of a runbook: data only, so that it can be saved, shown and repeated.
 *
 * @param number from 1
 * @param title what it does, for people
 * @param command what a person would type; never executed as it stands
 * @param verifications all must hold afterwards; empty where the action itself is the proof
 * @param undo what takes it back, for people
 * @param repeatable whether it may be carried out again when it is not known to have taken effect
 *     (domain.md 8.8 no. 6)
 * @param irreversible whether nothing takes it back (domain.md 8.8 no. 7)
 * @param optional whether the run goes on without it, where no executor is routed for it or it
 *     fails (domain.md 5.6)
 * @param notes known traps and documented refusals, for people
 * @param timeLimit how long the action and its verification may each take
 */
public record Step(
        int number,
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

    public Step {
        verifications = List.copyOf(verifications);
        notes = List.copyOf(notes);
    }
}
