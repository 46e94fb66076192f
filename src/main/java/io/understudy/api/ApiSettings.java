package io.understudy.api;

import java.time.Duration;

/**
 * What the face of the service allows.
 *
 * @param maxBodyBytes the longest body taken, in bytes
 * @param futureTolerance how far ahead of the database's time an observation may be dated: more
 *     means that a clock is wrong
 * @param longestValidity how far ahead of the database's time the end of an observation's validity
 *     may lie: more would outlive whatever is done about its sender
 * @param heartbeat how often a silent event stream says that it is alive, and looks for what
 *     another replica has written
 * @param maxEventStreams how many event streams may be open at once
 * @param maxEventStreamsPerCaller how many of them one caller may have
 * @param replicaPatience for how long a replica may not be seen and is shown as alive
 */
public record ApiSettings(
        int maxBodyBytes,
        Duration futureTolerance,
        Duration longestValidity,
        Duration heartbeat,
        int maxEventStreams,
        int maxEventStreamsPerCaller,
        Duration replicaPatience) {

    public ApiSettings {
        if (!longestValidity.isPositive()) {
            throw new IllegalArgumentException(
                    "understudy.api.longest-validity is more than 0, not " + longestValidity);
        }
        if (maxEventStreams < 1 || maxEventStreamsPerCaller < 1) {
            throw new IllegalArgumentException(
                    "understudy.api.max-event-streams and .max-event-streams-per-caller are at"
                            + " least 1");
        }
    }
}
