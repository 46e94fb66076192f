package io.understudy.estate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which pools and stores hang together: pairs, next hops, shared stores. */
final class Parts {

    private final Map<Object, Object> leaders = new HashMap<>();

    private Parts() {}

    /** The parts in document order; every pool and every store is in exactly one. */
    static List<Part> of(Estate estate) {
        Parts parts = new Parts();
        for (Pool pool : estate.pools()) {
            pool.backupPool().ifPresent(backup -> parts.join(pool.fqdn(), backup));
            pool.nextHopPool().ifPresent(hop -> parts.join(pool.fqdn(), hop));
            Stream.concat(pool.store().stream(), pool.otherStores().stream())
                    .forEach(store -> parts.join(pool.fqdn(), store));
        }
        Map<Object, List<Pool>> pools = new LinkedHashMap<>();
        estate.pools().forEach(pool -> member(pools, parts.leader(pool.fqdn())).add(pool));
        Map<Object, List<Store>> stores = new HashMap<>();
        for (Store store : estate.stores()) {
            Object leader = parts.leader(store.name());
            member(pools, leader);
            member(stores, leader).add(store);
        }
        List<Part> all = new ArrayList<>(pools.size());
        pools.forEach((leader, members) ->
                all.add(part(estate, all.size(), members, stores.getOrDefault(leader, List.of()))));
        return List.copyOf(all);
    }

    private static Part part(Estate estate, int number, List<Pool> pools, List<Store> stores) {
        return new Part(
                number,
                pools,
                stores,
                pools.stream().map(estate::places).toList(),
                stores.stream().map(estate::places).toList());
    }

    private static <T> List<T> member(Map<Object, List<T>> groups, Object leader) {
        return groups.computeIfAbsent(leader, _ -> new ArrayList<>());
    }

    private Object leader(Object member) {
        Object at = member;
        while (leaders.get(at) instanceof Object next) {
            at = next;
        }
        if (at != member) {
            leaders.put(member, at);
        }
        return at;
    }

    private void join(Object one, Object other) {
        Object first = leader(one);
        Object second = leader(other);
        if (!first.equals(second)) {
            leaders.put(second, first);
        }
    }
}
