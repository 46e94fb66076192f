package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.DataLoss;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The choice of rows B2 and B4: the principal is lost and the mirror has not, or is not known to
 * have, all that was acknowledged. People choose between mending the principal, forcing the mirror
 * and, once the Back End's budget is spent, failing the pool over; the smaller loss is proposed.
 */
final class ForcedMirrorFailover {

    private ForcedMirrorFailover() {}

    static Proposal orRepair(StoreCase c, Row row) {
        DataLoss loss = loss(c);
        Optional<String> impossible = impossible(c, loss);
        return impossible.isPresent()
                ? repair(c, row, loss, impossible.get())
                : force(c, row, loss);
    }

    private static DataLoss loss(StoreCase c) {
        StoreSituation s = c.store();
        return Replication.lossIfForced(s.sight(), s.store(), s.principalSide(), s.principal());
    }

    /** Why the mirror is not forced: it cannot be, or the pool's failover would lose less. */
    private static Optional<String> impossible(StoreCase c, DataLoss loss) {
        StoreSituation s = c.store();
        if (!s.mirrorAlive()) {
            return Optional.of("the mirror " + s.mirrorAt() + " is not heard");
        }
        if (s.witness().isPresent() && !s.witnessAlive()) {
            return Optional.of("the witness is not heard, and without it the mirror refuses");
        }
        if (c.namedPool().isEmpty() || c.replication().proof() == Replication.Proof.UNKNOWN) {
            return Optional.of(
                    "whether the mirror is in step is not known: " + c.replication().evidence());
        }
        return c.poolLoss()
                .filter(loss::exceeds)
                .map(_ ->
                        "it may lose more than the pool failover that follows when the budget is spent");
    }

    private static Proposal repair(StoreCase c, Row row, DataLoss loss, String why) {
        StoreSituation s = c.store();
        Remedy remedy =
                new Remedy.Repair(
                        "bring the principal " + s.principalAt() + " back", s.budgetEnds());
        return Proposal.of(row, c.principalLost(row), remedy)
                .saying("Known is: " + c.replication().evidence() + ".")
                .rejecting(Remediation.MIRROR_FAILOVER, c.replication().evidence())
                .rejecting(
                        new Rejected(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                why,
                                row.id(),
                                Optional.of(loss),
                                Optional.of(interruption(c))))
                .rejecting(c.poolLater());
    }

    private static Proposal force(StoreCase c, Row row, DataLoss loss) {
        StoreSituation s = c.store();
        Remedy remedy =
                new Remedy.ForcedMirrorFailover(
                        s.store().name(), s.mirrorAt(), s.principalSide().other(), c.typesToMove());
        return Proposal.of(row, c.principalLost(row), remedy)
                .saying("Known is: " + c.replication().evidence() + ".")
                .acting(gate(c), loss, interruption(c))
                .rejecting(
                        new Rejected(
                                Remediation.REPAIR,
                                "better while the principal "
                                        + s.principalAt()
                                        + " can be back before the budget is spent: nothing is lost then",
                                row.id(),
                                Optional.of(new DataLoss.None()),
                                Optional.empty()))
                .rejecting(Remediation.MIRROR_FAILOVER, c.replication().evidence())
                .rejecting(c.poolLater());
    }

    private static Interruption interruption(StoreCase c) {
        return new Interruption(
                "users of the store; what was not sent to the mirror is given up",
                MirrorFailover.expected(c),
                MirrorFailover.TARGET);
    }

    private static List<GateClause> gate(StoreCase c) {
        StoreSituation s = c.store();
        List<GateClause> gate = new ArrayList<>(MirrorGate.partners(s));
        gate.add(
                new GateClause(
                        Clause.MIRROR_SYNCHRONIZED,
                        MirrorGate.result(c.replication()),
                        false,
                        c.replication().evidence() + "; two people must accept the loss"));
        gate.add(MirrorGate.quorumKept(c));
        gate.addAll(
                new StartGate(s.sight())
                        .clauses(
                                Remediation.FORCED_MIRROR_FAILOVER,
                                ComponentId.of(s.store().name())));
        return gate;
    }
}
