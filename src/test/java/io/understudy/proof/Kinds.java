package io.understudy.proof;

import static io.understudy.proof.Seen.DISAGREED;
import static io.understudy.proof.Seen.DOWN;
import static io.understudy.proof.Seen.ONE_SITE;
import static io.understudy.proof.Seen.SILENT;
import static io.understudy.proof.Seen.UP;

import io.understudy.health.PoolState;
import io.understudy.proof.Told.Backup;
import io.understudy.proof.Told.Services;
import java.util.List;
import java.util.Optional;

/** One side of each kind that the oracle tells apart. */
final class Kinds {

    private Kinds() {}

    /** Kinds of pairs: one that is fit, and one for each way of not being so. */
    static List<Side> ofPair(int frontEnds) {
        Side well = Side.well(frontEnds);
        int spare = frontEnds - FrontEndTruth.needed(frontEnds, true);
        Told failedOver =
                new Told(Optional.of(PoolState.FAILED_OVER), Backup.STEADY, Services.UNTOLD, false);
        Told stopped =
                new Told(
                        Told.WELL.state(),
                        Backup.STEADY,
                        Services.BACKUP_STOPPED_EVERYWHERE,
                        false);
        return List.of(
                well,
                well.lastFrontEnds(spare, DOWN),
                well.lastFrontEnds(spare, ONE_SITE),
                well.lastFrontEnds(frontEnds, DOWN).pool(DOWN),
                well.sql(UP, DOWN, UP),
                well.sql(DOWN, DOWN, UP),
                well.sql(SILENT, UP, UP),
                well.told(failedOver),
                well.told(stopped),
                Side.lost(frontEnds));
    }

    static Side disagreed(int frontEnds) {
        return Side.well(frontEnds)
                .lastFrontEnds(frontEnds, DISAGREED)
                .pool(DISAGREED)
                .sql(DISAGREED, DISAGREED, DISAGREED);
    }
}
