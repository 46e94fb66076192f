package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Setting;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.QuorumTable;
import io.understudy.health.Condition;
import io.understudy.health.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Front End pool with all that its rows look at.
 *
 * @param other the other half of its pair
 * @param cms where the Central Management store is
 * @param storeProposal what the store's rows propose
 */
record HomeCase(
        PoolSituation home,
        Optional<PoolSituation> other,
        CentralManagementPlace cms,
        Optional<Proposal> storeProposal) {

    Sight sight() {
        return home.sight();
    }

    ComponentId id() {
        return home.pool().id();
    }

    PoolFqdn fqdn() {
        return home.pool().fqdn();
    }

    /** The backup pool; only where there is one. */
    PoolSituation backup() {
        return other.orElseThrow();
    }

    /** The same seen from the other half; only where there is one. */
    HomeCase turned() {
        return new HomeCase(backup(), Optional.of(home), cms, Optional.empty());
    }

    boolean hostsCms() {
        return cms.host().filter(fqdn()::equals).isPresent();
    }

    /** Provably out of service: below its number, or with a store that will not come back. */
    boolean lost() {
        return home.below() || home.store().filter(StoreSituation::lostForGood).isPresent();
    }

    /** Both halves are provably out: there is no third copy. */
    boolean backupLostToo() {
        return other.filter(
                        b -> b.below() || b.store().filter(StoreSituation::lostForGood).isPresent())
                .isPresent();
    }

    /** Its users are served by the other half. */
    boolean failedOver() {
        return home.lastState().filter(PoolState.FAILED_OVER::equals).isPresent();
    }

    /** Enough servers run for a full start, and the store serves (domain.md 5.3 step 1). */
    boolean repaired() {
        return home.functional()
                && home.hostsRunning() >= QuorumTable.firstStart(home.size())
                && home.storeServes();
    }

    boolean storeUnavailable() {
        return home.store().filter(StoreSituation::unavailable).isPresent();
    }

    /**
     * The store's own remedy is under way or about to be: nothing larger is needed yet (product.md
     * S2).
     */
    boolean storeWillBeRestored() {
        return storeProposal
                .filter(p ->
                        p.remedy() instanceof Remedy.Wait
                                || (p.remedy() instanceof Remedy.MirrorFailover
                                        && nothingSpeaksAgainst(p)))
                .isPresent();
    }

    /** What is only not known yet, and its own run, leave it the smaller remedy. */
    private static boolean nothingSpeaksAgainst(Proposal proposal) {
        for (GateClause clause : proposal.gate()) {
            if (clause.blocks()
                    && clause.clause() != Clause.NO_OTHER_RUN
                    && clause.result() != ClauseResult.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    /** How long starting the servers again may take before something larger is done (row F5). */
    Instant restartDeadline() {
        Duration budget =
                sight().optionalSetting(Setting.FRONT_END_RESTART_BUDGET, id())
                        .orElse(home.pool().release().poolFailoverRto());
        return home.belowSince().orElse(sight().now()).plus(budget);
    }

    /**
     * Enough servers are reachable to start the pool again, and the time for that is not spent (row
     * F5).
     */
    boolean nearerToRestart() {
        return home.below()
                && home.restartable()
                && !home.belowForTheVote()
                && sight().now().isBefore(restartDeadline());
    }

    /** Since when it is out: for want of servers, else of its store. */
    Instant lostSince() {
        return home.belowSince()
                .or(() -> home.store().flatMap(StoreSituation::unavailableSince))
                .orElse(sight().now());
    }

    /** A finding about the lost pool. */
    Finding lostFinding(Row row, Severity severity) {
        FindingCode code = home.allDown() ? FindingCode.POOL_DOWN : FindingCode.POOL_QUORUM_LOST;
        return finding(code, row, severity, lostSince());
    }

    /** A finding about the pool that rests on what of it is seen down. */
    Finding finding(FindingCode code, Row row, Severity severity, Instant since) {
        return sight().finding(code, id(), row.id(), severity, since, evidence());
    }

    /** The servers seen down, and the pool itself where it is. */
    private Condition[] evidence() {
        List<Condition> on = new ArrayList<>(home.lost());
        Optional.of(home.whole()).filter(StoreSituation::lost).ifPresent(on::add);
        return on.toArray(Condition[]::new);
    }

    /** Why no mirror failover helps. */
    Rejected noMirror() {
        String why =
                home.below()
                        ? "it cures a lost Back End partner and does nothing for lost Front End quorum"
                        : "the store's rows show why it is not possible";
        return new Rejected(Remediation.MIRROR_FAILOVER, why, home.below() ? "F6" : "B9");
    }
}
