package io.understudy.decision;

import io.understudy.decision.rules.Proposal;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a snapshot to findings and to the smallest coherent set of decisions, in the order to carry
 * them out.
 *
 * <p>The rows of the table propose; here policy sets modes and approvals, and the order is made:
 * SQL first, since it is the cheapest layer, then CMS, then Edge next hops, then pools (domain.md
 * 8.0 nos. 1 and 5).
 */
public final class Decider {

    private static final Comparator<Placed> IN_ORDER =
            Comparator.comparingInt((Placed p) -> phase(p.proposal().remedy()))
                    .thenComparing(p -> p.proposal().target());
    private static final Comparator<Finding> BY_SEVERITY =
            Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::target)
                    .thenComparing(Finding::code)
                    .thenComparing(Finding::rule);

    private Decider() {}

    /** Decides. The same snapshot gives an equal evaluation. */
    public static Evaluation decide(Snapshot snapshot) {
        return Assessment.of(snapshot).evaluation();
    }

    /** Puts what the rows propose into order, and policy to it. */
    static Evaluation order(Snapshot snapshot, List<Proposal> proposals) {
        Map<Act, Placed> placed = new LinkedHashMap<>();
        proposals.forEach(proposal -> flatten(proposal, placed));
        List<Placed> ordered = new ArrayList<>(placed.values());
        ordered.sort(IN_ORDER);
        Map<Act, Integer> orders = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            orders.putIfAbsent(Act.of(ordered.get(i).proposal()), i + 1);
        }
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Placed p = ordered.get(i);
            List<Integer> after =
                    p.after().isEmpty()
                            ? List.of()
                            : p.after().stream().map(orders::get).distinct().sorted().toList();
            decisions.add(decision(snapshot, p.proposal(), i + 1, after));
        }
        return new Evaluation(findings(ordered.stream().map(Placed::proposal).toList()), decisions);
    }

    /** What makes two proposals one: the same remedy of the same target by the same row. */
    private record Act(Remedy remedy, ComponentId target, String rule) {
        static Act of(Proposal proposal) {
            return new Act(
                    proposal.remedy(),
                    proposal.target(),
                    proposal.remediation().acts() ? "" : proposal.rule());
        }
    }

    /** A proposal among all, and those that must have been carried out before it. */
    private record Placed(Proposal proposal, List<Act> after) {}

    /** A proposal's predecessors are proposals of their own, each after those before it. */
    private static void flatten(Proposal proposal, Map<Act, Placed> placed) {
        List<Act> done = new ArrayList<>();
        for (Proposal before : proposal.before()) {
            placed.putIfAbsent(Act.of(before), new Placed(before, List.copyOf(done)));
            done.add(Act.of(before));
        }
        placed.putIfAbsent(Act.of(proposal), new Placed(proposal, done));
    }

    private static int phase(Remedy remedy) {
        return switch (remedy) {
            case Remedy.MirrorFailover _,
                    Remedy.ForcedMirrorFailover _,
                    Remedy.PrincipalAlignment _,
                    Remedy.AvailabilityGroupFailover _,
                    Remedy.ForcedAvailabilityGroupFailover _ ->
                    0;
            case Remedy.QuorumRecovery _ -> 1;
            case Remedy.CmsFailover _ -> 2;
            case Remedy.EdgeNextHopChange _ -> 3;
            case Remedy.PoolFailover _ -> 4;
            case Remedy.ChatFailover _ -> 5;
            case Remedy.PoolFailback _ -> 6;
            case Remedy.ChatFailback _, Remedy.MirrorFailback _ -> 7;
            case Remedy.Wait _ -> 8;
            case Remedy.Repair _ -> 9;
            case Remedy.None _ -> 10;
        };
    }

    private static Decision decision(
            Snapshot snapshot, Proposal p, int order, List<Integer> after) {
        boolean risky = needsTwo(snapshot.estate(), p);
        Mode wanted = wanted(snapshot, p);
        boolean byPeople = risky || p.rule().equals("P11");
        Mode mode = byPeople && wanted == Mode.AUTOMATE ? Mode.ADVISE : wanted;
        Decision decision =
                new Decision(
                        order,
                        after,
                        p.remedy(),
                        p.target(),
                        p.rule(),
                        mode,
                        0,
                        p.dataLoss(),
                        p.interruption(),
                        p.reason(),
                        p.gate(),
                        p.rejected());
        // two people whatever the mode: somebody may ask for what is only observed
        if (risky && (decision.isActed() || resumesMirroring(p))) {
            return decision.withApprovals(2);
        }
        return decision.isActed() && mode == Mode.ADVISE ? decision.withApprovals(1) : decision;
    }

    /**
     * A repair that a person may have carried out: to open it is to approve of it, but for loss.
     */
    private static boolean resumesMirroring(Proposal p) {
        return p.remedy() instanceof Remedy.Repair repair && repair.resumesMirroring();
    }

    private static Mode wanted(Snapshot snapshot, Proposal p) {
        List<ComponentId> scopes =
                snapshot.policy().modes().isEmpty()
                        ? List.of()
                        : Scopes.of(snapshot.estate(), p.target());
        return snapshot.policy().mode(p.remediation(), scopes);
    }

    /**
     * What may lose data beyond the published objective, and what cannot be taken back, needs two
     * people and never starts by itself (product.md).
     */
    private static boolean needsTwo(Estate estate, Proposal p) {
        boolean givesUp = p.remedy() instanceof Remedy.PoolFailback back && back.disasterMode();
        return p.remediation().irreversible() || givesUp || lossBeyondObjective(estate, p);
    }

    private static boolean lossBeyondObjective(Estate estate, Proposal p) {
        return switch (p.dataLoss()) {
            case DataLoss.None _ -> false;
            case DataLoss.Unknown _ -> true;
            case DataLoss.Bounded(Duration atMost) ->
                    p.remedy() instanceof Remedy.PoolFailover failover
                            && estate.pool(failover.pool())
                                    .filter(pool ->
                                            atMost.compareTo(pool.release().poolFailoverRpo()) > 0)
                                    .isPresent();
        };
    }

    private static List<Finding> findings(List<Proposal> proposals) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        proposals.stream()
                .flatMap(p -> p.findings().stream())
                .sorted(BY_SEVERITY)
                .forEach(f -> findings.putIfAbsent(f.code() + " " + f.target(), f));
        return List.copyOf(findings.values());
    }
}
