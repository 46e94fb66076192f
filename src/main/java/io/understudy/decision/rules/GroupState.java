package io.understudy.decision.rules;

import io.understudy.health.Facts;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the words of SQL Server's views say of an Availability Group (domain.md 4.10); a word that
 * is not known proves nothing.
 */
final class GroupState {

    private static final Set<String> WITHOUT_QUORUM =
            Set.of("LOST", "NO_QUORUM", "FAILED_NO_QUORUM", "NONE", "FAILED");
    private static final Set<String> WITH_QUORUM =
            Set.of("NORMAL", "NORMAL_QUORUM", "FORCED_QUORUM", "HELD", "OK", "UP", "PRESENT");

    private GroupState() {}

    static boolean automatic(Facts.AvailabilityGroup group) {
        return is(group.failoverMode(), Set.of("AUTOMATIC"));
    }

    static boolean isSynchronized(Facts.AvailabilityGroup group) {
        return is(group.synchronization(), Set.of("SYNCHRONIZED"));
    }

    /** Nothing is lost by failing over: is_failover_ready, or in step where that is not told. */
    static boolean ready(Facts.AvailabilityGroup group) {
        return group.failoverReady().orElseGet(() -> isSynchronized(group));
    }

    /** A secondary that reverts or initializes must not be forced to be primary. */
    static boolean forcible(Facts.AvailabilityGroup group) {
        return !is(group.synchronization(), Set.of("REVERTING", "INITIALIZING"));
    }

    static boolean quorumLost(Facts.AvailabilityGroup group) {
        return is(group.clusterQuorum(), WITHOUT_QUORUM);
    }

    static boolean quorumHeld(Facts.AvailabilityGroup group) {
        return is(group.clusterQuorum(), WITH_QUORUM);
    }

    private static boolean is(Optional<String> told, Set<String> words) {
        return told.map(word -> word.strip().toUpperCase(Locale.ROOT).replace(' ', '_'))
                .filter(words::contains)
                .isPresent();
    }
}
