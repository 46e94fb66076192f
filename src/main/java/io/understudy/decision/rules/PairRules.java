package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import io.understudy.health.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows P9 and P10: what a pair is worth (domain.md 8.6). */
final class PairRules {

    private static final Row P10 =
            new Row(
                    "P10",
                    GUIDANCE,
                    "Backup Service in error or not steady, home pool alive",
                    "The pair does not keep up: what a failover would lose grows.",
                    "the recovery point objective is void",
                    "no planned failover until it is steady",
                    REPAIR);
    private static final Row P9 =
            new Row(
                    "P9",
                    INFERENCE,
                    "the backup pool impaired while the home pool is lost",
                    "The pool that is to take over is impaired itself: whichever of the two is nearer to service is repaired first; meanwhile calls go on in resiliency mode.",
                    "resiliency mode until one of them is repaired",
                    "no failover onto a pool that then collapses and takes both pools' users",
                    REPAIR);

    static final List<Rule<HomeCase>> BACKUP_SERVICE =
            List.of(new Rule<>(P10, PairRules::notSteady), new Rule<>(P9, _ -> Optional.empty()));

    private PairRules() {}

    private static Optional<Proposal> notSteady(HomeCase c) {
        if (c.home().below() || c.other().isEmpty()) {
            return Optional.empty();
        }
        List<String> troubled = BackupService.troubled(c.home());
        if (troubled.isEmpty()) {
            return Optional.empty();
        }
        Finding finding =
                c.finding(
                        FindingCode.BACKUP_SERVICE_ERROR,
                        P10,
                        Severity.WARNING,
                        c.sight().facts(c.id()).since(Aspect.BACKUP_SERVICE));
        return Optional.of(
                Proposal.of(
                                P10,
                                finding,
                                new Remedy.Repair(
                                        "see to LYNCBACKUP, the file shares (TCP 445), permissions and the cumulative update level of"
                                                + " both pools, then Invoke-CsBackupServiceSync",
                                        Optional.empty()))
                        .saying(String.join("; ", troubled) + ".")
                        .rejecting(POOL_FAILOVER, "the home pool serves its users"));
    }

    /** Beside a failover of the home pool: what is wrong with the pool that is to take over. */
    static Optional<Proposal> impaired(HomeCase c, Proposal failover) {
        if (!(failover.remedy() instanceof Remedy.PoolFailover)) {
            return Optional.empty();
        }
        PoolSituation backup = c.backup();
        List<String> troubles = new ArrayList<>();
        if (!backup.below() && backup.anyOut() && backup.running() <= backup.required()) {
            troubles.add(backup.footing());
        }
        backup.store()
                .filter(store -> store.service() == StoreService.EXPOSED)
                .filter(store -> store.mirrorLost() || store.witnessLost())
                .ifPresent(store -> troubles.add(store.store().id() + " is exposed"));
        backup.store()
                .filter(StoreSituation::unavailable)
                .ifPresent(store -> troubles.add(store.store().id() + " does not serve"));
        if (BackupFitness.backupServiceStopped(backup)) {
            troubles.add("LYNCBACKUP does not run on every server");
        }
        return troubles.isEmpty() ? Optional.empty() : Optional.of(unfit(c, troubles));
    }

    private static Proposal unfit(HomeCase c, List<String> troubles) {
        PoolSituation backup = c.backup();
        Finding finding =
                c.sight()
                        .finding(
                                FindingCode.BACKUP_POOL_UNFIT,
                                backup.pool().id(),
                                P9.id(),
                                Severity.CRITICAL,
                                c.lostSince(),
                                backup.lost().toArray(Condition[]::new));
        return Proposal.of(
                        P9,
                        finding,
                        new Remedy.Repair(
                                "repair "
                                        + backup.pool().fqdn()
                                        + " or "
                                        + c.fqdn()
                                        + ", whichever is nearer to service",
                                Optional.empty()))
                .saying(backup.pool().fqdn() + ": " + String.join("; ", troubles) + ".");
    }
}
