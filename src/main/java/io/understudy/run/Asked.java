package io.understudy.run;

import java.util.Optional;

/**
 * What a run asks a person about, so that an answer cannot be taken for one to a later question: a
 * word may be said twice, or arrive late.
 *
 * @param step its number
 * @param attempts how often it had been carried out when the run asked; empty: no matter how often
 */
public record Asked(int step, Optional<Integer> attempts) {

    /** Whether this is what a run asks that stopped at this step. */
    boolean fits(StepState asking) {
        return step == asking.number()
                && attempts.filter(known -> known != asking.attempts()).isEmpty();
    }
}
