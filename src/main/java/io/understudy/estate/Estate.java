package io.understudy.estate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Everything watched: one immutable document, indexed once.
 *
 * <p>An estate may break rules of the field; {@link EstateRules} names them. Names that occur twice
 * keep their first owner in the index, so that a broken estate can still be looked through.
 */
public final class Estate {

    private final String name;
    private final List<Site> sites;
    private final List<Pool> pools;
    private final List<Store> stores;
    private final List<Observer> observers;
    private final Map<SiteName, Site> siteByName;
    private final Map<PoolFqdn, Pool> poolByFqdn;
    private final Map<StoreName, Store> storeByName;
    private final Map<ObserverName, Observer> observerByName;
    private final Map<StoreName, List<Pool>> poolsByStore;
    private final Map<PoolFqdn, List<Pool>> edgesByNextHop;
    private final Map<ComponentId, SiteName> siteByComponent;

    public Estate(
            String name,
            List<Site> sites,
            List<Pool> pools,
            List<Store> stores,
            List<Observer> observers) {
        this.name = name;
        this.sites = List.copyOf(sites);
        this.pools = List.copyOf(pools);
        this.stores = List.copyOf(stores);
        this.observers = List.copyOf(observers);
        this.siteByName = index(this.sites, Site::name);
        this.poolByFqdn = index(this.pools, Pool::fqdn);
        this.storeByName = index(this.stores, Store::name);
        this.observerByName = index(this.observers, Observer::name);
        this.poolsByStore = group(this.pools, Pool::store);
        this.edgesByNextHop = group(this.pools, Pool::nextHopPool);
        this.siteByComponent = components(this);
    }

    public String name() {
        return name;
    }

    public List<Site> sites() {
        return sites;
    }

    public List<Pool> pools() {
        return pools;
    }

    public List<Store> stores() {
        return stores;
    }

    public List<Observer> observers() {
        return observers;
    }

    public Optional<Site> site(SiteName site) {
        return Optional.ofNullable(siteByName.get(site));
    }

    public Optional<Pool> pool(PoolFqdn fqdn) {
        return Optional.ofNullable(poolByFqdn.get(fqdn));
    }

    public Optional<Store> store(StoreName store) {
        return Optional.ofNullable(storeByName.get(store));
    }

    public Optional<Store> storeOf(Pool pool) {
        return pool.store().flatMap(this::store);
    }

    public Optional<Pool> backupOf(Pool pool) {
        return pool.backupPool().flatMap(this::pool);
    }

    public Optional<Observer> observer(ObserverName observer) {
        return Optional.ofNullable(observerByName.get(observer));
    }

    /** The pools whose store this is, in document order. */
    public List<Pool> poolsOn(StoreName store) {
        return poolsByStore.getOrDefault(store, List.of());
    }

    /** The Edge pools that send sign-ins to this pool, in document order. */
    public List<Pool> edgesTowards(PoolFqdn pool) {
        return edgesByNextHop.getOrDefault(pool, List.of());
    }

    /** Every id that an observation may speak of. */
    public Set<ComponentId> components() {
        return siteByComponent.keySet();
    }

    /** The site at which a component stands; empty when the estate does not have it. */
    public Optional<SiteName> siteOf(ComponentId component) {
        return Optional.ofNullable(siteByComponent.get(component));
    }

    private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
        Map<K, V> index = new LinkedHashMap<>();
        values.forEach(value -> index.putIfAbsent(key.apply(value), value));
        return index;
    }

    private static <K, V> Map<K, List<V>> group(
            Collection<V> values, Function<V, Optional<K>> key) {
        Map<K, List<V>> groups = new LinkedHashMap<>();
        for (V value : values) {
            key.apply(value)
                    .ifPresent(k -> groups.computeIfAbsent(k, _ -> new ArrayList<>()).add(value));
        }
        return groups;
    }

    private static Map<ComponentId, SiteName> components(Estate estate) {
        Map<ComponentId, SiteName> sites = new LinkedHashMap<>();
        estate.sites.forEach(site -> sites.put(ComponentId.of(site.name()), site.name()));
        for (Pool pool : estate.pools) {
            sites.put(pool.id(), pool.site());
            sites.put(ComponentId.fileStoreOf(pool.fqdn()), pool.site());
            pool.servers()
                    .forEach(
                            s -> sites.put(ComponentId.of(s.fqdn()), s.site().orElse(pool.site())));
        }
        for (Store store : estate.stores) {
            sites.put(store.id(), store.site());
            sites.put(ComponentId.of(store.primary()), store.site());
            store.mirror().ifPresent(sql -> sites.put(ComponentId.of(sql), store.site()));
            store.witness().ifPresent(sql -> sites.put(ComponentId.of(sql), store.site()));
            store.logShipping()
                    .ifPresent(to -> sites.put(ComponentId.of(to.secondary()), to.site()));
        }
        estate.observers.forEach(o -> sites.put(ComponentId.of(o.name()), o.site()));
        return sites;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Estate that
                && name.equals(that.name)
                && sites.equals(that.sites)
                && pools.equals(that.pools)
                && stores.equals(that.stores)
                && observers.equals(that.observers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sites, pools, stores, observers);
    }

    @Override
    public String toString() {
        return "estate " + name + " with " + pools.size() + " pools";
    }
}
