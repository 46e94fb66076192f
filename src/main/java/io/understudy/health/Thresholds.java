package io.understudy.health;

import java.time.Duration;

/**
 * When a statement is believed.
 *
 * @param consecutive probes in a row that settle a new status; at least 1 (domain.md 8.8 no. 3: two
 *     to three)
 * @param ofLast the window of an M-of-N rule, at least {@code consecutive}; at most 32
 * @param required how many of the last {@code ofLast} probes settle a new status although they are
 *     not in a row
 * @param maxAge age beyond which a statement is stale and its component unknown (domain.md 8.8 no.
 *     2: two probe periods)
 * @param sites at how many different sites observers must agree before anything is down; at least 1
 */
public record Thresholds(int consecutive, int required, int ofLast, Duration maxAge, int sites) {

    public static final Thresholds DEFAULT = new Thresholds(2, 3, 5, Duration.ofMinutes(2), 2);

    public Thresholds {
        require(consecutive >= 1 && consecutive <= 32, "consecutive is 1 to 32");
        require(
                required >= 1 && required <= ofLast && ofLast <= 32,
                "required is 1 to ofLast, and ofLast at most 32");
        require(maxAge.isPositive(), "maxAge is more than nothing");
        require(sites >= 1, "sites is at least 1");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
