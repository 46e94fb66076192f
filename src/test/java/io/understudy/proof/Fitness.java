package io.understudy.proof;

import io.understudy.health.PoolState;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the other pool is proven fit to take the users, clause by clause (domain.md 8.5, 5.0).
 */
final class Fitness {

    private Fitness() {}

    /** What is not proven of a failover of this pool onto its pair. */
    static List<String> unprovenFor(World world, int home) {
        Side target = world.side(World.other(home));
        List<String> unproven = new ArrayList<>();
        need(unproven, FrontEndTruth.isAboveMinimum(target), "backup Front Ends above minimum");
        need(unproven, storeServes(world, home), "backup store serves");
        need(unproven, backupServiceRuns(target), "backup LYNCBACKUP runs");
        need(unproven, isActive(target), "backup PoolState active");
        need(unproven, !target.pool().isDown(), "backup pool answers");
        need(unproven, carriesBoth(world), "backup carries both loads");
        need(unproven, mayFailOver(world.side(home)), "home PoolState active");
        return unproven;
    }

    private static void need(List<String> unproven, boolean proven, String clause) {
        if (!proven) {
            unproven.add(clause);
        }
    }

    private static boolean storeServes(World world, int home) {
        return storeOfServes(world, World.other(home));
    }

    /** By its instances and links, or because observers agree that the store itself serves. */
    static boolean storeOfServes(World world, int pool) {
        Verdict verdict = StoreTruth.serves(world.side(pool), world.shape().witness());
        boolean said = pool == 1 && world.around().store1().isUp();
        return (verdict == Verdict.YES || (said && verdict != Verdict.NO))
                && !Loss.ofStore(world, pool);
    }

    /**
     * It runs on one server of the pool at a time, so one is enough; where no service is told of,
     * that it tells the state of its modules shows that it runs.
     */
    private static boolean backupServiceRuns(Side target) {
        return switch (target.told().services()) {
            case BACKUP_STOPPED_EVERYWHERE -> false;
            case UNTOLD -> target.told().backup() != Told.Backup.UNTOLD && !target.told().stale();
            case RUNNING, FRONT_END_STOPPED_ON_ONE, FRONT_END_STOPPED_EVERYWHERE -> true;
        };
    }

    /**
     * 8.5 asks for ACTIVE; 5.0 no. 1 allows FAILED_BACK as well, and which of the two a pool shows
     * after a failback is not known (domain.md 11 no. 7): both are taken as fit.
     */
    private static boolean isActive(Side side) {
        return side.told().says(PoolState.ACTIVE) || side.told().says(PoolState.FAILED_BACK);
    }

    /** As above; that the state was read before the loss is in the nature of the matter. */
    private static boolean mayFailOver(Side home) {
        return home.told()
                .state()
                .filter(s -> s == PoolState.ACTIVE || s == PoolState.FAILED_BACK)
                .isPresent();
    }

    private static boolean carriesBoth(World world) {
        return world.shape().capacity().orElse(Shape.USERS_OF_BOTH) >= Shape.USERS_OF_BOTH;
    }

    /** Nothing at all is wrong with the target, and nothing speaks against leaving home. */
    static boolean isBeyondDoubt(World world, int home) {
        Side target = world.side(World.other(home));
        Side from = world.side(home);
        return unprovenFor(world, home).isEmpty()
                && target.everything(world.shape().witness()).allMatch(s -> s == Seen.UP)
                && target.mirroring().equals(Mirroring.WELL)
                && target.told().says(PoolState.ACTIVE)
                && target.told().backup().isSteady()
                && target.told().services() != Told.Services.FRONT_END_STOPPED_ON_ONE
                && from.told().says(PoolState.ACTIVE)
                && (world.around().cms() == World.CmsTold.UNTOLD
                        || world.cmsAt() == world.shape().cmsAt())
                && settled(world.around().edge())
                && calm(world.site(World.other(home)));
    }

    private static boolean settled(Seen seen) {
        return seen.isUp() || seen.isDown();
    }

    static boolean calm(Seen site) {
        return site == Seen.UP || site == Seen.SILENT;
    }
}
