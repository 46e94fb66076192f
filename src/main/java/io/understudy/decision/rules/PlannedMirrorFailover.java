package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Row B5: the principal is to be serviced, and somebody has asked for the switch. */
final class PlannedMirrorFailover {

    private PlannedMirrorFailover() {}

    static Optional<Proposal> of(StoreCase c, Row row) {
        StoreSituation s = c.store();
        boolean asked =
                s.sight().planned(Remediation.MIRROR_FAILOVER, s.store().id())
                        && StoreSituation.alive(s.principal())
                        && s.mirror().isPresent();
        return asked ? c.namedPool().map(pool -> propose(c, row, pool)) : Optional.empty();
    }

    private static Proposal propose(StoreCase c, Row row, Pool named) {
        StoreSituation s = c.store();
        Remedy remedy =
                new Remedy.MirrorFailover(
                        s.store().name(),
                        named.fqdn(),
                        s.mirrorAt(),
                        s.principalSide().other(),
                        c.typesToMove(),
                        false);
        return Proposal.of(row, s.store().id(), remedy)
                .saying("The switch was asked for as planned work.")
                .acting(
                        gate(c),
                        new DataLoss.None(),
                        new Interruption(
                                "users of the store hardly notice; open transactions roll back",
                                MirrorFailover.expected(c),
                                MirrorFailover.TARGET))
                .rejecting(
                        Remediation.FORCED_MIRROR_FAILOVER,
                        "the principal serves: nothing is forced");
    }

    private static List<GateClause> gate(StoreCase c) {
        StoreSituation s = c.store();
        List<GateClause> gate = new ArrayList<>();
        gate.add(MirrorGate.mirrorReachable(s));
        gate.add(PrincipalAlignment.allSynchronized(c));
        gate.add(MirrorGate.witness(s));
        gate.add(
                s.principalSide() == Position.PRIMARY
                        ? MirrorGate.quorumKeptWithoutVote(c)
                        : MirrorGate.quorumKept(c));
        gate.addAll(new StartGate(s.sight()).clauses(Remediation.MIRROR_FAILOVER, s.store().id()));
        return gate;
    }
}
