package io.understudy.adapter.jdbc;

import io.understudy.estate.SqlInstance;
import java.time.Duration;
import java.util.Map;

/**
 * What the probe looks at, and how long it waits.
 *
 * @param targets how to reach each SQL instance that it sees
 * @param connectLimit until a connection must stand; 1 to 60 s in whole seconds, since the driver
 *     counts so, default 3 s
 * @param queryLimit until a statement must be answered, and a write committed; 1 to 60 s in whole
 *     seconds, default 3 s
 */
public record JdbcProbeSettings(
        Map<SqlInstance, JdbcTarget> targets, Duration connectLimit, Duration queryLimit) {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    public JdbcProbeSettings {
        targets = Map.copyOf(targets);
        limited("connectLimit", connectLimit);
        limited("queryLimit", queryLimit);
    }

    /** These targets, and the defaults. */
    public static JdbcProbeSettings of(Map<SqlInstance, JdbcTarget> targets) {
        return new JdbcProbeSettings(targets, Duration.ofSeconds(3), Duration.ofSeconds(3));
    }

    private static void limited(String name, Duration value) {
        boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
        if (!whole || value.toSeconds() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is 1 to 60 whole seconds, not " + value);
        }
    }
}
