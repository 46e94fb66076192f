package io.understudy.topology;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Edition;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.Server;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Instance;
import io.understudy.topology.Topology.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The pools of the estate: one for each cluster whose role is watched. */
final class Pools {

    private final Topology topology;
    private final StoreRelations storeRelations;
    private final PoolRelations relations;
    private final Stores stores;
    private final Sites sites;
    private final PoolNotes notes;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** A cluster that becomes a pool. */
    record Member(Cluster cluster, PoolFqdn fqdn, PoolRole role, Optional<Service> main) {}

    Pools(
            Topology topology,
            StoreRelations storeRelations,
            Stores stores,
            Sites sites,
            Notes notes) {
        this.topology = topology;
        this.storeRelations = storeRelations;
        this.relations = new PoolRelations(topology);
        this.stores = stores;
        this.sites = sites;
        this.notes = new PoolNotes(topology, notes);
        topology.clusters().forEach(this::member);
    }

    List<Pool> all() {
        Map<String, Cluster> backups = backups();
        List<Pool> pools = new ArrayList<>();
        for (Member member : members.values()) {
            String pointer = "/pools/" + pools.size();
            Pool pool = pool(member, Optional.ofNullable(backups.get(key(member))), pointer);
            pools.add(pool);
            notes.of(pool, relations.isFederationTold(), pointer);
        }
        notes.centralManagement(pools);
        return List.copyOf(pools);
    }

    private void member(Cluster cluster) {
        Optional<PoolRole> role = PoolRoles.of(topology, cluster);
        if (role.isEmpty()) {
            notes.unwatched(cluster);
            return;
        }
        try {
            members.putIfAbsent(
                    cluster.key(),
                    new Member(
                            cluster,
                            new PoolFqdn(cluster.fqdn()),
                            role.get(),
                            PoolRoles.main(topology, cluster, role.get())));
        } catch (IllegalArgumentException e) {
            notes.unnameable("pool " + Shown.of(cluster.fqdn()));
        }
    }

    private Pool pool(Member member, Optional<Cluster> backup, String pointer) {
        Optional<Instance> database = database(member);
        Optional<StoreName> store = database.flatMap(stores::on);
        return new Pool(
                member.fqdn(),
                member.role(),
                edition(member, database),
                release(member, pointer),
                sites.of(member.cluster(), pointer),
                servers(member),
                store,
                backup.flatMap(this::fqdn),
                centralManagement(member, pointer),
                OptionalInt.empty(),
                OptionalInt.empty(),
                nextHop(member),
                member.role() == PoolRole.EDGE && relations.carriesFederation(member.cluster()),
                otherStores(member, store));
    }

    /** What a pool is behind: the user databases of a Front End pool, the rooms of a chat pool. */
    private Optional<Instance> database(Member member) {
        return switch (member.role()) {
            case FRONT_END -> database(member, StoreRole.USER);
            case PERSISTENT_CHAT -> database(member, StoreRole.PERSISTENT_CHAT);
            case EDGE, MEDIATION, DIRECTOR -> Optional.empty();
        };
    }

    private Optional<Instance> database(Member member, StoreRole wanted) {
        return databases(member)
                .filter(store -> StoreRole.of(store.role()).filter(wanted::equals).isPresent())
                .flatMap(store -> store.instance().stream())
                .findFirst();
    }

    private Stream<Service> databases(Member member) {
        return Stream.concat(
                        topology.on(member.cluster()).stream()
                                .flatMap(service -> topology.needsOf(service).stream()),
                        topology.on(member.cluster()).stream())
                .filter(Service::isStore)
                .filter(store -> !storeRelations.isCopy(store));
    }

