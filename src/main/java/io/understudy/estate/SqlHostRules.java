package io.understudy.estate;

import static io.understudy.estate.EstateRule.faultIf;
import static io.understudy.estate.EstateRule.ofStores;
import static io.understudy.estate.Violation.Severity.ADVICE;
import static io.understudy.estate.Violation.Severity.ERROR;

import io.understudy.estate.EstateRule.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** One SQL host, one role: what fails together protects nothing (domain.md 4.2, 4.6). */
final class SqlHostRules {

    private static final String SOURCE = "domain.md 4.6";

    static final List<EstateRule> ALL =
            List.of(
                    ofStores(
                            "MIRROR_ON_PRIMARY_HOST", ERROR, SOURCE, SqlHostRules::mirrorOnPrimary),
                    ofStores(
                            "WITNESS_ON_PARTNER_HOST",
                            ERROR,
                            SOURCE,
                            SqlHostRules::witnessOnPartner),
                    ofStores(
                            "LOG_SHIPPING_TO_PARTNER_HOST",
                            ERROR,
                            "domain.md 6.2",
                            SqlHostRules::secondaryOnPartner),
                    new EstateRule(
                            "SQL_INSTANCE_IN_TWO_STORES",
                            ERROR,
                            "domain.md 4.1",
                            SqlHostRules::instanceTwice),
                    new EstateRule(
                            "WITNESS_SHARED", ADVICE, "domain.md 4.2", SqlHostRules::witnessShared),
                    new EstateRule(
                            "SQL_HOST_SHARED", ADVICE, "domain.md 4.2", SqlHostRules::hostShared),
                    new EstateRule(
                            "SQL_HOST_IS_A_SERVER",
                            ERROR,
                            "domain.md 1",
                            SqlHostRules::hostIsServer));

    private SqlHostRules() {}

    /** An instance at its place in the document. */
    private record Use(Store store, SqlInstance instance, String pointer, boolean witness) {}

    private static List<Fault> mirrorOnPrimary(Estate estate, Store store) {
        return faultIf(
                store.mirror().filter(mirror -> mirror.fqdn().equals(store.primary().fqdn())),
                "/mirror/fqdn",
                mirror ->
                        "the mirror stands on the primary's host "
                                + mirror.fqdn()
                                + " and is lost with it: two roles"
                                + " on one SQL host protect nothing");
    }

    private static List<Fault> witnessOnPartner(Estate estate, Store store) {
        return faultIf(
                store.witness().filter(witness -> isPartner(store, witness)),
                "/witness/fqdn",
                witness ->
                        "the witness stands on a partner's host "
                                + witness.fqdn()
                                + " and is lost with it, and the"
                                + " other partner cannot serve then: put it on a third host");
    }

    private static List<Fault> secondaryOnPartner(Estate estate, Store store) {
        return faultIf(
                store.logShipping()
                        .map(LogShipping::secondary)
                        .filter(secondary -> isPartner(store, secondary)),
                "/logShipping/secondary/fqdn",
                secondary ->
                        "the log is shipped to a host that holds the store already, "
                                + secondary.fqdn());
    }

    private static boolean isPartner(Store store, SqlInstance instance) {
        return instance.fqdn().equals(store.primary().fqdn())
                || store.mirror().filter(m -> m.fqdn().equals(instance.fqdn())).isPresent();
    }

    private static List<Fault> instanceTwice(Estate estate) {
        return shared(
                estate,
                (before, now) ->
                        before.instance().equals(now.instance())
                                && !(before.witness() && now.witness()),
                (before, now) ->
                        now.instance()
                                + " is an instance of "
                                + before.store().name()
                                + " already: an instance serves one store");
    }

    private static List<Fault> witnessShared(Estate estate) {
        return shared(
                estate,
                (before, now) ->
                        before.instance().equals(now.instance())
                                && before.witness()
                                && now.witness(),
                (before, now) ->
                        now.instance()
                                + " is the witness of "
                                + before.store().name()
                                + " too: both stores lose it together");
    }

    private static List<Fault> hostShared(Estate estate) {
        return shared(
                estate,
                (before, now) -> !before.instance().equals(now.instance()),
                (before, now) ->
                        now.instance().fqdn()
                                + " is a host of "
                                + before.store().name()
                                + " too: both stores lose it together");
    }

    /** The uses of a host that another store uses before, where the two fit the test. */
    private static List<Fault> shared(
            Estate estate, BiPredicate<Use, Use> test, BiFunction<Use, Use, String> wording) {
        List<Fault> faults = new ArrayList<>();
        Map<ServerFqdn, List<Use>> byHost = new HashMap<>();
        for (Use now : uses(estate)) {
            List<Use> before =
                    byHost.computeIfAbsent(now.instance().fqdn(), _ -> new ArrayList<>());
            before.stream()
                    .filter(use -> use.store() != now.store() && test.test(use, now))
                    .findFirst()
                    .ifPresent(
                            use -> faults.add(new Fault(now.pointer(), wording.apply(use, now))));
            before.add(now);
        }
        return faults;
    }

    private static List<Use> uses(Estate estate) {
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < estate.stores().size(); i++) {
            Store store = estate.stores().get(i);
            String place = "/stores/" + i;
            uses.add(new Use(store, store.primary(), place + "/primary/fqdn", false));
            store.mirror()
                    .ifPresent(sql -> uses.add(new Use(store, sql, place + "/mirror/fqdn", false)));
            store.witness()
                    .ifPresent(sql -> uses.add(new Use(store, sql, place + "/witness/fqdn", true)));
            store.logShipping()
                    .ifPresent(to ->
                            uses.add(
                                    new Use(
                                            store,
                                            to.secondary(),
                                            place + "/logShipping/secondary/fqdn",
                                            false)));
        }
        return uses;
    }

    /** Only a Standard Edition server holds its own store. */
    private static List<Fault> hostIsServer(Estate estate) {
        Map<ServerFqdn, Pool> poolOf = new HashMap<>();
        estate.pools()
                .forEach(pool ->
                        pool.servers().forEach(server -> poolOf.putIfAbsent(server.fqdn(), pool)));
        List<Fault> faults = new ArrayList<>();
        for (Use use : uses(estate)) {
            Pool pool = poolOf.get(use.instance().fqdn());
            if (pool != null && !PoolRules.isStandard(pool)) {
                faults.add(
                        new Fault(
                                use.pointer(),
                                use.instance().fqdn()
                                        + " is a server of "
                                        + pool.fqdn()
                                        + ": a store stands on hosts of its own"));
            }
        }
        return faults;
    }
}
