package io.understudy.proof;

import io.understudy.health.PoolState;
import java.util.Optional;

/**
 * What is told of a pool beyond whether it answers.
 *
 * @param stale whether it was told an hour ago and never since
 */
record Told(Optional<PoolState> state, Backup backup, Services services, boolean stale) {

    /** The Backup Service in the direction from this pool to its pair. */
    enum Backup {
        FINAL,
        STEADY,
        /** It was last steady twenty minutes before the loss. */
        BEHIND,
        ERROR,
        /** The pair could not import what was sent. */
        IMPORT_ERROR,
        UNTOLD;

        /** Whether a failover loses no more than the published objective. */
        boolean isSteady() {
            return this == FINAL || this == STEADY;
        }
    }

    /** The Windows services of the pool's servers. */
    enum Services {
        UNTOLD,
        RUNNING,
        BACKUP_STOPPED_EVERYWHERE,
        FRONT_END_STOPPED_ON_ONE,
        FRONT_END_STOPPED_EVERYWHERE
    }

    static final Told WELL =
            new Told(Optional.of(PoolState.ACTIVE), Backup.STEADY, Services.UNTOLD, false);

    boolean says(PoolState other) {
        return !stale && state.filter(other::equals).isPresent();
    }
}
