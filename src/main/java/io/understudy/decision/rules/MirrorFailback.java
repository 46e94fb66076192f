package io.understudy.decision.rules;

import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Row B14: the configured primary can be principal again, in a quiet hour. */
final class MirrorFailback {

    private MirrorFailback() {}

    /** Nothing, or in a quiet hour that the policy names the failback. */
    static Proposal propose(StoreCase c, Row row, Finding finding) {
        StoreSituation s = c.store();
        Optional<GateClause> quiet = new StartGate(s.sight()).quietHours(s.store().id());
        Optional<Pool> named = c.namedPool();
        boolean now = quiet.filter(q -> q.result() == ClauseResult.PASSED).isPresent();
        if (!now || named.isEmpty()) {
            return Proposal.of(row, finding, new Remedy.None())
                    .rejecting(
                            Remediation.MIRROR_FAILBACK,
                            "not urgent: in a quiet hour, and never while SYNCHRONIZING");
        }
        Remedy remedy =
                new Remedy.MirrorFailback(
                        s.store().name(), named.get().fqdn(), s.store().primary(), c.typesToMove());
        List<GateClause> gate = new ArrayList<>();
        gate.add(MirrorGate.mirrorReachable(s));
        gate.add(PrincipalAlignment.allSynchronized(c));
        gate.add(MirrorGate.witness(s));
        gate.add(MirrorGate.quorumKept(c));
        gate.add(quiet.get());
        gate.addAll(new StartGate(s.sight()).clauses(Remediation.MIRROR_FAILBACK, s.store().id()));
        return Proposal.of(row, finding, remedy)
                .acting(
                        gate,
                        new DataLoss.None(),
                        new Interruption(
                                "users of the store hardly notice; open transactions roll back",
                                MirrorFailover.expected(c),
                                MirrorFailover.TARGET));
    }
}
