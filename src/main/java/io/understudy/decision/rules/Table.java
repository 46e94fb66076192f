package io.understudy.decision.rules;

import io.understudy.decision.Snapshot;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole decision table applied to a snapshot: what its rows propose, before policy and order.
 */
public final class Table {

    private Table() {}

    /**
     * Every row's proposal, stores first, then pools, then what is not agreed upon; each in
     * document order.
     */
    public static List<Proposal> propose(Snapshot snapshot) {
        Sight sight = new Sight(snapshot);
        Map<Store, StoreSituation> stores = new LinkedHashMap<>();
        snapshot.estate()
                .stores()
                .forEach(store -> stores.put(store, StoreSituation.of(sight, store)));
        Map<PoolFqdn, PoolSituation> pools = new LinkedHashMap<>();
        for (Pool pool : snapshot.estate().pools()) {
            if (pool.isFrontEnd()) {
                Optional<StoreSituation> store = snapshot.estate().storeOf(pool).map(stores::get);
                pools.put(pool.fqdn(), PoolSituation.of(sight, pool, store));
            }
        }
        Map<Store, Proposal> ofStores = new LinkedHashMap<>();
        stores.forEach((store, situation) ->
                StoreRules.propose(new StoreCase(situation, poolsOn(sight, store, pools)))
                        .ifPresent(proposal -> ofStores.put(store, proposal)));
        List<Proposal> proposals = new ArrayList<>(ofStores.values());
        proposals.addAll(ofPools(sight, pools, ofStores));
        proposals.addAll(SiteRules.propose(sight));
        proposals.addAll(ObserverRules.propose(sight, stores));
        return proposals;
    }

    private static List<PoolSituation> poolsOn(
            Sight sight, Store store, Map<PoolFqdn, PoolSituation> pools) {
        return sight.estate().poolsOn(store.name()).stream()
                .filter(Pool::isFrontEnd)
                .map(pool -> pools.get(pool.fqdn()))
                .toList();
    }

    private static List<Proposal> ofPools(
            Sight sight, Map<PoolFqdn, PoolSituation> pools, Map<Store, Proposal> ofStores) {
        CentralManagementPlace cms = CentralManagementPlace.of(sight);
        List<Proposal> proposals = new ArrayList<>();
        for (PoolSituation home : pools.values()) {
            HomeCase c =
                    new HomeCase(
                            home,
                            sight.estate()
                                    .backupOf(home.pool())
                                    .map(backup -> pools.get(backup.fqdn())),
                            cms,
                            cms.writable(pools),
                            sight.estate().storeOf(home.pool()).map(ofStores::get));
            Rule.first(PoolRules.ROWS, c).ifPresent(proposals::add);
        }
        return proposals;
    }
}
