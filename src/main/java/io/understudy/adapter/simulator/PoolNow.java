package io.understudy.adapter.simulator;

import io.understudy.health.ExportStatus;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.Optional;

/**
 * What changes of a Front End pool.
 *
 * @param failedOverAt when FAILING_OVER becomes FAILED_OVER
 * @param functional whether it has quorum
 * @param backEndLostSince since when its Back End does not serve it
 * @param exportStatus how far its Backup Service has sent, as last known to its partner
 * @param lastSteadyAt when that was last steady or final
 * @param steadyAt when it will be steady again
 * @param failedBackAt when FAILED_OVER becomes FAILED_BACK
 * @param quorumReset whether it starts with the servers that there are, after a recovery of quorum
 */
public record PoolNow(
        PoolState state,
        Optional<Instant> failedOverAt,
        boolean functional,
        Optional<Instant> backEndLostSince,
        ExportStatus exportStatus,
        Instant lastSteadyAt,
        Optional<Instant> steadyAt,
        Optional<Instant> failedBackAt,
        boolean quorumReset) {

    /** A pool to which nothing has happened. */
    static PoolNow well(ExportStatus export, Instant steady) {
        return new PoolNow(
                PoolState.ACTIVE,
                Optional.empty(),
                true,
                Optional.empty(),
                export,
                steady,
                Optional.empty(),
                Optional.empty(),
                false);
    }

    PoolNow withState(PoolState next, Optional<Instant> until, ExportStatus export) {
        return new PoolNow(
                next,
                until,
                functional,
                backEndLostSince,
                export,
                lastSteadyAt,
                steadyAt,
                Optional.empty(),
                quorumReset);
    }

    PoolNow withCopy(ExportStatus export, Instant steady, Optional<Instant> nextSteadyAt) {
        return new PoolNow(
                state,
                failedOverAt,
                functional,
                backEndLostSince,
                export,
                steady,
                nextSteadyAt,
                failedBackAt,
                quorumReset);
    }

    PoolNow withFailback(Optional<Instant> due) {
        return new PoolNow(
                state,
                failedOverAt,
                functional,
                backEndLostSince,
                exportStatus,
                lastSteadyAt,
                steadyAt,
                due,
                quorumReset);
    }

    PoolNow withQuorum(boolean functionalNow, Optional<Instant> lostSince, boolean reset) {
        return new PoolNow(
                state,
                failedOverAt,
                functionalNow,
                lostSince,
                exportStatus,
                lastSteadyAt,
                steadyAt,
                failedBackAt,
                reset);
    }
}
