package io.understudy.topology;

import io.understudy.estate.CentralManagement;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.PoolRole;
import io.understudy.estate.Release;
import io.understudy.estate.StoreName;
import io.understudy.topology.Topology.Cluster;
import io.understudy.topology.Topology.Service;
import java.util.List;
import java.util.OptionalInt;

/** What a topology leaves open of its pools. */
final class PoolNotes {

    private static final int MOST_ROLES = 20;

    private final Topology topology;
    private final Notes notes;

    PoolNotes(Topology topology, Notes notes) {
        this.topology = topology;
        this.notes = notes;
    }

    void of(Pool pool, boolean isFederationTold, String pointer) {
        if (pool.servers().isEmpty()) {
            notes.untold(
                    pointer + "/servers",
                    "the servers of " + pool.fqdn(),
                    "the topology lists none",
                    "Get-CsComputer -Pool " + pool.fqdn());
        }
        switch (pool.role()) {
            case FRONT_END -> frontEnd(pool, pointer);
            case EDGE -> edge(pool, isFederationTold, pointer);
            case PERSISTENT_CHAT -> chat(pool, pointer);
            case MEDIATION, DIRECTOR -> {
                // a topology tells all that an estate has of them
            }
        }
    }

    private void frontEnd(Pool pool, String pointer) {
        if (pool.store().isEmpty()) {
            store(pool, "its user databases", pointer);
        }
        if (pool.backupPool().isEmpty()) {
            notes.untold(
                    pointer + "/backupPool",
                    "with which pool " + pool.fqdn() + " is paired",
                    "the topology names no backup of its Registrar; it has none, or names it in a way that is not"
                            + " known here",
                    "Get-CsPoolBackupRelationship -PoolFqdn " + pool.fqdn());
        }
        notes.untold(
                pointer + "/users",
                "how many users are homed on " + pool.fqdn(),
                "a topology lists no users",
                "(Get-CsUser -Filter {RegistrarPool -eq \"" + pool.fqdn() + "\"}).Count");
        notes.untold(
                pointer + "/capacity",
                "how many users " + pool.fqdn() + " can carry",
                "a topology says nothing of hardware; without it no failover to this pool can prove that it has room",
                "the sizing of the pool; each half of a pair must carry the users of both");
    }

    private void edge(Pool pool, boolean isFederationTold, String pointer) {
        if (pool.nextHopPool().isEmpty()) {
            notes.untold(
                    pointer + "/nextHopPool",
                    "where " + pool.fqdn() + " sends sign-ins to",
                    "its Edge service depends on no Registrar of the topology",
                    "Get-CsService -EdgeServer -PoolFqdn " + pool.fqdn() + ", Registrar");
        }
        if (!isFederationTold) {
            notes.untold(
                    pointer + "/federationRoute",
                    "whether " + pool.fqdn() + " carries federation",
                    "no site of the topology names a federation route; one Edge pool does for the whole estate",
                    "Get-CsSite | Select-Object Identity, FederationRoute");
        }
    }

    private void chat(Pool pool, String pointer) {
        if (pool.store().isEmpty()) {
            store(pool, "its rooms", pointer);
        }
        if (pool.nextHopPool().isEmpty()) {
            notes.untold(
                    pointer + "/nextHopPool",
                    "through which Front End pool " + pool.fqdn() + " is reached",
                    "its Persistent Chat service depends on no Registrar of the topology",
                    "Get-CsService -PersistentChatServer -PoolFqdn " + pool.fqdn() + ", Registrar");
        }
        notes.untold(
                pointer + "/servers",
                "which servers of " + pool.fqdn() + " are active, and where each stands",
                "the list of active servers is no part of a topology, and a stretched pool looks like any other; all"
                        + " were taken for active at the pool's site",
                "Get-CsService -PersistentChatServer -PoolFqdn "
                        + pool.fqdn()
                        + "; set active: false, and site where it is another one");
    }

    private void store(Pool pool, String what, String pointer) {
        notes.untold(
                pointer + "/store",
                "the store of " + pool.fqdn() + " with " + what,
                "none of its services depends on one that the topology has",
                "Get-CsService -PoolFqdn " + pool.fqdn());
    }

    void release(PoolFqdn pool, OptionalInt version, Release taken, String pointer) {
        String said =
                version.isPresent()
                        ? "ServiceVersion " + version.getAsInt() + " is none of 6, 7 and 8"
                        : "its services have no ServiceVersion";
        notes.untold(
                pointer + "/release",
                "the release of " + pool,
                said + "; " + taken + " was taken",
                "Get-CsServerVersion, on a server of the pool");
    }

    void oneSided(PoolFqdn pool, String backup, int index) {
        notes.untold(
                "/pools/" + index + "/backupPool",
                "whether " + backup + " is paired with " + pool,
                "the topology says that "
                        + backup
                        + " backs up "
                        + pool
                        + ", and not the reverse; a pair is reciprocal",
                "Get-CsPoolBackupRelationship -PoolFqdn " + backup);
    }

    void centralManagementRole(PoolFqdn pool, String pointer) {
        notes.untold(
                pointer + "/centralManagement",
                "whether " + pool + " is the active master of the Central Management store",
                "its CentralMgmt service does not say whether it is active; ACTIVE was taken",
                "Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus");
    }

    void centralManagement(List<Pool> pools) {
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).centralManagement() == CentralManagement.ACTIVE) {
                return;
            }
        }
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i).role() == PoolRole.FRONT_END) {
                notes.untold(
                        "/pools/" + i + "/centralManagement",
                        "which pool is the active master of the Central Management store",
                        "no CentralMgmt service of the topology is active, as in a topology that was never published",
                        "Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus; write ACTIVE there and"
                                + " STANDBY at its pair");
                return;
            }
        }
    }

    void otherStore(PoolFqdn pool, StoreName store) {
        notes.ignored(
                "that " + pool + " uses " + store,
                "only a Front End pool names stores besides its own; "
                        + store
                        + " is in the estate all the same");
    }

    void unnameable(String what) {
        notes.ignored(what, "this is no host name; correct it and add it by hand");
    }

    /** A cluster that becomes no pool; of one that only holds databases the store is told. */
    void unwatched(Cluster cluster) {
        List<String> roles =
                topology.on(cluster).stream()
                        .filter(service -> !service.isStore())
                        .map(Service::written)
                        .distinct()
                        .sorted()
                        .limit(MOST_ROLES)
                        .toList();
        boolean isSql = topology.found().instancesOn().containsKey(cluster.key());
        if (!roles.isEmpty() || !isSql) {
            String shown = String.join(", ", roles.stream().map(Shown::of).toList());
            notes.ignored(
                    "cluster "
                            + Shown.of(cluster.fqdn())
                            + (roles.isEmpty() ? "" : " (" + shown + ")"),
                    unwatched(roles));
        }
    }

    private static String unwatched(List<String> roles) {
        if (roles.isEmpty()) {
            return "no service is installed on it";
        }
        if (roles.equals(List.of("FileStore"))) {
            return "the file share of a pool is watched as fileStore:<fqdn of the pool>";
        }
        return roles.contains("Registrar")
                ? "a survivable branch appliance has a backup Registrar and no pair"
                : "what it does is not watched";
    }
}
