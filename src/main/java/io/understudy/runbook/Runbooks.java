package io.understudy.runbook;

import io.understudy.decision.Decision;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * From a decision to the steps that carry it out (domain.md 4.3, 5, 6).
 *
 * <p>Every runbook begins by judging the evidence afresh under the run's locks, and every step is
 * verified by what a probe reads afterwards, or where nothing shows it to a probe, by a second look
 * of its executor.
 */
public final class Runbooks {

    private static final Duration REASSESS_LIMIT = Duration.ofMinutes(1);

    /** The row of a Central Management store that is stuck. */
    private static final String STUCK = "P4";

    /** The row of an old principal that is back after its mirror was forced. */
    private static final String RETURNED = "B16";

    private Runbooks() {}

    /** Whether there is a runbook for it whatever its row. */
    public static boolean carriesOut(Remediation remediation) {
        return remediation.acts();
    }

    /**
     * Whether there is a runbook for this decision: all that act have one, and of repairs those of
     * a Central Management store that is stuck (domain.md 5.4) and of mirroring that is suspended
     * (domain.md 4.5), which only a person asks for.
     */
    public static boolean carriesOut(Decision decision) {
        return carriesOut(decision.remediation())
                || repairsCentralManagement(decision)
                || (decision.remedy() instanceof Remedy.Repair repair && repair.resumesMirroring());
    }

    private static boolean repairsCentralManagement(Decision decision) {
        return decision.remediation() == Remediation.REPAIR && decision.rule().equals(STUCK);
    }

    /**
     * The runbook of a decision that is carried out.
     *
     * @throws IllegalArgumentException when the decision is not acted upon, or names what the
     *     estate does not have
     */
    public static Runbook of(Decision decision, Estate estate) {
        return numbered(decision.remediation(), decision.target(), drafts(decision, estate));
    }

    private static List<Draft> drafts(Decision decision, Estate estate) {
        String target = decision.target().name();
        if (repairsCentralManagement(decision)) {
            return CentralManagement.repair(new PoolFqdn(target), estate);
        }
        if (decision.remedy() instanceof Remedy.Repair repair && repair.resumesMirroring()) {
            Store store = Words.store(estate, new StoreName(target));
            return MirrorResumption.of(repair, store, decision.rule().equals(RETURNED));
        }
        return drafts(decision.remedy(), estate);
    }

    /**
     * The runbook of a remedy that nobody has decided, to be read ahead.
     *
     * @throws IllegalArgumentException as {@link #of(Decision, Estate)}
     */
    public static Runbook of(Remedy remedy, ComponentId target, Estate estate) {
        return numbered(remedy.remediation(), target, drafts(remedy, estate));
    }

    private static Runbook numbered(
            Remediation remediation, ComponentId target, List<Draft> drafts) {
        List<Step> steps = new ArrayList<>();
        Stream.concat(Stream.of(reassess()), drafts.stream())
                .forEach(draft -> steps.add(draft.numbered(steps.size() + 1)));
        return new Runbook(remediation, target, steps);
    }

    private static Draft reassess() {
        return Draft.of(
                        "Read the evidence afresh; the decision must come out the same",
                        new Action.Reassess(),
                        REASSESS_LIMIT,
                        "# compare every clause of the gate with what the probes read now")
                .repeated();
    }

    private static List<Draft> drafts(Remedy remedy, Estate estate) {
        return switch (remedy) {
            case Remedy.MirrorFailover r -> Mirroring.failover(r, estate);
            case Remedy.PrincipalAlignment r -> Mirroring.alignment(r, estate);
            case Remedy.MirrorFailback r -> Mirroring.failback(r, estate);
            case Remedy.ForcedMirrorFailover r -> Mirroring.force(r, estate);
            case Remedy.AvailabilityGroupFailover r ->
                    List.of(AvailabilityGroup.failover(r.store(), r.to(), false, estate));
            case Remedy.ForcedAvailabilityGroupFailover r ->
                    List.of(AvailabilityGroup.failover(r.store(), r.to(), true, estate));
            case Remedy.QuorumRecovery r -> List.of(Quorum.recovery(r.pool()));
            case Remedy.CmsFailover r -> List.of(CentralManagement.failover(r, estate));
            case Remedy.EdgeNextHopChange r ->
                    List.of(
                            EdgeNextHop.change(r.edgePool(), r.to(), estate)
                                    .undoneBy(
                                            "the same with "
                                                    + r.from()
                                                    + ", after that pool has been failed back"));
            case Remedy.PoolFailover r -> PoolMoves.failover(r, estate);
            case Remedy.PoolFailback r -> PoolMoves.failback(r, estate);
            case Remedy.ChatFailover r -> Chat.failover(r, estate);
            case Remedy.ChatFailback r -> Chat.failback(r, estate);
            case Remedy.None _, Remedy.Wait _, Remedy.Repair _ ->
                    throw new IllegalArgumentException(remedy.remediation() + " has no runbook");
        };
    }
}