    /**
     * The stores that a pool uses besides its own: for monitoring, archiving, or the Central
     * Management store alone. Only a Front End pool names them in an estate; what another uses,
     * such as the compliance database of a Persistent Chat pool, is told as left out.
     */
    private List<StoreName> otherStores(Member member, Optional<StoreName> own) {
        List<StoreName> others =
                databases(member)
                        .flatMap(store -> store.instance().stream())
                        .flatMap(instance -> stores.on(instance).stream())
                        .filter(store -> own.filter(store::equals).isEmpty())
                        .distinct()
                        .toList();
        if (member.role() == PoolRole.FRONT_END) {
            return others;
        }
        others.forEach(store -> notes.otherStore(member.fqdn(), store));
        return List.of();
    }

    /** Where an Edge pool sends sign-ins, or the pool through which a chat pool is reached. */
    private Optional<PoolFqdn> nextHop(Member member) {
        return switch (member.role()) {
            case EDGE, PERSISTENT_CHAT ->
                    relations.nextHopOf(member.cluster(), member.role()).flatMap(this::fqdn);
            case FRONT_END, MEDIATION, DIRECTOR -> Optional.empty();
        };
    }

    private Edition edition(Member member, Optional<Instance> database) {
        if (member.role() != PoolRole.FRONT_END) {
            return Edition.ENTERPRISE;
        }
        boolean standard =
                database.map(instance -> isLocal(member.cluster(), instance))
                        .orElse(member.cluster().singleMachine());
        return standard ? Edition.STANDARD : Edition.ENTERPRISE;
    }

    /** A Standard Edition server holds its own databases (domain.md 1). */
    private static boolean isLocal(Cluster pool, Instance database) {
        String host = Keys.key(database.cluster().fqdn());
        return database.cluster().key().equals(pool.key())
                || pool.machines().stream().map(Keys::key).anyMatch(host::equals);
    }

    private Release release(Member member, String pointer) {
        OptionalInt version = member.main().map(Service::version).orElse(OptionalInt.empty());
        return Releases.of(version)
                .orElseGet(() -> {
                    Release taken = Releases.nearest(version);
                    notes.release(member.fqdn(), version, taken, pointer);
                    return taken;
                });
    }

    private List<Server> servers(Member member) {
        List<Server> servers = new ArrayList<>();
        for (String machine : member.cluster().machines()) {
            try {
                servers.add(new Server(new ServerFqdn(machine)));
            } catch (IllegalArgumentException e) {
                notes.unnameable("server " + Shown.of(machine) + " of " + member.fqdn());
            }
        }
        return servers;
    }

    private CentralManagement centralManagement(Member member, String pointer) {
        Optional<Service> cms = PoolRoles.find(topology.on(member.cluster()), "centralmgmt");
        if (cms.isEmpty() || member.role() != PoolRole.FRONT_END) {
            return CentralManagement.NONE;
        }
        Optional<String> active =
                cms.get()
                        .element()
                        .all()
                        .flatMap(element -> element.attribute("IsActive").stream())
                        .findFirst();
        if (active.isEmpty()) {
            notes.centralManagementRole(member.fqdn(), pointer);
        }
        return active.map("true"::equalsIgnoreCase).orElse(true)
                ? CentralManagement.ACTIVE
                : CentralManagement.STANDBY;
    }

    /** Both halves of every pair: a pair is reciprocal, and files may name it on one side only. */
    private Map<String, Cluster> backups() {
        Map<String, Cluster> backups = new LinkedHashMap<>();
        for (Member member : members.values()) {
            if (member.role() == PoolRole.FRONT_END) {
                relations.backupOf(member.cluster()).ifPresent(b -> backups.put(key(member), b));
            }
        }
        for (Member member : members.values()) {
            Cluster backup = backups.get(key(member));
            if (backup != null && backups.putIfAbsent(backup.key(), member.cluster()) == null) {
                notes.oneSided(member.fqdn(), Shown.of(backup.fqdn()), index(backup));
            }
        }
        return backups;
    }

    private int index(Cluster cluster) {
        return List.copyOf(members.keySet()).indexOf(cluster.key());
    }

    private Optional<PoolFqdn> fqdn(Cluster cluster) {
        return Optional.ofNullable(members.get(cluster.key())).map(Member::fqdn);
    }

    private static String key(Member member) {
        return member.cluster().key();
    }
}
