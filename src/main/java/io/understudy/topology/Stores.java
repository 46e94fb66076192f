package io.understudy.topology;

import io.understudy.estate.Database;
import io.understudy.estate.LogShipping;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import io.understudy.topology.StoreRelations.Part;
import io.understudy.topology.Topology.Instance;
import io.understudy.topology.Topology.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores of the estate: one for each SQL instance that holds databases of its own. */
final class Stores {

    /** How the default instance, which has no name, is written (SQL Server's own name for it). */
    static final String DEFAULT_INSTANCE = "mssqlserver";

    private final Topology topology;
    private final StoreRelations relations;
    private final Sites sites;
    private final StoreNotes notes;
    private final FreeNames names = new FreeNames();
    private final List<Store> stores = new ArrayList<>();
    private final Map<String, StoreName> byInstance = new HashMap<>();

    Stores(Topology topology, StoreRelations relations, Sites sites, Notes notes) {
        this.topology = topology;
        this.relations = relations;
        this.sites = sites;
        this.notes = new StoreNotes(topology, relations, notes);
        topology.instances().forEach(this::add);
    }

    List<Store> all() {
        return List.copyOf(stores);
    }

    /** The store that is made of an instance; empty when none is. */
    Optional<StoreName> on(Instance instance) {
        return Optional.ofNullable(byInstance.get(instance.key()));
    }

    private void add(Instance instance) {
        List<Database> databases = databases(instance);
        if (databases.isEmpty()) {
            notes.withoutDatabases(instance);
            return;
        }
        Optional<SqlInstance> primary = sql(instance);
        if (primary.isEmpty()) {
            notes.unnameable(instance);
            return;
        }
        String pointer = "/stores/" + stores.size();
        Store store = store(instance, primary.get(), databases, pointer);
        stores.add(store);
        byInstance.put(instance.key(), store.name());
        notes.of(store, instance, pointer);
    }

    private Store store(
            Instance instance, SqlInstance primary, List<Database> databases, String pointer) {
        Optional<Instance> mirror = relations.of(Part.MIRROR, instance);
        StoreTechnology technology = technology(instance, mirror);
        SiteName site = sites.of(instance.cluster(), pointer);
        String host = primary.fqdn().value().replaceFirst("\\..*", "");
        return new Store(
                new StoreName(names.free(host + "-" + primary.instance())),
                site,
                technology,
                primary,
                mirror.flatMap(Stores::sql),
                technology == StoreTechnology.MIRRORING
                        ? relations.of(Part.WITNESS, instance).flatMap(Stores::sql)
                        : Optional.empty(),
                databases,
                shipping(instance, pointer));
    }

    private Optional<LogShipping> shipping(Instance instance, String pointer) {
        return relations
                .of(Part.SECONDARY, instance)
                .flatMap(to ->
                        sql(to).map(sql ->
                                new LogShipping(
                                        sql,
                                        sites.of(
                                                to.cluster(),
                                                pointer + "/logShipping/secondary"))));
    }

    private static StoreTechnology technology(Instance instance, Optional<Instance> mirror) {
        if (instance.alwaysOnPrimary().isPresent()) {
            return StoreTechnology.AVAILABILITY_GROUP;
        }
        return mirror.flatMap(Stores::sql).isPresent()
                ? StoreTechnology.MIRRORING
                : StoreTechnology.STANDALONE;
    }

    private List<Database> databases(Instance instance) {
        return topology.on(instance).stream()
                .filter(store -> !relations.isCopy(store))
                .flatMap(store -> StoreRole.of(store.role()).stream())
                .distinct()
                .sorted()
                .flatMap(role -> role.databases().stream())
                .toList();
    }

    /** The instance as an estate names it; empty when it has no name that is one. */
    static Optional<SqlInstance> sql(Instance instance) {
        try {
            return Optional.of(
                    new SqlInstance(
                            new ServerFqdn(instance.cluster().fqdn()),
                            instance.name().isEmpty() ? DEFAULT_INSTANCE : instance.name()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether an instance stands on the servers of a pool: that of a Standard Edition server. */
    static boolean isLocal(Topology topology, Instance instance) {
        return topology.on(instance.cluster()).stream()
                .map(Service::role)
                .anyMatch("userservices"::equals);
    }
}
