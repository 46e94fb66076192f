package io.understudy.estate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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
    private final Optional<PoolFqdn> centralManagementHost;
    private final List<Pool> edges;
    private final Map<PoolFqdn, List<Pool>> edgesByNextHop;
    private final Map<StoreName, List<Pool>> usersByStore;
    private final Map<ComponentId, SiteName> siteByComponent;
    private final Map<SiteName, List<ComponentId>> componentsBySite;
    private final List<ComponentId> components;
    private final Map<ComponentId, Integer> placeByComponent;
    private final Map<PoolFqdn, Places.OfPool> placesByPool;
    private final List<Integer> poolPlaces;
    private final Map<StoreName, Places.OfStore> placesByStore;
    private final Map<ComponentId, Pool> poolByServer;
    private final List<Part> parts;
    private final Map<ComponentId, List<Part>> partsByComponent;

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
        this.centralManagementHost =
                this.pools.stream()
                        .filter(pool -> pool.centralManagement() == CentralManagement.ACTIVE)
                        .map(Pool::fqdn)
                        .findFirst();
        this.edges = this.pools.stream().filter(p -> p.role() == PoolRole.EDGE).toList();
        this.edgesByNextHop = nextHops(this.pools, PoolRole.EDGE);
        this.usersByStore = users(this.pools);
        this.poolByServer = owners(this.pools);
        this.siteByComponent = components(this);
        this.components = List.copyOf(siteByComponent.keySet());
        this.placeByComponent = new HashMap<>();
        components.forEach(c -> placeByComponent.put(c, placeByComponent.size()));
        this.placesByPool = new HashMap<>();
        this.pools.forEach(pool -> placesByPool.putIfAbsent(pool.fqdn(), placesOf(pool)));
        this.poolPlaces = this.pools.stream().map(pool -> place(pool.id())).toList();
        this.placesByStore = new HashMap<>();
        this.stores.forEach(store -> placesByStore.putIfAbsent(store.name(), placesOf(store)));
        this.componentsBySite = new LinkedHashMap<>();
        siteByComponent.forEach((component, site) ->
                componentsBySite.computeIfAbsent(site, _ -> new ArrayList<>()).add(component));
        this.parts = Parts.of(this);
        this.partsByComponent = partsByComponent(this);
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

    /** The pool that the document calls the active master of the Central Management store. */
    public Optional<PoolFqdn> centralManagementHost() {
        return centralManagementHost;
    }

    /** All Edge pools, in document order. */
    public List<Pool> edges() {
        return edges;
    }

    /** The Edge pools that send sign-ins to this pool, in document order. */
    public List<Pool> edgesTowards(PoolFqdn pool) {
        return edgesByNextHop.getOrDefault(pool, List.of());
    }

    /** The pools that keep anything in this store, in document order. */
    public List<Pool> poolsUsing(StoreName store) {
        return usersByStore.getOrDefault(store, List.of());
    }

    /** The pool that a server belongs to. */
    public Optional<Pool> poolOf(ComponentId server) {
        return Optional.ofNullable(poolByServer.get(server));
    }

    /** All parts, in document order. */
    public List<Part> parts() {
        return parts;
    }

    /** The parts on which a component bears; a site bears on all that stand there. */
    public List<Part> partsOf(ComponentId component) {
        return partsByComponent.getOrDefault(component, List.of());
    }

    /** Every id that an observation may speak of. */
    public Set<ComponentId> components() {
        return siteByComponent.keySet();
    }

    /** How many components there are; their places are from 0 to one less. */
    public int size() {
        return components.size();
    }

    /** The component at a place. */
    public ComponentId component(int place) {
        return components.get(place);
    }

    /** The place of a component; {@link Places#NONE} when the estate does not have it. */
    public int place(ComponentId component) {
        Integer place = placeByComponent.get(component);
        return place == null ? Places.NONE : place;
    }

    /** The places of a pool of this estate; of pools of one name the first one's. */
    public Places.OfPool places(Pool pool) {
        Places.OfPool known = placesByPool.get(pool.fqdn());
        return known != null ? known : placesOf(pool);
    }

    /** The places of the pools themselves, in document order. */
    public List<Integer> poolPlaces() {
        return poolPlaces;
    }

    /** The places of a store of this estate; of stores of one name the first one's. */
    public Places.OfStore places(Store store) {
        Places.OfStore known = placesByStore.get(store.name());
        return known != null ? known : placesOf(store);
    }

    private Places.OfPool placesOf(Pool pool) {
        int[] servers = new int[pool.servers().size()];
        for (int i = 0; i < servers.length; i++) {
            servers[i] = place(pool.servers().get(i).id());
        }
        return new Places.OfPool(
                place(ComponentId.of(pool.site())),
                place(pool.id()),
                place(ComponentId.fileStoreOf(pool.fqdn())),
                servers);
    }

    private Places.OfStore placesOf(Store store) {
        return new Places.OfStore(
                place(store.id()),
                place(ComponentId.of(store.primary())),
                store.mirror().map(ComponentId::of).map(this::place).orElse(Places.NONE),
                store.witness().map(ComponentId::of).map(this::place).orElse(Places.NONE));
    }

    /** What stands at a site, in document order. */
    public List<ComponentId> componentsAt(SiteName site) {
        return componentsBySite.getOrDefault(site, List.of());
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

    private static Map<PoolFqdn, List<Pool>> nextHops(List<Pool> pools, PoolRole role) {
        return group(
                pools.stream().filter(pool -> pool.role() == role).toList(), Pool::nextHopPool);
    }

    private static Map<StoreName, List<Pool>> users(List<Pool> pools) {
        Map<StoreName, List<Pool>> users = new LinkedHashMap<>();
        for (Pool pool : pools) {
            Stream.concat(pool.store().stream(), pool.otherStores().stream())
                    .distinct()
                    .forEach(store ->
                            users.computeIfAbsent(store, _ -> new ArrayList<>()).add(pool));
        }
        return users;
    }

    private static Map<ComponentId, Pool> owners(List<Pool> pools) {
        Map<ComponentId, Pool> owners = new HashMap<>();
        pools.forEach(pool -> pool.servers().forEach(s -> owners.putIfAbsent(s.id(), pool)));
        return owners;
    }

    private static Map<ComponentId, List<Part>> partsByComponent(Estate estate) {
        Map<ComponentId, List<Part>> parts = new HashMap<>();
        for (Part part : estate.parts) {
            for (ComponentId component : members(estate, part)) {
                parts.merge(component, List.of(part), Estate::both);
            }
        }
        return parts;
    }

    private static Set<ComponentId> members(Estate estate, Part part) {
        Set<ComponentId> members = new LinkedHashSet<>();
        for (Pool pool : part.pools()) {
            members.add(pool.id());
            members.add(ComponentId.fileStoreOf(pool.fqdn()));
            pool.servers().forEach(server -> members.add(server.id()));
        }
        for (Store store : part.stores()) {
            members.add(store.id());
            members.addAll(store.instances());
        }
        Set<ComponentId> sites = new LinkedHashSet<>();
        members.forEach(m -> estate.siteOf(m).map(ComponentId::of).ifPresent(sites::add));
        members.addAll(sites);
        return members;
    }

    private static List<Part> both(List<Part> some, List<Part> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
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
