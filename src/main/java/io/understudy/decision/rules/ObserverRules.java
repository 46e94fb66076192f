package io.understudy.decision.rules;

import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.SiteName;
import io.understudy.estate.Store;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows P6 and P8: what looks like a failure and may be a partition, or the observer's own trouble
 * (domain.md 8.6, product.md S3, S4). Nothing is done about any of it but to name it and to say
 * which observation would settle it.
 */
final class ObserverRules {

    private ObserverRules() {}

    static List<Proposal> propose(Sight sight, Map<Store, StoreSituation> stores) {
        List<Proposal> proposals = new ArrayList<>();
        Set<ComponentId> explained = new HashSet<>();
        Map<SiteName, Proposal> partitions = new TreeMap<>();
        for (Statements said : Statements.of(sight)) {
            if (said.isolated(sight)) {
                explained.addAll(said.doubted());
                proposals.add(isolated(sight, said));
                continue;
            }
            for (SiteName other : said.cutOffFrom(sight)) {
                said.doubted().stream()
                        .filter(c -> sight.estate().siteOf(c).filter(other::equals).isPresent())
                        .forEach(explained::add);
                SiteName first = said.site().compareTo(other) < 0 ? said.site() : other;
                SiteName second = first.equals(other) ? said.site() : other;
                partitions.putIfAbsent(second, partitioned(sight, said, first, second));
            }
        }
        proposals.addAll(partitions.values());
        proposals.addAll(unconfirmed(sight, explained, stores));
        return proposals;
    }

    private static Proposal isolated(Sight sight, Statements said) {
        ComponentId target = ComponentId.of(said.observer());
        Finding finding =
                new Finding(
                        FindingCode.OBSERVER_ISOLATED,
                        target,
                        "P8",
                        Severity.WARNING,
                        since(sight, said.doubted()),
                        true,
                        List.of(
                                said.observer()
                                        + " says DOWN of all it looks at: "
                                        + listed(said.doubted())));
        return Proposal.passive(
                "P8",
                finding,
                new Remedy.None(),
                "Only this observer sees everything dead, and nobody agrees: it is cut off, and its word counts as unknown.",
                new Rejected(
                        Remediation.POOL_FAILOVER,
                        "one vantage point alone never condemns a pool or a site",
                        "P8"),
                new Rejected(
                        Remediation.MIRROR_FAILOVER,
                        "one vantage point alone never condemns a store",
                        "P8"));
    }

    private static Proposal partitioned(
            Sight sight, Statements said, SiteName first, SiteName second) {
        Finding finding =
                new Finding(
                        FindingCode.SITE_PARTITIONED,
                        ComponentId.of(second),
                        "P6",
                        Severity.WARNING,
                        since(sight, said.contradicted()),
                        true,
                        List.of(
                                said.observer()
                                        + " at "
                                        + said.site()
                                        + " says DOWN of "
                                        + listed(said.contradicted())
                                        + ", and others say that they serve"));
        return Proposal.passive(
                "P6",
                finding,
                new Remedy.None(),
                "The link between "
                        + first
                        + " and "
                        + second
                        + " is cut and both sites live: both serve their own users. After it heals, force a Backup Service"
                        + " synchronization.",
                new Rejected(
                        Remediation.POOL_FAILOVER,
                        "from the side that cannot see the other it would make two live pools with conflicting data",
                        "P6"));
    }

    /** The doubted components that no isolation or partition explains, one proposal per target. */
    private static List<Proposal> unconfirmed(
            Sight sight, Set<ComponentId> explained, Map<Store, StoreSituation> stores) {
        Map<ComponentId, Finding> byTarget = new TreeMap<>();
        Map<ComponentId, String> settles = new TreeMap<>();
        sight.snapshot().conditions().byComponent().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(e -> !explained.contains(e.getKey()))
                .forEach(e ->
                        doubt(e.getValue())
                                .ifPresent(unknown -> {
                                    Optional<Finding> finding =
                                            suspect(sight, stores, e.getKey(), unknown);
                                    finding.ifPresent(f -> {
                                        byTarget.putIfAbsent(f.target(), f);
                                        settles.putIfAbsent(
                                                f.target(),
                                                e.getKey() + ": " + unknown.wouldChange());
                                    });
                                }));
        return byTarget.values().stream()
                .map(f ->
                        Proposal.passive(
                                f.rule(),
                                f,
                                new Remedy.None(),
                                "Not agreed by observers at enough sites. What would settle it: "
                                        + settles.get(f.target()),
                                new Rejected(
                                        f.target().kind() == ComponentKind.STORE
                                                ? Remediation.MIRROR_FAILOVER
                                                : Remediation.POOL_FAILOVER,
                                        "the evidence fits a partition or a failing observer as well",
                                        f.rule())))
                .toList();
    }

