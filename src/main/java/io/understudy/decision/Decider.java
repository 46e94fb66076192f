package io.understudy.decision;

import io.understudy.decision.rules.Proposal;
import io.understudy.decision.rules.Table;
import io.understudy.estate.Estate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a snapshot to findings and to the smallest coherent set of decisions, in the order to carry
 * them out.
 *
 * <p>The rows of the table propose; here policy sets modes and approvals, and the order is made:
 * SQL first, since it is the cheapest layer, then CMS, then Edge next hops, then pools (domain.md
 * 8.0 nos. 1 and 5).
 */
public final class Decider {

    private Decider() {}

    /** Decides. The same snapshot gives an equal evaluation. */
    public static Evaluation decide(Snapshot snapshot) {
        List<Placed> placed = new ArrayList<>();
        Table.propose(snapshot).forEach(proposal -> flatten(proposal, placed));
        placed.sort(
                Comparator.comparingInt((Placed p) -> phase(p.proposal().remedy()))
                        .thenComparing(p -> p.proposal().target()));
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            decisions.add(
                    decision(
                            snapshot,
                            placed.get(i).proposal(),
                            i + 1,
                            ordersOf(placed, placed.get(i).after())));
        }
        return new Evaluation(findings(placed.stream().map(Placed::proposal).toList()), decisions);
    }

    /** A proposal among all, and those that must have been carried out before it. */
    private record Placed(Proposal proposal, List<Proposal> after) {}

    /** A proposal's predecessors are proposals of their own, each after those before it. */
    private static void flatten(Proposal proposal, List<Placed> placed) {
        List<Proposal> done = new ArrayList<>();
        for (Proposal before : proposal.before()) {
            placed.add(new Placed(before, List.copyOf(done)));
            done.add(before);
        }
        placed.add(new Placed(proposal, done));
    }

    private static List<Integer> ordersOf(List<Placed> placed, List<Proposal> proposals) {
        return IntStream.range(0, placed.size())
                .filter(i -> proposals.contains(placed.get(i).proposal()))
                .mapToObj(i -> i + 1)
                .toList();
    }

    private static int phase(Remedy remedy) {
        return switch (remedy) {
            case Remedy.MirrorFailover _ -> 0;
            case Remedy.CmsFailover _ -> 1;
            case Remedy.EdgeNextHopChange _ -> 2;
            case Remedy.PoolFailover _ -> 3;
            case Remedy.Wait _ -> 4;
            case Remedy.Repair _ -> 5;
            case Remedy.None _ -> 6;
        };
    }

    private static Decision decision(
            Snapshot snapshot, Proposal p, int order, List<Integer> after) {
        boolean risky = lossBeyondObjective(snapshot.estate(), p);
        Mode wanted =
                snapshot.policy()
                        .mode(p.remedy().remediation(), Scopes.of(snapshot.estate(), p.target()));
        Mode mode = risky && wanted == Mode.AUTOMATE ? Mode.ADVISE : wanted;
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
        return decision.isActed() && mode == Mode.ADVISE
                ? decision.withApprovals(risky ? 2 : 1)
                : decision;
    }

    /**
     * What may lose data beyond the published objective needs two people and never starts by itself
     * (product.md).
     */
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
                .sorted(
                        Comparator.comparing(Finding::severity)
                                .thenComparing(Finding::target)
                                .thenComparing(Finding::code)
                                .thenComparing(Finding::rule))
                .forEach(f -> findings.putIfAbsent(f.code() + " " + f.target(), f));
        return List.copyOf(findings.values());
    }
}
