package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Places;
import io.understudy.estate.Pool;
import io.understudy.health.Condition;
import java.util.List;
import java.util.Optional;

/** Row O1: a pool's file share is down (domain.md 8.7). */
final class FileStoreRules {

    private static final Row O1 =
            new Row(
                    "O1",
                    GUIDANCE,
                    "file share down",
                    "Meeting content, address book files and the transport of CMS and Backup Service stand still; sign-in and calls go on.",
                    "meeting content; the pair falls behind",
                    "no pool failover for the share alone",
                    REPAIR);

    static final List<Row> ROWS = List.of(O1);

    private FileStoreRules() {}

    static Optional<Proposal> propose(Sight sight, Pool pool, Places.OfPool places) {
        Condition condition = sight.condition(places.fileStore());
        if (!StoreSituation.lost(condition)) {
            return Optional.empty();
        }
        ComponentId share = ComponentId.fileStoreOf(pool.fqdn());
        return Optional.of(
                Proposal.of(
                                O1,
                                sight.finding(
                                        FindingCode.FILE_STORE_LOST,
                                        share,
                                        O1.id(),
                                        Severity.WARNING,
                                        condition.since(),
                                        condition),
                                new Remedy.Repair(
                                        "use the share's DFS partner or restore it under the same path, run Enable-CsTopology for its"
                                                + " permissions, then Invoke-CsBackupServiceSync from the pair",
                                        Optional.empty()))
                        .rejecting(POOL_FAILOVER, "sign-in and calls do not need the share"));
    }
}
