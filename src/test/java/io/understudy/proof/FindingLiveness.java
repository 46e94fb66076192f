package io.understudy.proof;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.health.PoolState;
import io.understudy.proof.Mirroring.Copy;
import java.util.List;

/** Which findings must be there; where the words leave a choice of code, any of it will do. */
final class FindingLiveness {

    private FindingLiveness() {}

    static void check(World world, int pool, Acts acts, List<Broken> broken) {
        store(world, pool, acts, broken);
        boolean larger =
                !acts.findings(FindingCode.PAIR_LOST).isEmpty()
                        || !world.side(pool).told().says(PoolState.ACTIVE)
                        || world.site(pool).isDown();
        if (larger) {
            // a lost pair or site, and a failover under way, say more than any pool does
            return;
        }
        if (gone(world, 1) && gone(world, 2)) {
            broken.add(new Broken("L1", "P12 both pools lost: no PAIR_LOST"));
        }
        Side side = world.side(pool);
        if (!acts.decides(Acts.poolId(pool), Remediation.POOL_FAILOVER)) {
            frontEnds(world, pool, acts, broken);
        }
        if (gone(world, pool) && world.cmsAt() == pool && pool == world.shape().cmsAt()) {
            expect(acts, Acts.poolId(pool), broken, "P2: no", FindingCode.CMS_LOST);
        }
        boolean edgeHangs =
                gone(world, pool) && world.edgeHop() == pool && world.around().edge().isUp();
        if (edgeHangs && acts.findings(FindingCode.EDGE_NEXT_HOP_DOWN).isEmpty()) {
            broken.add(new Broken("L1", "O4: no EDGE_NEXT_HOP_DOWN"));
        }
        if (FrontEndTruth.functional(side) == Verdict.NO) {
            expect(
                    acts,
                    Acts.poolId(pool),
                    broken,
                    "F5/F6/P1: no",
                    FindingCode.POOL_QUORUM_LOST,
                    FindingCode.POOL_DOWN);
        }
    }

    private static boolean gone(World world, int pool) {
        Side side = world.side(pool);
        return side.pool().isDown() && side.frontEnds().stream().allMatch(Seen::isDown);
    }

    private static void frontEnds(World world, int pool, Acts acts, List<Broken> broken) {
        Side side = world.side(pool);
        boolean lostSome = side.frontEnds().stream().anyMatch(Seen::isDown);
        boolean known = side.frontEnds().stream().allMatch(s -> s.isUp() || s.isDown());
        // a pool that does not answer although enough servers run is another finding
        boolean answers = side.pool().isUp();
        if (!lostSome || !known || !answers || FrontEndTruth.functional(side) != Verdict.YES) {
            return;
        }
        boolean atMinimum = acts.finds(Acts.poolId(pool), FindingCode.FRONT_END_AT_MINIMUM);
        boolean voterKnown = FrontEndTruth.neededAtMost(side) == FrontEndTruth.neededAtLeast(side);
        if (FrontEndTruth.running(side) == FrontEndTruth.neededAtMost(side) && voterKnown) {
            if (!atMinimum) {
                broken.add(new Broken("L1", "F2: no FRONT_END_AT_MINIMUM"));
            }
            return;
        }
        Pool of = Sight.pool(world, pool);
        boolean found =
                acts.findings(FindingCode.FRONT_END_SERVER_LOST).stream()
                        .anyMatch(f ->
                                f.target().equals(of.id())
                                        || of.servers().stream()
                                                .anyMatch(s ->
                                                        ComponentId.of(s.fqdn())
                                                                .equals(f.target())));
        if (!found && !atMinimum) {
            broken.add(new Broken("L1", "F1: no FRONT_END_SERVER_LOST"));
        }
    }

    private static void store(World world, int pool, Acts acts, List<Broken> broken) {
        Side side = world.side(pool);
        boolean witness = world.shape().witness();
        ComponentId store = Sight.store(world, pool).id();
        boolean told = side.mirroring().isTold();
        if (side.primary().isDown() && side.mirror().isDown()) {
            expect(acts, store, broken, "B9: no", FindingCode.STORE_LOST);
        } else if (told && StoreTruth.serves(side, witness) == Verdict.NO) {
            // which of these names it best is a matter of words: B3, B10 and B11 differ
            expect(
                    acts,
                    store,
                    broken,
                    "B2-B4/B10/B11: no",
                    FindingCode.PRINCIPAL_LOST,
                    FindingCode.SQL_QUORUM_LOST,
                    FindingCode.STORE_LOST);
        } else if (told && side.principal().isUp() && side.partner().isDown()) {
            expect(acts, store, broken, "B6/B7: no", FindingCode.MIRROR_LOST);
        }
        if (side.primary().isUp() && side.mirror().isUp()) {
            allSqlUp(side, witness, store, acts, broken);
        }
    }

    private static void allSqlUp(
            Side side, boolean witness, ComponentId store, Acts acts, List<Broken> broken) {
        Mirroring told = side.mirroring();
        if (witness && side.witness().isDown() && told.copy() == Copy.SYNCHRONIZED) {
            expect(acts, store, broken, "B8: no", FindingCode.WITNESS_LOST);
        }
        if (told.copy() == Copy.SUSPENDED) {
            expect(acts, store, broken, "B12: no", FindingCode.MIRRORING_SUSPENDED);
        }
        if (told.copy() == Copy.SYNCHRONIZED
                && told.principalOn() == Position.MIRROR
                && StoreTruth.witnessAllows(side, witness)) {
            expect(acts, store, broken, "B14: no", FindingCode.RUNNING_ON_MIRROR);
        }
    }

    private static void expect(
            Acts acts, ComponentId target, List<Broken> broken, String row, FindingCode... codes) {
        if (!acts.finds(target, codes)) {
            broken.add(new Broken("L1", row + " " + codes[0]));
        }
    }
}
