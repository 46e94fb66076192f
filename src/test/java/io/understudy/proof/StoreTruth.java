package io.understudy.proof;

import io.understudy.estate.Position;
import io.understudy.proof.Mirroring.Copy;
import java.time.Duration;

/** Whether a mirrored store serves: the truth table of domain.md 4.6, for all that is unknown. */
final class StoreTruth {

    /** A fact that is older is no longer known (domain.md 8.8 no. 2: two probe periods). */
    static final Duration FRESH = Duration.ofMinutes(2);

    private static final boolean[] BOTH = {true, false};

    private StoreTruth() {}

    /** Whether the database service is there, in every world that the evidence allows. */
    static Verdict serves(Side side, boolean witness) {
        if (side.mirroring().isTold()) {
            return serves(side, side.mirroring().principalOn(), witness);
        }
        return serves(side, Position.PRIMARY, witness).or(serves(side, Position.MIRROR, witness));
    }

    private static Verdict serves(Side side, Position principalOn, boolean witness) {
        Seen principal = side.sql(principalOn);
        Seen partner = side.sql(principalOn.other());
        Seen third = witness ? side.witness() : Seen.DOWN;
        boolean any = false;
        Verdict verdict = Verdict.OPEN;
        for (boolean p : BOTH) {
            for (boolean m : BOTH) {
                for (boolean w : BOTH) {
                    if (possible(principal, p) && possible(partner, m) && possible(third, w)) {
                        Verdict so = row(side.mirroring(), p, m, w, witness);
                        verdict = any ? verdict.or(so) : so;
                        any = true;
                    }
                }
            }
        }
        return verdict;
    }

    private static boolean possible(Seen seen, boolean up) {
        return up ? seen.mayBeUp() : seen.mayBeDown();
    }

    /** One row of the table; OPEN where it depends on links that nobody tells of. */
    private static Verdict row(Mirroring told, boolean p, boolean m, boolean w, boolean witness) {
        if (p && !witness) {
            return Verdict.YES;
        }
        if (p && m) {
            // cut from its mirror alone it serves, cut from the witness too it does not
            boolean linked = !told.isApart() || (w && told.witnessLinked());
            return told.isTold() && linked ? Verdict.YES : Verdict.OPEN;
        }
        if (p) {
            boolean linkKnown = told.isTold();
            return !w ? Verdict.NO : !linkKnown ? Verdict.OPEN : of(told.witnessLinked());
        }
        // the mirror may have taken over since the state was told
        boolean automatic =
                witness
                        && m
                        && w
                        && (!told.isTold()
                                || (told.copy() == Copy.SYNCHRONIZED && told.witnessLinked()));
        return automatic ? Verdict.OPEN : Verdict.NO;
    }

    private static Verdict of(boolean serves) {
        return serves ? Verdict.YES : Verdict.NO;
    }

    /** Both partners in step and the witness at hand: it could lose any one of the three. */
    static boolean isRedundant(Side side, boolean witness) {
        return side.primary().isUp()
                && side.mirror().isUp()
                && side.mirroring().copy() == Copy.SYNCHRONIZED
                && (!witness || witnessAllows(side, true));
    }

    /**
     * Whether a mirror failover without loss is proven possible: the principal is gone, its copy is
     * there and complete, and the witness, if there is one, sides with it (domain.md 4.5, 4.6).
     */
    static boolean promotable(Side side, boolean witness) {
        return side.mirroring().isTold()
                && side.mirroring().isComplete()
                && side.principal().isDown()
                && side.partner().isUp()
                && witnessAllows(side, witness);
    }

    /** A mirror can be made to serve only without a witness, or with one that it reaches. */
    static boolean witnessAllows(Side side, boolean witness) {
        return !witness || (side.witness().isUp() && side.mirroring().witnessLinked());
    }

    /** Whether what is told of the mirroring is fresh; a lost principal tells nothing any more. */
    static boolean isFresh(World world, Side side) {
        return side.mirroring().isApart()
                || side.principal().isUp()
                || world.age().compareTo(FRESH) <= 0;
    }

    /** Neither copy can be made to serve, not even with loss, before something is mended. */
    static boolean beyondSql(Side side, boolean witness) {
        boolean bothGone = side.primary().isDown() && side.mirror().isDown();
        boolean oneLeft =
                (side.primary().isDown() && side.mirror().isUp())
                        || (side.primary().isUp() && side.mirror().isDown());
        return bothGone
                || (oneLeft && side.mirroring().isTold() && witness && side.witness().isDown());
    }
}
