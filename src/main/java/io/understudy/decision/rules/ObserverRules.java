package io.understudy.decision.rules;

import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.NONE;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.SiteName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rows P6 to P8: what looks like a failure and may be a partition, or the observer's own trouble
 * (domain.md 8.6, product.md S3, S4).
 */
final class ObserverRules {

    private static final Row P6 =
            new Row(
                    "P6",
                    INFERENCE,
                    "link between sites cut, both alive",
                    "Both sites live and serve their own users. After the link heals, force a Backup Service synchronization.",
                    "the recovery point grows",
                    "no pool failover from the side that cannot see the other: two live pools, conflicting data",
                    NONE);
    private static final Row P7 =
            new Row(
                    "P7",
                    INFERENCE,
                    "site cut off from all others, its servers alive",
                    "Nobody outside reaches the site and its servers live: the network comes first. If it lasts, the site is fenced (its services stopped through the management path), and only then failed over.",
                    "the site's users, until the network is back or the site is fenced",
                    "no -DisasterMode against a living pool without fencing",
                    REPAIR);
    private static final Row P8 =
            new Row(
                    "P8",
                    INFERENCE,
                    "only the observer is isolated",
                    "Only this observer sees everything dead, and nobody agrees: it is cut off, and its word counts as unknown.",
                    "none",
                    "nothing is done",
                    NONE);

    static final List<Row> ROWS = List.of(P6, P7, P8);

    private ObserverRules() {}

    /**
     * @param doubted the components that somebody says are down without agreement
     */
    static List<Proposal> propose(Sight sight, Set<ComponentId> doubted) {
        if (doubted.isEmpty()) {
            return List.of();
        }
        List<Proposal> proposals = new ArrayList<>();
        Set<ComponentId> explained = new HashSet<>();
        List<Statements> linked = new ArrayList<>();
        for (Statements said : Statements.of(sight, doubted)) {
            if (said.isolated(sight)) {
                explained.addAll(said.doubted());
                proposals.add(isolated(sight, said));
            } else {
                linked.add(said);
            }
        }
        proposals.addAll(partitions(sight, linked, explained));
        proposals.addAll(Unconfirmed.propose(sight, doubted, explained));
        return proposals;
    }

    private static List<Proposal> partitions(
            Sight sight, List<Statements> linked, Set<ComponentId> explained) {
        Map<SiteName, Set<SiteName>> cutFrom = new TreeMap<>();
        Map<SiteName, Proposal> partitions = new TreeMap<>();
        for (Statements said : linked) {
            for (SiteName other : said.cutOffFrom(sight)) {
                cutFrom.computeIfAbsent(other, _ -> new TreeSet<>()).add(said.site());
                said.doubted().stream()
                        .filter(c -> sight.estate().siteOf(c).filter(other::equals).isPresent())
                        .forEach(explained::add);
                SiteName first = said.site().compareTo(other) < 0 ? said.site() : other;
                SiteName second = first.equals(other) ? said.site() : other;
                partitions.putIfAbsent(second, partitioned(sight, said, first, second));
            }
        }
        Optional<SiteName> alone = cutOffByAll(sight, linked, cutFrom);
        return alone.map(site -> List.of(siteIsolated(sight, linked, site)))
                .orElseGet(() -> List.copyOf(partitions.values()));
    }

    /**
     * A site that observers at enough other sites see dead, that none outside sees alive, and whose
     * own observer sees it alive and all of them dead.
     */
    private static Optional<SiteName> cutOffByAll(
            Sight sight, List<Statements> linked, Map<SiteName, Set<SiteName>> cutFrom) {
        int sites = Math.max(2, sight.policy().thresholds().sites());
        return cutFrom.entrySet().stream()
                .filter(e -> e.getValue().size() >= sites)
                .map(Map.Entry::getKey)
                .filter(site ->
                        linked.stream()
                                .filter(said -> said.site().equals(site))
                                .anyMatch(said ->
                                        said.seesItsSite(sight)
                                                && !said.cutOffFrom(sight).isEmpty()))
                .findFirst();
    }

    private static Proposal isolated(Sight sight, Statements said) {
        ComponentId target = ComponentId.of(said.observer().name());
        Finding finding =
                new Finding(
                        FindingCode.OBSERVER_ISOLATED,
                        target,
                        P8.id(),
                        Severity.WARNING,
                        since(sight, said.doubted()),
                        true,
                        List.of(
                                said.observer().name()
                                        + " says DOWN of all it looks at: "
                                        + listed(said.doubted())));
        return Proposal.of(P8, finding, new Remedy.None())
                .rejecting(POOL_FAILOVER, "one vantage point alone never condemns a pool or a site")
                .rejecting(MIRROR_FAILOVER, "one vantage point alone never condemns a store");
    }

    private static Proposal partitioned(
            Sight sight, Statements said, SiteName first, SiteName second) {
        return Proposal.of(P6, finding(sight, P6, said, second), new Remedy.None())
                .saying("Cut is the link between " + first + " and " + second + ".")
                .rejecting(
                        POOL_FAILOVER,
                        "from the side that cannot see the other it would make two live pools with conflicting data")
                .rejecting(MIRROR_FAILOVER, "the stores serve on their own side");
    }

    private static Proposal siteIsolated(Sight sight, List<Statements> linked, SiteName site) {
        Statements outside =
                linked.stream()
                        .filter(said -> said.cutOffFrom(sight).contains(site))
                        .findFirst()
                        .orElseThrow();
        return Proposal.of(
                        P7,
                        finding(sight, P7, outside, site),
                        new Remedy.Repair(
                                "repair the network of "
                                        + site
                                        + "; if that takes long, stop its services through the management path before its pools fail over",
                                Optional.empty()))
                .rejecting(
                        POOL_FAILOVER,
                        "its pools live: failing them over without fencing makes two live sides");
    }

    private static Finding finding(Sight sight, Row row, Statements said, SiteName site) {
        return new Finding(
                FindingCode.SITE_PARTITIONED,
                ComponentId.of(site),
                row.id(),
                Severity.WARNING,
                since(sight, said.contradicted()),
                true,
                List.of(
                        said.observer().name()
                                + " at "
                                + said.site()
                                + " says DOWN of "
                                + listed(said.contradicted())
                                + ", and others say that they serve"));
    }

    private static Instant since(Sight sight, Set<ComponentId> components) {
        return components.stream()
                .map(c -> sight.condition(c).since())
                .max(Comparator.naturalOrder())
                .orElse(sight.now());
    }

    private static String listed(Set<ComponentId> components) {
        String first =
                components.stream()
                        .limit(10)
                        .map(ComponentId::toString)
                        .collect(Collectors.joining(", "));
        return components.size() > 10
                ? first + " and " + (components.size() - 10) + " more"
                : first;
    }
}
