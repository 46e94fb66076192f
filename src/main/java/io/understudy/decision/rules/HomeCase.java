package io.understudy.decision.rules;

import io.understudy.decision.Clause;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.PoolFqdn;
import java.time.Instant;
import java.util.Optional;

/**
 * A Front End pool with all that its rows look at.
 *
 * @param backup the other half of its pair
 * @param cms where the Central Management store is
 * @param cmsWritable whether configuration can be written where that store is now
 * @param storeProposal what the store's rows propose
 */
record HomeCase(
        PoolSituation home,
        Optional<PoolSituation> backup,
        CentralManagementPlace cms,
        GateClause cmsWritable,
        Optional<Proposal> storeProposal) {

    /** The same with its backup pool; only where there is one. */
    PoolCase pair() {
        return new PoolCase(home, backup.orElseThrow());
    }

    PoolFqdn fqdn() {
        return home.pool().fqdn();
    }

    boolean hostsCms() {
        return cms.host().filter(fqdn()::equals).isPresent();
    }

    /** Both halves are provably out: there is no third copy. */
    boolean backupLostToo() {
        return backup.filter(
                        b -> b.below() || b.store().filter(StoreSituation::lostForGood).isPresent())
                .isPresent();
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
                                        && onlyItsOwnRunBlocks(p)))
                .isPresent();
    }

    private static boolean onlyItsOwnRunBlocks(Proposal proposal) {
        return proposal.gate().stream()
                .filter(GateClause::blocks)
                .allMatch(clause -> clause.clause() == Clause.NO_OTHER_RUN);
    }

    /** A finding about the lost pool. */
    Finding lostFinding(String row, Severity severity) {
        FindingCode code = home.allDown() ? FindingCode.POOL_DOWN : FindingCode.POOL_QUORUM_LOST;
        return finding(code, row, severity, home.belowSince().orElse(home.sight().now()));
    }

    /** A finding about the pool that rests on what of it is seen down. */
    Finding finding(FindingCode code, String row, Severity severity, Instant since) {
        return home.sight()
                .finding(code, home.pool().id(), row, severity, since, PoolFailover.evidence(home));
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
