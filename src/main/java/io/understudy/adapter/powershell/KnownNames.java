package io.understudy.adapter.powershell;

import io.understudy.estate.Database;
import io.understudy.estate.Estate;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.estate.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets through only names that the estate has and that are plain: letters and digits of ASCII, and
 * few signs. Each method throws {@link UnfitName} for any other.
 */
final class KnownNames {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$-]{0,252}");

    /** The services that cmdlets start and stop (domain.md 7.2). */
    private static final Set<String> SERVICES =
            Set.of(
                    "RTCSRV",
                    "FabricHostSvc",
                    "LYNCBACKUP",
                    "REPLICA",
                    "MASTER",
                    "FTA",
                    "RTCCLSAGT",
                    "RTCMEDSRV",
                    "RTCCAA",
                    "RTCCAS",
                    "RTCCPS",
                    "RTCRGS",
                    "RTCASMCU",
                    "RTCAVMCU",
                    "RTCIMMCU",
                    "RTCDATAMCU",
                    "RTCMEETINGMCU",
                    "RTCATS",
                    "RTCCHAT",
                    "W3SVC");

    private final Estate estate;

    KnownNames(Estate estate) {
        this.estate = estate;
    }

    String pool(String field, PoolFqdn pool) {
        return found(field, pool).fqdn().value();
    }

    private Pool found(String field, PoolFqdn pool) {
        plain(field, pool.value());
        return estate.pool(pool)
                .orElseThrow(() -> new UnfitName(field, "the estate has no pool " + pool));
    }

    /** Servers of this pool. */
    List<String> servers(String field, PoolFqdn pool, List<ServerFqdn> servers) {
        Pool owner = found("pool", pool);
        List<String> names = new ArrayList<>();
        for (ServerFqdn server : servers) {
            String where = field + "[" + names.size() + "]";
            plain(where, server.value());
            if (owner.servers().stream().noneMatch(s -> s.fqdn().equals(server))) {
                throw new UnfitName(where, server + " is no server of " + pool);
            }
            names.add(server.value());
        }
        return names;
    }

    /** All servers of this pool. */
    List<String> servers(PoolFqdn pool) {
        return servers(
                "servers",
                pool,
                found("pool", pool).servers().stream().map(s -> s.fqdn()).toList());
    }

    Store store(String field, StoreName store) {
        plain(field, store.value());
        return estate.store(store)
                .orElseThrow(() -> new UnfitName(field, "the estate has no store " + store));
    }

    /** Databases of this store. */
    List<String> databases(String field, StoreName name, List<String> databases) {
        Store store = store("store", name);
        List<String> names = new ArrayList<>();
        for (String database : databases) {
            String where = field + "[" + names.size() + "]";
            plain(where, database);
            if (store.databases().stream().map(Database::name).noneMatch(database::equals)) {
                throw new UnfitName(where, database + " is no database of " + name);
            }
            names.add(database);
        }
        return names;
    }

    /** An instance of some store of the estate. */
    SqlInstance instance(String field, SqlInstance instance) {
        plain(field + ".fqdn", instance.fqdn().value());
        plain(field + ".instance", instance.instance());
        if (estate.stores().stream().noneMatch(store -> holds(store, instance))) {
            throw new UnfitName(field, "no store of the estate is on " + instance);
        }
        return instance;
    }

    private static boolean holds(Store store, SqlInstance instance) {
        return store.primary().equals(instance)
                || store.mirror().filter(instance::equals).isPresent();
    }

    List<String> services(String field, List<String> services) {
        for (int i = 0; i < services.size(); i++) {
            String where = field + "[" + i + "]";
            plain(where, services.get(i));
            if (!SERVICES.contains(services.get(i))) {
                throw new UnfitName(where, services.get(i) + " is no service of the product");
            }
        }
        return services;
    }

    private static void plain(String field, String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new UnfitName(field, "it has characters that no name may have");
        }
    }
}
