package io.understudy.decision.rules;

import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.Edition;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool failover with what must go before it: the CMS where it is on a lost pool, then every Edge
 * pool's next hop (domain.md 5.1, product.md S5).
 */
final class PoolFailover {

    static final Row P11 =
            new Row(
                    "P11",
                    GUIDANCE,
                    "the Backup Service was not steady, and the home pool is lost",
                    "The backup pool has older data: people choose between that and no service.",
                    "what was written since the Backup Service was last steady",
                    "no automatic failover",
                    Remediation.POOL_FAILOVER);
    static final Row P17 =
            new Row(
                    "P17",
                    GUIDANCE,
                    "a Standard Edition server lost, paired",
                    "The server is the pool: there is nothing to mirror, its pair takes the users.",
                    "sign-out; up to the RPO",
                    "mirror actions do not exist",
                    Remediation.POOL_FAILOVER);

    static final List<Rule<HomeCase>> RULES =
            List.of(new Rule<>(P11, _ -> Optional.empty()), new Rule<>(P17, _ -> Optional.empty()));

    private PoolFailover() {}

    /** In disaster mode, which is what a lost pool or store needs. */
    static Proposal disaster(HomeCase c, Row row, Finding finding) {
        BackupService backupService =
                BackupService.of(c.home(), c.backup().pool(), finding.since());
        Row named =
                backupService.clause().result() == ClauseResult.FAILED
                        ? P11
                        : c.home().pool().edition() == Edition.STANDARD ? P17 : row;
        Proposal proposal =
                propose(
                        c,
                        Proposal.of(row, c.id(), remedy(c, true)).with(finding),
                        PoolGate.ofPool(c, backupService),
                        backupService.loss(),
                        true);
        return proposal.by(named).saying(named == row ? "" : named.sentence());
    }

    /** With the home pool alive: it is drained first and nothing is lost (domain.md 5.2). */
    static Proposal planned(HomeCase c, Row row, Optional<Finding> finding) {
        BackupService backupService =
                BackupService.of(c.home(), c.backup().pool(), c.sight().now());
        Proposal proposal = Proposal.of(row, c.id(), remedy(c, false));
        return propose(
                c,
                finding.map(proposal::with).orElse(proposal),
                PoolGate.ofPlanned(c, backupService),
                new DataLoss.None(),
                false);
    }

    private static Remedy remedy(HomeCase c, boolean disaster) {
        return new Remedy.PoolFailover(c.fqdn(), c.backup().pool().fqdn(), disaster);
    }

    private static Proposal propose(
            HomeCase c,
            Proposal proposal,
            List<GateClause> proven,
            DataLoss loss,
            boolean disaster) {
        List<Proposal> before = new ArrayList<>();
        GateClause writable = cms(c, disaster, before);
        GateClause nextHop = EdgeNextHop.moved(c, writable, disaster, before);
        List<GateClause> gate = new ArrayList<>(proven);
        gate.add(writable);
        gate.add(nextHop);
        return proposal.acting(gate, loss, interruption(c)).after(before);
    }

    private static Interruption interruption(HomeCase c) {
        Pool home = c.home().pool();
        PoolFqdn to = c.backup().pool().fqdn();
        Duration target = home.release().poolFailoverRto();
        String users = home.users().isPresent() ? home.users().getAsInt() + " users" : "all users";
        return new Interruption(
                users
                        + " of "
                        + home.fqdn()
                        + " are signed out and sign in again at "
                        + to
                        + "; their conferences end",
                target,
                target);
    }

    /** The CMS is moved first where it is here, or on another pool that is lost. */
    private static GateClause cms(HomeCase c, boolean disaster, List<Proposal> before) {
        Optional<Proposal> move =
                c.hostsCms()
                        ? Optional.of(CentralManagementFailover.ahead(c, disaster))
                        : CentralManagementFailover.fromLostPool(c);
        if (move.isEmpty()) {
            return c.cms().writable(c.sight());
        }
        before.add(move.get());
        boolean blocked = move.get().blocked();
        return Sight.clause(
                Clause.CMS_WRITABLE,
                !blocked,
                blocked
                        ? "the Central Management store is on "
                                + move.get().target()
                                + " and cannot be moved now"
                        : "the Central Management store is moved first");
    }
}
