package io.understudy.decision;

import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.testing.Contoso;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Two pairs of Contoso's whose pools at redmond, pool1 and pool3, have the store be1 together. */
final class PoolsOnOneStore {

    private PoolsOnOneStore() {}

    static Estate estate() {
        Estate usual = Contoso.USUAL.pairs(2);
        return with(
                usual,
                usual.pools().stream()
                        .map(pool ->
                                pool.fqdn().value().equals("pool3.contoso.com")
                                        ? on(pool, "be1")
                                        : pool)
                        .toList(),
                usual.stores().stream()
                        .filter(store -> !store.name().value().equals("be3"))
                        .toList());
    }

    /** The same estate with a store at its site that no pool names. */
    static Estate unnamed(Estate usual, Store store) {
        return with(
                usual,
                usual.pools(),
                Stream.concat(usual.stores().stream(), Stream.of(store)).toList());
    }

    private static Estate with(Estate usual, List<Pool> pools, List<Store> stores) {
        return new Estate(usual.name(), usual.sites(), pools, stores, usual.observers());
    }

    private static Pool on(Pool pool, String store) {
        return new Pool(
                pool.fqdn(),
                pool.role(),
                pool.edition(),
                pool.release(),
                pool.site(),
                pool.servers(),
                Optional.of(new StoreName(store)),
                pool.backupPool(),
                pool.centralManagement(),
                pool.users(),
                pool.capacity(),
                pool.nextHopPool(),
                pool.federationRoute());
    }
}