    private static Optional<Condition.Unknown> doubt(Condition condition) {
        return condition instanceof Condition.Unknown unknown
                        && switch (unknown.doubt()) {
                            case TOO_FEW_SITES, DISAGREEMENT -> true;
                            case SILENCE, UNSETTLED -> false;
                        }
                ? Optional.of(unknown)
                : Optional.empty();
    }

    private static Optional<Finding> suspect(
            Sight sight,
            Map<Store, StoreSituation> stores,
            ComponentId component,
            Condition.Unknown unknown) {
        String row = unknown.doubt() == Condition.Doubt.DISAGREEMENT ? "P6" : "P8";
        return code(sight, stores, component)
                .map(named ->
                        new Finding(
                                named.code(),
                                named.target(),
                                row,
                                Severity.WARNING,
                                unknown.since(),
                                false,
                                unknown.evidence().stream().map(Evidence::sentence).toList()));
    }

    private record Named(FindingCode code, ComponentId target) {}

    /** The finding that it would be, were it confirmed. */
    private static Optional<Named> code(
            Sight sight, Map<Store, StoreSituation> stores, ComponentId component) {
        return switch (component.kind()) {
            case SQL -> ofSql(stores, component);
            case SERVER ->
                    sight.estate().pools().stream()
                            .filter(pool ->
                                    pool.servers().stream()
                                            .anyMatch(s ->
                                                    ComponentId.of(s.fqdn()).equals(component)))
                            .findFirst()
                            .flatMap(ObserverRules::ofServer);
            case POOL ->
                    sight.estate().pools().stream()
                            .filter(pool -> pool.id().equals(component))
                            .findFirst()
                            .map(pool -> new Named(ofPool(pool), component));
            case STORE -> Optional.of(new Named(FindingCode.STORE_LOST, component));
            case FILE_STORE -> Optional.of(new Named(FindingCode.FILE_STORE_LOST, component));
            case SITE -> Optional.of(new Named(FindingCode.SITE_DOWN, component));
            case OBSERVER -> Optional.empty();
        };
    }

    private static Optional<Named> ofSql(Map<Store, StoreSituation> stores, ComponentId component) {
        for (Map.Entry<Store, StoreSituation> e : stores.entrySet()) {
            Store store = e.getKey();
            boolean principal = component.equals(ComponentId.of(e.getValue().principalAt()));
            boolean partner =
                    store.mirror().map(ComponentId::of).filter(component::equals).isPresent()
                            || store.at(Position.PRIMARY)
                                    .map(ComponentId::of)
                                    .filter(component::equals)
                                    .isPresent();
            if (principal) {
                return Optional.of(new Named(FindingCode.PRINCIPAL_LOST, store.id()));
            }
            if (partner) {
                return Optional.of(new Named(FindingCode.MIRROR_LOST, store.id()));
            }
            if (store.witness().map(ComponentId::of).filter(component::equals).isPresent()) {
                return Optional.of(new Named(FindingCode.WITNESS_LOST, store.id()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Named> ofServer(Pool pool) {
        return switch (pool.role()) {
            case FRONT_END -> Optional.of(new Named(FindingCode.FRONT_END_SERVER_LOST, pool.id()));
            case PERSISTENT_CHAT ->
                    Optional.of(new Named(FindingCode.CHAT_SERVERS_LOST, pool.id()));
            case EDGE, MEDIATION, DIRECTOR -> Optional.empty();
        };
    }

    private static FindingCode ofPool(Pool pool) {
        return switch (pool.role()) {
            case FRONT_END -> FindingCode.POOL_DOWN;
            case EDGE -> FindingCode.EDGE_POOL_DOWN;
            case MEDIATION -> FindingCode.MEDIATION_POOL_DOWN;
            case DIRECTOR -> FindingCode.DIRECTOR_POOL_DOWN;
            case PERSISTENT_CHAT -> FindingCode.CHAT_SERVERS_LOST;
        };
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
