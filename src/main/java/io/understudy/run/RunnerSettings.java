package io.understudy.run;

import java.time.Duration;

/**
 * How fast a run goes, and when it gives up.
 *
 * @param leaseTime how long the right to act on a run lasts unless it is renewed, and so how long a
 *     dead process blocks a run; more than nothing
 * @param verifyInterval the pause between two looks for the effect of a step; more than nothing
 * @param settleTime for how long the effect of a step is looked for when it is not known whether it
 *     acted, before a person is asked: what an earlier owner began may still be under way; nothing
 *     or more
 * @param mostAttempts how often a step without effect is carried out before the run fails; at least
 *     1
 * @param firstBackOff the pause before the second attempt; it doubles with each further one
 * @param longestBackOff beyond which it does not grow
 * @param progressLines how many lines of what a tool says are journalled in one attempt of a step;
 *     0 or more
 * @param progressLength how many characters of each; at least 1
 */
public record RunnerSettings(
        Duration leaseTime,
        Duration verifyInterval,
        Duration settleTime,
        int mostAttempts,
        Duration firstBackOff,
        Duration longestBackOff,
        int progressLines,
        int progressLength) {

    public static final RunnerSettings DEFAULT =
            new RunnerSettings(
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(10),
                    5,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    200,
                    500);

    private static final int MOST_DOUBLINGS = 20;

    public RunnerSettings {
        require(leaseTime.isPositive(), "the lease time is more than nothing");
        require(verifyInterval.isPositive(), "the pause between two looks is more than nothing");
        require(!settleTime.isNegative(), "the time to settle is nothing or more");
        require(mostAttempts >= 1, "there is at least one attempt");
        require(
                !firstBackOff.isNegative() && longestBackOff.compareTo(firstBackOff) >= 0,
                "the longest pause before another attempt is no shorter than the first");
        require(
                progressLines >= 0 && progressLength >= 1,
                "no fewer than 0 lines are kept, of no less than a character");
    }

    /** The pause after this many attempts without effect, from 1. */
    Duration backOff(int attempts) {
        Duration pause =
                firstBackOff.multipliedBy(1L << Math.clamp(attempts - 1L, 0, MOST_DOUBLINGS));
        return pause.compareTo(longestBackOff) < 0 ? pause : longestBackOff;
    }

    /** How often a lease is renewed: twice it may fail before the lease is gone. */
    Duration renewal() {
        return leaseTime.dividedBy(3);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
