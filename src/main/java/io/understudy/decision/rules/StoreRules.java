package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.decision.rules.Row.Basis.GUIDANCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What applies to a store, by its technology and by what it keeps; and row B9, which is every
 * store's.
 */
final class StoreRules {

    static final Row B9 =
            new Row(
                    "B9",
                    GUIDANCE,
                    "no copy of the databases serves",
                    "No copy of the databases serves.",
                    "users work normally for 30 min, then in resiliency mode; a failover signs them out and loses up to the RPO",
                    "no planned pool failover (-DisasterMode is needed though servers run); no Front End restarts, which need the store",
                    REPAIR,
                    POOL_FAILOVER);
    private static final Row B17 =
            new Row(
                    "B17",
                    GUIDANCE,
                    "a store of monitoring or archiving only is lost",
                    "Only monitoring or archiving is lost: Front End Servers queue, and users notice nothing unless archiving is critical.",
                    "reports; with critical mode messages and conferences stop",
                    "no pool failover",
                    REPAIR,
                    MIRROR_FAILOVER,
                    WAIT);

    static final List<Rule<StoreCase>> RULES =
            List.of(new Rule<>(B9, StoreRules::down), new Rule<>(B17, _ -> Optional.empty()));

    private StoreRules() {}

    /** What applies to a store, by its technology, under the name of the row that is about it. */
    static Optional<Proposal> propose(StoreCase c) {
        Optional<Proposal> proposal =
                c.isMirrored()
                        ? Rule.first(MirroringRules.RULES, c)
                        : c.store().store().technology() == StoreTechnology.AVAILABILITY_GROUP
                                ? Rule.first(GroupRules.RULES, c)
                                : Rule.first(LogRules.FULL, c);
        return proposal.or(() -> down(c)).map(p -> named(c, p));
    }

    private static Proposal named(StoreCase c, Proposal proposal) {
        return switch (proposal.rule()) {
            case "B1", "B3" ->
                    c.onlyChat()
                            ? proposal.by(ChatStoreRules.O9)
                            : c.onlyReports()
                                    ? proposal.by(B17)
                                    : c.store().split() && centralManagementAlone(c)
                                                    || c.onlyCentralManagement()
                                            ? proposal.by(CentralManagementRules.P3)
                                            : proposal;
            case "B9" ->
                    c.onlyChat()
                            ? proposal.by(ChatStoreRules.O10)
                            : c.onlyReports() ? proposal.by(B17) : proposal;
            default -> proposal;
        };
    }

    private static boolean centralManagementAlone(StoreCase c) {
        return c.typesToMove().equals(List.of(DatabaseType.CENTRAL_MGMT));
    }

    private static Optional<Proposal> down(StoreCase c) {
        return c.store().unavailable()
                ? Optional.of(lost(c, "restore the store on " + c.store().store().primary()))
                : Optional.empty();
    }

    /**
     * Row B9 inside the budget: SQL is restored by a person; what follows after it is the pool's
     * row.
     */
    static Proposal lost(StoreCase c, String first) {
        StoreSituation s = c.store();
        String restarts =
                c.pools().isEmpty()
                        ? ""
                        : "; do not restart Front End Servers, which cannot start without it";
        Proposal proposal =
                Proposal.of(
                                B9,
                                finding(c, FindingCode.STORE_LOST),
                                new Remedy.Repair(first + restarts, s.budgetEnds()))
                        .rejecting(MIRROR_FAILOVER, "there is no mirror that could serve");
        return c.pools().isEmpty()
                ? proposal.rejecting(c.poolLater())
                : proposal.saying(
                                "Users work normally until "
                                        + s.budgetEnds()
                                                .map(Instant::toString)
                                                .orElse("the budget is spent")
                                        + "; after that the pool fails over with -DisasterMode.")
                        .rejecting(tooEarly(c));
    }

    private static Rejected tooEarly(StoreCase c) {
        return c.noPool(
                "justified only once the budget of "
                        + c.sight().setting(Setting.BACK_END_BUDGET, c.store().store().id())
                        + " is spent: it signs everybody out",
                "B9");
    }

    /** A finding about a lost store that rests on all of it that is seen down. */
    static Finding finding(StoreCase c, FindingCode code) {
        StoreSituation s = c.store();
        Condition[] on =
                Stream.of(
                                Optional.of(s.principal()),
                                s.mirror(),
                                Optional.of(s.sight().condition(s.store().id())))
                        .flatMap(Optional::stream)
                        .filter(StoreSituation::lost)
                        .toArray(Condition[]::new);
        FindingCode named = c.onlyChat() ? FindingCode.CHAT_STORE_LOST : code;
        return c.finding(
                named, B9, Severity.CRITICAL, s.unavailableSince().orElse(s.sight().now()), on);
    }
}
