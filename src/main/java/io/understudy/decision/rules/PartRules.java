package io.understudy.decision.rules;

import io.understudy.decision.Remedy;
import io.understudy.estate.Part;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows applied to one part of an estate: its stores first, then its pools. */
final class PartRules {

    private final Sight sight;
    private final Part part;
    private final CentralManagementPlace cms;
    private final Map<StoreName, StoreSituation> stores = new LinkedHashMap<>();
    private final Map<PoolFqdn, PoolSituation> pools = new LinkedHashMap<>();
    private final Map<StoreName, Proposal> ofStores = new LinkedHashMap<>();
    private final Map<PoolFqdn, Proposal> ofPools = new HashMap<>();
    private final List<Proposal> others = new ArrayList<>();

    private PartRules(Sight sight, Part part, CentralManagementPlace cms) {
        this.sight = sight;
        this.part = part;
        this.cms = cms;
    }

    /**
     * What came of a part.
     *
     * @param proposals in document order; none where all is well
     * @param restless whether time alone may bring some
     */
    record Outcome(List<Proposal> proposals, boolean restless) {}

    static Outcome propose(Sight sight, Part part, CentralManagementPlace cms) {
        PartRules rules = new PartRules(sight, part, cms);
        rules.look();
        rules.stores();
        rules.frontEnds();
        rules.otherRoles();
        boolean restless = false;
        for (StoreSituation store : rules.stores.values()) {
            restless |= store.partnerMissed();
        }
        return new Outcome(rules.all(), restless);
    }

    private void look() {
        for (int i = 0; i < part.stores().size(); i++) {
            Store store = part.stores().get(i);
            stores.put(store.name(), StoreSituation.of(sight, store, part.storePlaces().get(i)));
        }
        for (int i = 0; i < part.pools().size(); i++) {
            Pool pool = part.pools().get(i);
            if (pool.isFrontEnd()) {
                Optional<StoreSituation> store = pool.store().flatMap(name -> known(stores, name));
                pools.put(
                        pool.fqdn(),
                        PoolSituation.of(sight, pool, part.poolPlaces().get(i), store));
            }
        }
    }

    private void stores() {
        stores.forEach((name, situation) ->
                StoreRules.propose(new StoreCase(situation, frontEndsOn(name)))
                        .ifPresent(p -> ofStores.put(name, p)));
    }

    private List<PoolSituation> frontEndsOn(StoreName store) {
        List<PoolSituation> on = new ArrayList<>(1);
        for (Pool pool : sight.estate().poolsOn(store)) {
            known(pools, pool.fqdn()).ifPresent(on::add);
        }
        return on;
    }

    private void frontEnds() {
        for (PoolSituation home : pools.values()) {
            HomeCase c = home(home);
            Optional<Proposal> service = Rule.first(PoolRules.RULES, c);
            service.ifPresent(p -> ofPools.put(c.fqdn(), p));
            service.ifPresent(others::add);
            service.flatMap(p -> PairRules.impaired(c, p)).ifPresent(others::add);
            if (service.filter(p -> p.remediation().acts()).isEmpty()) {
                Rule.first(PlannedRules.RULES, c).ifPresent(others::add);
            }
            Rule.first(FailedOverRules.CARRIED, c).ifPresent(others::add);
            Rule.first(PairRules.BACKUP_SERVICE, c).ifPresent(others::add);
            Rule.first(CentralManagementRules.RULES, c).ifPresent(others::add);
        }
    }

    private HomeCase home(PoolSituation home) {
        return new HomeCase(
                home,
                home.pool().backupPool().flatMap(name -> known(pools, name)),
                cms,
                home.pool().store().flatMap(name -> known(ofStores, name)));
    }

    private void otherRoles() {
        for (int i = 0; i < part.pools().size(); i++) {
            Pool pool = part.pools().get(i);
            if (pool.isFrontEnd()) {
                FileStoreRules.propose(sight, pool, part.poolPlaces().get(i))
                        .ifPresent(others::add);
                continue;
            }
            RoleCase c = RoleCase.of(sight, pool);
            switch (pool.role()) {
                case EDGE -> Rule.first(OtherRoleRules.EDGE, c).ifPresent(others::add);
                case MEDIATION -> Rule.first(OtherRoleRules.MEDIATION, c).ifPresent(others::add);
                case DIRECTOR -> Rule.first(OtherRoleRules.DIRECTOR, c).ifPresent(others::add);
                case PERSISTENT_CHAT -> chat(c);
                case FRONT_END -> {}
            }
        }
    }

    private void chat(RoleCase role) {
        Optional<PoolSituation> hop = role.pool().nextHopPool().flatMap(name -> known(pools, name));
        ChatCase c =
                new ChatCase(
                        role,
                        role.pool().store().flatMap(name -> known(stores, name)),
                        hop.map(pool ->
                                new ChatCase.NextHop(
                                        home(pool), known(ofPools, pool.pool().fqdn()))));
        Optional<Proposal> service = Rule.first(ChatRules.SERVICE, c);
        service.ifPresent(others::add);
        boolean recovered =
                service.filter(p -> p.remedy() instanceof Remedy.ChatFailover && !p.blocked())
                        .isPresent();
        if (recovered) {
            role.pool().store().ifPresent(ofStores::remove);
        }
        Rule.first(ChatRules.SERVERS, c).ifPresent(others::add);
        Rule.first(ChatRules.SHIPPING, c).ifPresent(others::add);
    }

    private static <K, V> Optional<V> known(Map<K, V> all, K name) {
        return Optional.ofNullable(all.get(name));
    }

    private List<Proposal> all() {
        if (ofStores.isEmpty()) {
            return others.isEmpty() ? List.of() : others;
        }
        List<Proposal> all = new ArrayList<>(ofStores.values());
        all.addAll(others);
        return all;
    }
}
