package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.CentralManagement;
import io.understudy.estate.Database;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Edition;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.Site;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import io.understudy.estate.StoreTechnology;
import java.util.Optional;

/**
 * The estate document. Whether it breaks rules of the field is asked of {@link
 * io.understudy.estate.EstateRules}.
 */
public final class EstateDocument {

    private EstateDocument() {}

    /**
     * Reads an estate; arrays may be absent, host names are brought to lower case.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code Estate}
     */
    public static Estate read(JsonNode document) {
        Schemas.check("Estate", document);
        return read(Cursor.of(document));
    }

    /** Reads an estate whose shape is checked. */
    static Estate read(Cursor estate) {
        return new Estate(
                estate.text("name"),
                estate.list("sites", site -> new Site(site.value("name", SiteName::new))),
                estate.list("pools", EstateDocument::pool),
                estate.list("stores", EstateDocument::store),
                estate.list(
                        "observers",
                        observer ->
                                new Observer(
                                        observer.value("name", ObserverName::new),
                                        observer.value("site", SiteName::new))));
    }

    private static Pool pool(Cursor pool) {
        return new Pool(
                pool.value("fqdn", PoolFqdn::new),
                pool.constant("role", PoolRole.class),
                pool.constant("edition", Edition.ENTERPRISE),
                pool.constant("release", Release.class),
                pool.value("site", SiteName::new),
                pool.list("servers", EstateDocument::server),
                pool.optional("store", StoreName::new),
                pool.optional("backupPool", PoolFqdn::new),
                pool.constant("centralManagement", CentralManagement.NONE),
                pool.integer("users"),
                pool.integer("capacity"),
                pool.optional("nextHopPool", PoolFqdn::new),
                pool.flag("federationRoute").orElse(false),
                pool.list("otherStores", EstateDocument::storeName));
    }

    private static StoreName storeName(Cursor name) {
        return name.checked(() -> new StoreName(name.node().asText()));
    }

    private static Server server(Cursor server) {
        return new Server(
                server.value("fqdn", ServerFqdn::new),
                server.optional("site", SiteName::new),
                server.flag("active").orElse(true));
    }

    private static Store store(Cursor store) {
        return new Store(
                store.value("name", StoreName::new),
                store.value("site", SiteName::new),
                store.constant("technology", StoreTechnology.class),
                instance(store.at("primary")),
                optionalInstance(store, "mirror"),
                optionalInstance(store, "witness"),
                store.list(
                        "databases",
                        database ->
                                new Database(
                                        database.text("name"),
                                        database.constant("type", DatabaseType.class))),
                store.has("logShipping")
                        ? Optional.of(logShipping(store.at("logShipping")))
                        : Optional.empty(),
                store.flag("criticalMode").orElse(false));
    }

    private static LogShipping logShipping(Cursor shipping) {
        Cursor secondary = shipping.at("secondary");
        return new LogShipping(instance(secondary), secondary.value("site", SiteName::new));
    }

    private static Optional<SqlInstance> optionalInstance(Cursor store, String field) {
        return store.has(field) ? Optional.of(instance(store.at(field))) : Optional.empty();
    }

    private static SqlInstance instance(Cursor instance) {
        ServerFqdn host = instance.value("fqdn", ServerFqdn::new);
        return instance.value("instance", name -> new SqlInstance(host, name));
    }

    /** The document of an estate; defaults are left out. */
    public static ObjectNode write(Estate estate) {
        ObjectNode document = Tree.object().put("name", estate.name());
        ArrayNode sites = document.putArray("sites");
        estate.sites().forEach(site -> sites.addObject().put("name", site.name().value()));
        ArrayNode pools = document.putArray("pools");
        estate.pools().forEach(pool -> write(pool, pools.addObject()));
        ArrayNode stores = document.putArray("stores");
        estate.stores().forEach(store -> write(store, stores.addObject()));
        ArrayNode observers = document.putArray("observers");
        estate.observers()
                .forEach(observer ->
                        observers
                                .addObject()
                                .put("name", observer.name().value())
                                .put("site", observer.site().value()));
        return document;
    }

    private static void write(Pool pool, ObjectNode to) {
        to.put("fqdn", pool.fqdn().value()).put("role", pool.role().name());
        if (pool.isFrontEnd() || pool.edition() != Edition.ENTERPRISE) {
            to.put("edition", pool.edition().name());
        }
        to.put("release", pool.release().name()).put("site", pool.site().value());
        ArrayNode servers = to.putArray("servers");
        pool.servers().forEach(server -> write(server, servers.addObject()));
        Tree.text(to, "store", pool.store());
        Tree.text(to, "backupPool", pool.backupPool());
        if (pool.centralManagement() != CentralManagement.NONE) {
            to.put("centralManagement", pool.centralManagement().name());
        }
        pool.users().ifPresent(users -> to.put("users", users));
        pool.capacity().ifPresent(capacity -> to.put("capacity", capacity));
        Tree.text(to, "nextHopPool", pool.nextHopPool());
        if (pool.federationRoute()) {
            to.put("federationRoute", true);
        }
        if (!pool.otherStores().isEmpty()) {
            Tree.texts(to, "otherStores", pool.otherStores());
        }
    }

    private static void write(Server server, ObjectNode to) {
        to.put("fqdn", server.fqdn().value());
        Tree.text(to, "site", server.site());
        if (!server.active()) {
            to.put("active", false);
        }
    }

    private static void write(Store store, ObjectNode to) {
        to.put("name", store.name().value())
                .put("site", store.site().value())
                .put("technology", store.technology().name());
        write(store.primary(), to.putObject("primary"));
        store.mirror().ifPresent(mirror -> write(mirror, to.putObject("mirror")));
        store.witness().ifPresent(witness -> write(witness, to.putObject("witness")));
        ArrayNode databases = to.putArray("databases");
        store.databases()
                .forEach(database ->
                        databases
                                .addObject()
                                .put("name", database.name())
                                .put("type", database.type().name()));
        store.logShipping()
                .ifPresent(shipping ->
                        write(
                                        shipping.secondary(),
                                        to.putObject("logShipping").putObject("secondary"))
                                .put("site", shipping.site().value()));
        if (store.criticalMode()) {
            to.put("criticalMode", true);
        }
    }

    private static ObjectNode write(SqlInstance instance, ObjectNode to) {
        return to.put("fqdn", instance.fqdn().value()).put("instance", instance.instance());
    }
}
