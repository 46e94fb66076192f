package io.understudy.estate;

import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** No name twice, and observers enough to believe anything. */
final class NameRules {

    private static final String SOURCE = "product.md, shapes";

    static final List<EstateRule> ALL = List.of(
            new EstateRule(
                    "DUPLICATE_SITE", ERROR, SOURCE, estate -> twice(estate.sites(), "/sites/", "/name", Site::name)),
            new EstateRule(
                    "DUPLICATE_POOL", ERROR, SOURCE, estate -> twice(estate.pools(), "/pools/", "/fqdn", Pool::fqdn)),
            new EstateRule(
                    "DUPLICATE_STORE",
                    ERROR,
                    SOURCE,
                    estate -> twice(estate.stores(), "/stores/", "/name", Store::name)),
            new EstateRule(
                    "DUPLICATE_OBSERVER",
                    ERROR,
                    SOURCE,
                    estate -> twice(estate.observers(), "/observers/", "/name", Observer::name)),
            new EstateRule("SERVER_IN_TWO_POOLS", ERROR, "domain.md 1", NameRules::serverInTwoPools),
            new EstateRule("TOO_FEW_VANTAGE_POINTS", ADVICE, "domain.md 5.0", NameRules::vantagePoints));

    private NameRules() {}

    private static <T> List<Fault> twice(List<T> things, String list, String field, Function<T, Object> name) {
        List<Fault> faults = new ArrayList<>();
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < things.size(); i++) {
            Object key = name.apply(things.get(i));
            Integer before = first.putIfAbsent(key, i);
            if (before != null) {
                faults.add(new Fault(list + i + field, key + " is the name of " + list + before + " already"));
            }
        }
        return faults;
    }

    private static List<Fault> serverInTwoPools(Estate estate) {
        List<Fault> faults = new ArrayList<>();
        Map<ServerFqdn, PoolFqdn> poolOf = new HashMap<>();
        for (int i = 0; i < estate.pools().size(); i++) {
            Pool pool = estate.pools().get(i);
            for (int j = 0; j < pool.servers().size(); j++) {
                ServerFqdn server = pool.servers().get(j).fqdn();
                PoolFqdn before = poolOf.putIfAbsent(server, pool.fqdn());
                if (before != null) {
                    faults.add(new Fault(
                            "/pools/" + i + "/servers/" + j + "/fqdn",
                            server + " is a server of " + before + " already; a server belongs to one pool"));
                }
            }
        }
        return faults;
    }

    private static List<Fault> vantagePoints(Estate estate) {
        Set<SiteName> sites = new HashSet<>();
        estate.observers().forEach(observer -> sites.add(observer.site()));
        return EstateRule.faultIf(
                sites.size() < 2,
                estate.observers().isEmpty() ? "" : "/observers",
                "observers stand at fewer than two sites, so that nothing can ever be taken for down: add an observer"
                        + " at another site");
    }
}
