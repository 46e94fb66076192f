package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.health.Aspect;
import io.understudy.health.Facts;
import java.util.List;
import java.util.Optional;

/** Row B15: the transaction log is full (domain.md 4.2, 8.2). */
final class LogRules {

    private static final Row B15 =
            new Row(
                    "B15",
                    GUIDANCE,
                    "transaction log full (SQL error 9002)",
                    "The transaction log is full: Front End Servers cannot start and nothing can be written.",
                    "writes fail until there is room",
                    "no failover: the mirror has the same log",
                    REPAIR);

    static final List<Rule<StoreCase>> FULL = List.of(new Rule<>(B15, LogRules::full));

    private LogRules() {}

    private static Optional<Proposal> full(StoreCase c) {
        StoreSituation s = c.store();
        if (!s.told().flatMap(Facts.OfStore::transactionLogFull).orElse(false)) {
            return Optional.empty();
        }
        var finding =
                c.finding(
                        FindingCode.TRANSACTION_LOG_FULL,
                        B15,
                        Severity.CRITICAL,
                        s.sight().facts(s.store().id()).since(Aspect.TRANSACTION_LOG),
                        s.principal());
        return Optional.of(
                Proposal.of(
                                B15,
                                finding,
                                new Remedy.Repair(
                                        "back the logs up, see to the disk's room, then look at the Front End Servers",
                                        s.budgetEnds()))
                        .rejecting(MIRROR_FAILOVER, "the mirror has the same log and is as full")
                        .rejecting(c.poolLater()));
    }
}
