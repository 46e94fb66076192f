package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofPools;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Edge pools: how large, where sign-ins go, and which of them carries federation (domain.md 2.1,
 * 5.1, 5.7). Next hops are those of Persistent Chat pools, too (domain.md 6.1).
 */
final class EdgeRules {

    private static final int MOST_SERVERS = 12;

    static final List<EstateRule> ALL =
            List.of(
                    ofPools("TOO_MANY_EDGE_SERVERS", ERROR, "domain.md 2.1", EdgeRules::tooMany),
                    ofPools(
                            "EDGE_WITHOUT_NEXT_HOP",
                            ADVICE,
                            "domain.md 5.1",
                            EdgeRules::withoutNextHop),
                    ofPools("NEXT_HOP_UNEXPECTED", ERROR, "domain.md 5.1", EdgeRules::unexpected),
                    ofPools("NEXT_HOP_ROLE", ERROR, "domain.md 5.1", EdgeRules::nextHopRole),
                    ofPools(
                            "FEDERATION_ROUTE_ROLE",
                            ERROR,
                            "domain.md 5.7",
                            EdgeRules::federationRole),
                    new EstateRule(
                            "FEDERATION_ROUTE_TWICE",
                            ERROR,
                            "domain.md 5.7",
                            EdgeRules::federationTwice));

    private EdgeRules() {}

    private static List<Fault> tooMany(Estate estate, Pool pool) {
        return faultIf(
                isEdge(pool) && pool.servers().size() > MOST_SERVERS,
                "/servers",
                "an Edge pool has at most "
                        + MOST_SERVERS
                        + " servers, not "
                        + pool.servers().size());
    }

    private static List<Fault> withoutNextHop(Estate estate, Pool pool) {
        return faultIf(
                isEdge(pool) && pool.nextHopPool().isEmpty(),
                "/fqdn",
                "an Edge pool sends sign-ins to a next hop: without it nobody can tell which pool failover it stops");
    }

    private static List<Fault> unexpected(Estate estate, Pool pool) {
        boolean has =
                switch (pool.role()) {
                    case EDGE, PERSISTENT_CHAT -> true;
                    case FRONT_END, MEDIATION, DIRECTOR -> false;
                };
        return faultIf(
                !has && pool.nextHopPool().isPresent(),
                "/nextHopPool",
                "only an Edge pool or a Persistent Chat pool has a next hop, not one of role "
                        + pool.role()
                        + ": leave it out");
    }

    private static List<Fault> nextHopRole(Estate estate, Pool pool) {
        return faultIf(
                pool.nextHopPool().flatMap(estate::pool).filter(hop -> !mayBeHop(pool, hop)),
                "/nextHopPool",
                hop ->
                        hop.fqdn()
                                + " is a pool of role "
                                + hop.role()
                                + (isEdge(pool)
                                        ? ": the next hop of an Edge pool is a Front End or Director pool"
                                        : ": the next hop of a Persistent Chat pool is a Front End pool"));
    }

    private static boolean mayBeHop(Pool pool, Pool hop) {
        return switch (pool.role()) {
            case EDGE -> hop.isFrontEnd() || hop.role() == PoolRole.DIRECTOR;
            case PERSISTENT_CHAT -> hop.isFrontEnd();
            case FRONT_END, MEDIATION, DIRECTOR -> true;
        };
    }

    private static List<Fault> federationRole(Estate estate, Pool pool) {
        return faultIf(
                pool.federationRoute() && !isEdge(pool),
                "/federationRoute",
                "only an Edge pool carries federation");
    }

    private static List<Fault> federationTwice(Estate estate) {
        List<Fault> faults = new ArrayList<>();
        boolean carried = false;
        for (int i = 0; i < estate.pools().size(); i++) {
            Pool pool = estate.pools().get(i);
            faults.addAll(
                    faultIf(
                            carried && pool.federationRoute(),
                            "/pools/" + i + "/federationRoute",
                            "another pool carries federation already: one Edge pool does for the whole estate"));
            carried |= pool.federationRoute();
        }
        return faults;
    }

    private static boolean isEdge(Pool pool) {
        return pool.role() == PoolRole.EDGE;
    }
}
