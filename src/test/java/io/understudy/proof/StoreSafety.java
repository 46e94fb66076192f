package io.understudy.proof;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.Position;
import io.understudy.proof.Mirroring.Copy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** What must hold of an act on a mirrored store whose gate is open (domain.md 4.5, 8.2). */
final class StoreSafety {

    /** An automatic failover is not judged failed before (domain.md 8.8 no. 3). */
    private static final Duration AUTOMATIC = Duration.ofSeconds(60);

    private StoreSafety() {}

    static void check(World world, Decision d, List<Broken> broken) {
        int pool = d.target().equals(Sight.store(world, 1).id()) ? 1 : 2;
        switch (d.remediation()) {
            case MIRROR_FAILOVER -> failover(world, pool, d, broken);
            case FORCED_MIRROR_FAILOVER -> forced(world, pool, broken);
            default -> bothAlive(world, pool, d.remediation(), broken);
        }
    }

    private static void failover(World world, int pool, Decision d, List<Broken> broken) {
        Side side = world.side(pool);
        boolean witness = world.shape().witness();
        principalGone(world, pool, "MIRROR_FAILOVER", broken);
        if (!side.mirroring().isTold() || !side.mirroring().isComplete()) {
            broken.add(new Broken("S6", "MIRROR_FAILOVER to a mirror not proven SYNCHRONIZED"));
        } else if (!StoreTruth.witnessAllows(side, witness)) {
            broken.add(new Broken("S6", "MIRROR_FAILOVER past a witness not proven to allow it"));
        }
        if (!side.partner().isUp()) {
            broken.add(new Broken("S1", "MIRROR_FAILOVER to a mirror not proven up"));
        }
        if (witness && side.mirroring().witnessLinked() && world.age().compareTo(AUTOMATIC) < 0) {
            broken.add(new Broken("S2", "MIRROR_FAILOVER before SQL had its time to do it"));
        }
        // B1: verify first; what was told before the loss does not say what SQL has done since.
        // Without a witness nothing moves by itself, and what was so then is so still (B3).
        if (witness && !StoreTruth.isFresh(world, side)) {
            broken.add(new Broken("S1", "MIRROR_FAILOVER on what was told too long ago"));
        }
        if (d.remedy() instanceof Remedy.MirrorFailover move) {
            if (move.newPrincipal() == side.mirroring().principalOn()) {
                broken.add(new Broken("S6", "MIRROR_FAILOVER to where the principal is"));
            }
            if (!EnumSet.copyOf(move.types()).equals(Sight.store(world, pool).databaseTypes())) {
                broken.add(new Broken("S5", "MIRROR_FAILOVER splits the database types"));
            }
            voter(side, move.newPrincipal(), broken);
        }
    }

    /** It would leave the pool short by the primary SQL database's vote (F9, F10, S7). */
    private static void voter(Side side, Position newPrincipal, List<Broken> broken) {
        int servers = side.frontEnds().size();
        int perhaps = FrontEndTruth.perhapsRunning(side);
        boolean shortByVote =
                perhaps >= FrontEndTruth.needed(servers, true)
                        && perhaps < FrontEndTruth.needed(servers, false);
        if (newPrincipal == Position.MIRROR && shortByVote) {
            broken.add(new Broken("S7", "MIRROR_FAILOVER leaves the pool short by a vote"));
        }
    }

    private static void principalGone(World world, int pool, String what, List<Broken> broken) {
        Side side = world.side(pool);
        if (!side.principal().isDown()) {
            String property = side.principal().isUp() ? "S2" : "S3";
            broken.add(new Broken(property, what + " although the principal may still serve"));
        }
    }

    private static void forced(World world, int pool, List<Broken> broken) {
        Side side = world.side(pool);
        if (!side.principal().isDown() || side.mirroring().copy() == Copy.UNTOLD) {
            broken.add(new Broken("S6", "FORCED_MIRROR_FAILOVER while the principal may serve"));
        }
        if (!side.partner().isUp()) {
            broken.add(new Broken("S1", "FORCED_MIRROR_FAILOVER to a mirror not proven up"));
        }
        // B2 has the witness disconnected when the principal was lost; that mirror and witness see
        // each other now is proven by the newest facts, or else by both being up
        if (world.shape().witness() && !side.witness().isUp()) {
            broken.add(new Broken("S6", "FORCED_MIRROR_FAILOVER without the witness"));
        }
    }

    /** Moving databases about in quiet needs both partners, in step (B5, B13, B14). */
    private static void bothAlive(World world, int pool, Remediation what, List<Broken> broken) {
        Side side = world.side(pool);
        if (!side.primary().isUp()
                || !side.mirror().isUp()
                || side.mirroring().copy() != Copy.SYNCHRONIZED) {
            broken.add(new Broken("S6", what + " although not all is SYNCHRONIZED"));
        }
        if (what == Remediation.MIRROR_FAILBACK
                && side.mirroring().principalOn() == Position.PRIMARY) {
            broken.add(new Broken("S2", "MIRROR_FAILBACK to where the principal is"));
        }
    }
}
