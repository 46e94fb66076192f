package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.Pool;
import java.time.Duration;
import java.time.Instant;

/** The proposal of a mirror failover (domain.md 4.3, 4.5). */
final class MirrorFailover {

    /** Back End failover, recovery time objective (domain.md 2.2). */
    static final Duration TARGET = Duration.ofMinutes(5);

    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final Duration SWITCH = Duration.ofSeconds(5);

    private MirrorFailover() {}

    static Proposal propose(StoreCase c, Row row, Pool named, String more) {
        StoreSituation s = c.store();
        Remedy remedy =
                new Remedy.MirrorFailover(
                        s.store().name(),
                        named.fqdn(),
                        s.mirrorAt(),
                        s.principalSide().other(),
                        c.typesToMove(),
                        true);
        Proposal proposal = Proposal.of(row, c.principalLost(row), remedy);
        return (more.isEmpty() ? proposal : proposal.saying(more))
                .acting(
                        MirrorGate.of(c),
                        new DataLoss.None(),
                        new Interruption(
                                "users of the store hardly notice; open transactions roll back",
                                expected(c),
                                TARGET))
                .rejecting(
                        noPool(c),
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                "nothing needs to be given up: the mirror was SYNCHRONIZED",
                                row.id()),
                        new Rejected(
                                Remediation.REPAIR,
                                "restoring the principal takes longer than making the mirror principal",
                                row.id()));
    }

    /** Redo queue by redo rate, where both are told (domain.md 4.5); else what is usual. */
    static Duration expected(StoreCase c) {
        return c.store()
                .told()
                .filter(told ->
                        told.redoQueueKb().isPresent() && told.redoRateKbPerSecond().orElse(0) > 0)
                .map(told ->
                        SWITCH.plusSeconds(
                                told.redoQueueKb().getAsLong()
                                        / told.redoRateKbPerSecond().getAsLong()))
                .orElse(USUAL);
    }

    static Rejected noPool(StoreCase c) {
        return c.pools().isEmpty()
                ? c.poolLater()
                : c.noPool(
                        "the store alone restores service; users work normally until "
                                + c.store()
                                        .budgetEnds()
                                        .map(Instant::toString)
                                        .orElse("its budget is spent")
                                + ", and a pool failover would sign all of them out",
                        "P1");
    }
}
