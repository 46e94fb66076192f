package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.health.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The proposal of a mirror failover (domain.md 4.3, 4.5). */
final class MirrorFailover {

    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final Duration SWITCH = Duration.ofSeconds(5);
    private static final Duration TARGET = Duration.ofMinutes(5);

    private MirrorFailover() {}

    static Proposal propose(StoreCase c, String row, String reason) {
        StoreSituation s = c.store();
        return new Proposal(
                row,
                List.of(c.principalLost(row)),
                s.store().id(),
                new Remedy.MirrorFailover(
                        s.store().name(),
                        c.namedPool().orElseThrow().fqdn(),
                        s.mirrorAt(),
                        s.principalSide().other(),
                        c.typesToMove(),
                        true),
                reason,
                MirrorGate.of(c),
                new DataLoss.None(),
                new Interruption(
                        "users of the pool hardly notice; open transactions roll back",
                        expected(c),
                        TARGET),
                List.of(
                        noPool(s),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "nothing needs to be given up: the mirror was SYNCHRONIZED",
                                row),
                        new Rejected(
                                Remediation.REPAIR,
                                "restoring the principal takes longer than making the mirror principal",
                                row)),
                List.of());
    }

    /** Redo queue by redo rate, where both are told (domain.md 4.5); else what is usual. */
    private static Duration expected(StoreCase c) {
        Facts facts = c.store().sight().facts(c.store().store().id()).facts();
        if (facts instanceof Facts.OfStore told
                && told.redoQueueKb().isPresent()
                && told.redoRateKbPerSecond().orElse(0) > 0) {
            return SWITCH.plusSeconds(
                    told.redoQueueKb().getAsLong() / told.redoRateKbPerSecond().getAsLong());
        }
        return USUAL;
    }

    static Rejected noPool(StoreSituation s) {
        return new Rejected(
                Remediation.POOL_FAILOVER,
                "the store alone restores service; users work normally until "
                        + s.budgetEnds().map(Instant::toString).orElse("its budget is spent")
                        + ", and a pool failover would sign all of them out",
                "P1");
    }
}
