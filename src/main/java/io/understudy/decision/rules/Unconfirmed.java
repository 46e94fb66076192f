package io.understudy.decision.rules;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Interruption;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Part;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody says is down and nobody confirms, where neither isolation nor partition explains
 * it: it is named, and which observation would settle it; nothing is done (product.md S3, S4).
 */
final class Unconfirmed {

    private Unconfirmed() {}

    /** One proposal per target. */
    static List<Proposal> propose(
            Sight sight, Set<ComponentId> doubted, Set<ComponentId> explained) {
        Map<ComponentId, Proposal> byTarget = new TreeMap<>();
        for (ComponentId component : new TreeSet<>(doubted)) {
            if (!explained.contains(component)
                    && sight.condition(component) instanceof Condition.Unknown unknown) {
                named(sight, component)
                        .ifPresent(name ->
                                byTarget.putIfAbsent(
                                        name.target(), proposal(component, unknown, name)));
            }
        }
        return List.copyOf(byTarget.values());
    }

    private static Proposal proposal(
            ComponentId component, Condition.Unknown unknown, Named named) {
        String row = unknown.doubt() == Condition.Doubt.DISAGREEMENT ? "P6" : "P8";
        Finding finding =
                new Finding(
                        named.code(),
                        named.target(),
                        row,
                        Severity.WARNING,
                        unknown.since(),
                        false,
                        unknown.evidence().stream().map(Evidence::sentence).toList());
        Remediation refused =
                named.target().kind() == ComponentKind.STORE
                        ? Remediation.MIRROR_FAILOVER
                        : Remediation.POOL_FAILOVER;
        return new Proposal(
                row,
                List.of(finding),
                named.target(),
                new Remedy.None(),
                "Not agreed by observers at enough sites. What would settle it: "
                        + component
                        + ": "
                        + unknown.wouldChange(),
                List.of(),
                new DataLoss.None(),
                new Interruption("nobody is known to be touched", Duration.ZERO, Duration.ZERO),
                List.of(
                        new Rejected(
                                refused,
                                "the evidence fits a partition or a failing observer as well",
                                row)),
                List.of());
    }

    private record Named(FindingCode code, ComponentId target) {}

    /** The finding that it would be, were it confirmed. */
    private static Optional<Named> named(Sight sight, ComponentId component) {
        return switch (component.kind()) {
            case SQL -> ofSql(sight, component);
            case SERVER -> sight.estate().poolOf(component).flatMap(Unconfirmed::ofServer);
            case POOL ->
                    sight.estate()
                            .pool(new PoolFqdn(component.name()))
                            .map(pool -> new Named(ofPool(pool), component));
            case STORE -> Optional.of(new Named(FindingCode.STORE_LOST, component));
            case FILE_STORE -> Optional.of(new Named(FindingCode.FILE_STORE_LOST, component));
            case SITE -> Optional.of(new Named(FindingCode.SITE_DOWN, component));
            case OBSERVER -> Optional.empty();
        };
    }

    private static Optional<Named> ofSql(Sight sight, ComponentId component) {
        for (Part part : sight.estate().partsOf(component)) {
            for (Store store : part.stores()) {
                if (store.instances().contains(component)) {
                    return Optional.of(new Named(ofInstance(sight, store, component), store.id()));
                }
            }
        }
        return Optional.empty();
    }

    private static FindingCode ofInstance(Sight sight, Store store, ComponentId component) {
        if (store.witness().map(ComponentId::of).filter(component::equals).isPresent()) {
            return FindingCode.WITNESS_LOST;
        }
        StoreSituation situation = StoreSituation.of(sight, store);
        return component.equals(ComponentId.of(situation.principalAt()))
                ? FindingCode.PRINCIPAL_LOST
                : store.logShipping()
                                .map(to -> ComponentId.of(to.secondary()))
                                .filter(component::equals)
                                .isPresent()
                        ? FindingCode.LOG_SHIPPING_BEHIND
                        : FindingCode.MIRROR_LOST;
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
}
