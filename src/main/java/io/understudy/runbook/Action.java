package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import java.util.List;
import java.util.Optional;

/** What one step does. Every case is data; executors know how. */
public sealed interface Action {

    /**
     * What it is about: the component that routes are looked up by; empty for what no executor
     * carries out.
     */
    Optional<ComponentId> target();

    /** What must be near whoever carries it out: of a failover the surviving side. */
    default Optional<ComponentId> standpoint() {
        return target();
    }

    /** Whether an executor carries it out; else the service or a person does. */
    default boolean needsExecutor() {
        return true;
    }

    /**
     * The evidence is read afresh and the decision must come out the same (product.md, "re-check
     * under the lock").
     */
    record Reassess() implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.empty();
        }

        @Override
        public boolean needsExecutor() {
            return false;
        }
    }

    /**
     * Something for which the product has no cmdlet, in Topology Builder for instance: the run asks
     * a person, and goes on when told that it is done.
     */
    record ByHand() implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.empty();
        }

        @Override
        public boolean needsExecutor() {
            return false;
        }
    }

    /** Invoke-CsDatabaseFailover of one database type (domain.md 4.3). */
    record SwitchPrincipal(
            StoreName store,
            PoolFqdn pool,
            DatabaseType type,
            List<String> databases,
            SqlInstance to,
            Position newPrincipal,
            boolean force)
            implements Action {
        public SwitchPrincipal {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /**
     * SET PARTNER FORCE_SERVICE_ALLOW_DATA_LOSS of each database, on the mirror (domain.md 4.5):
     * log that was not sent is given up.
     *
     * @param to the instance that is the mirror and becomes principal
     */
    record ForceService(
            StoreName store, List<String> databases, SqlInstance to, Position newPrincipal)
            implements Action {
        public ForceService {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /**
     * SET PARTNER RESUME of each database that is SUSPENDED, on its principal (domain.md 4.5).
     * After a forced switch it discards the log that the old principal had not sent.
     *
     * @param principal the instance that is principal of them
     * @param principalOn its configured position
     */
    record ResumeMirroring(
            StoreName store, List<String> databases, SqlInstance principal, Position principalOn)
            implements Action {
        public ResumeMirroring {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(principal));
        }
    }

    /**
     * ALTER AVAILABILITY GROUP … FAILOVER on the secondary replica, of the group that holds the
     * databases (domain.md 4.10).
     *
     * @param force FORCE_FAILOVER_ALLOW_DATA_LOSS: the primary is lost
     */
    record FailOverGroup(
            StoreName store,
            List<String> databases,
            SqlInstance to,
            Position newPrimary,
            boolean force)
            implements Action {
        public FailOverGroup {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /** Reset-CsPoolRegistrarState -ResetType QuorumLossRecovery (domain.md 3.3). */
    record RecoverQuorum(PoolFqdn pool) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /**
     * Invoke-CsManagementServerFailover (domain.md 5.1 step 5b).
     *
     * @param backupSql the backup pool's primary store instance
     * @param backupMirror its mirror, where the store is mirrored
     */
    record MoveCentralManagement(
            PoolFqdn from,
            PoolFqdn to,
            SqlInstance backupSql,
            Optional<SqlInstance> backupMirror,
            boolean force)
            implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(from));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /** Invoke-CsManagementServerFailover -Restore at the pool that holds it (domain.md 5.4). */
    record RestoreCentralManagement(PoolFqdn pool) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /** Export-CsConfiguration and Import-CsConfiguration -LocalStore (domain.md 5.4). */
    record ReloadConfiguration(PoolFqdn pool) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /** Invoke-CsManagementStoreReplication (domain.md 5.4). */
    record ReplicateConfiguration(PoolFqdn pool) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /**
     * Start-CsWindowsService of some services on every server of a pool (domain.md 5.4, 7.2).
     *
     * @param services their names, MASTER for instance
     */
    record StartServices(PoolFqdn pool, List<ServerFqdn> servers, List<String> services)
            implements Action {
        public StartServices {
            servers = List.copyOf(servers);
            services = List.copyOf(services);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /** Set-CsEdgeServer -Registrar (domain.md 5.1 step 0). */
    record ChangeNextHop(PoolFqdn edgePool, PoolFqdn to) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(edgePool));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /** Invoke-CsPoolFailOver (domain.md 5.1 step 7); the pool named is always the home pool. */
    record FailOverPool(PoolFqdn pool, PoolFqdn to, boolean disasterMode) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }

    /** Invoke-CsPoolFailBack (domain.md 5.3); the pool named is always the home pool. */
    record FailBackPool(PoolFqdn pool, PoolFqdn from, boolean disasterMode) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /** Invoke-CsBackupServiceSync: the pool sends what its pair lacks (domain.md 2.5). */
    record SyncBackup(PoolFqdn pool) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /** sp_delete_log_shipping_secondary_database on the secondary (domain.md 6.7 step 1). */
    record StopLogShipping(StoreName store, List<String> databases, SqlInstance secondary)
            implements Action {
        public StopLogShipping {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(secondary));
        }
    }

    /**
     * RESTORE LOG … WITH NORECOVERY of every backup that is not applied yet, in order, on the
     * secondary (domain.md 6.7 steps 2 and 3).
     */
    record RestoreLogs(StoreName store, List<String> databases, SqlInstance secondary)
            implements Action {
        public RestoreLogs {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(secondary));
        }
    }

    /**
     * RESTORE DATABASE … WITH RECOVERY on the secondary, the point of no return of the log chain
     * (domain.md 6.7 step 4).
     */
    record RecoverDatabases(StoreName store, List<String> databases, SqlInstance secondary)
            implements Action {
        public RecoverDatabases {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(secondary));
        }
    }

    /** A full backup to the log shipping share, on the secondary (domain.md 6.8 step 3). */
    record BackUpDatabases(StoreName store, List<String> databases, SqlInstance secondary)
            implements Action {
        public BackUpDatabases {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(secondary));
        }
    }

    /**
     * That full backup restored over the primary's databases, WITH RECOVERY (domain.md 6.8 step 4).
     */
    record RestoreDatabases(StoreName store, List<String> databases, SqlInstance primary)
            implements Action {
        public RestoreDatabases {
            databases = List.copyOf(databases);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(store));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(primary));
        }
    }

    /** Set-CsPersistentChatState (domain.md 6.7 step 5, 6.8 step 7). */
    record SetChatState(PoolFqdn pool, ChatState state) implements Action {
        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /**
     * Set-CsPersistentChatActiveServer (domain.md 6.7 step 7, 6.8 steps 1 and 6).
     *
     * @param servers all that are active afterwards; none empties the list
     */
    record SetActiveChatServers(PoolFqdn pool, List<ServerFqdn> servers) implements Action {
        public SetActiveChatServers {
            servers = List.copyOf(servers);
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }
    }

    /**
     * What belongs to one application of a pool and does not move with it (domain.md 5.6).
     *
     * @param pool the home pool, whose it is
     * @param to its pair, which serves it while the pool is failed over
     * @param back whether it returns from there
     */
    record MoveApplication(Application application, PoolFqdn pool, PoolFqdn to, boolean back)
            implements Action {

        /** The applications that have steps of their own. */
        public enum Application {
            /** Export- and Import-CsRgsConfiguration. */
            RESPONSE_GROUPS,
            /** Set-CsCallParkOrbit of the pool's ranges. */
            CALL_PARK_ORBITS,
            /** Set-CsUnassignedNumber of the numbers that the pool's announcements answer. */
            ANNOUNCEMENTS,
            /** Import-CsLisConfiguration of the last export, and Publish-CsLisConfiguration. */
            LOCATIONS,
            /**
             * Names in DNS, simple URLs and reverse proxies: no cmdlet, a hook of the site's own.
             */
            NAMES
        }

        @Override
        public Optional<ComponentId> target() {
            return Optional.of(ComponentId.of(pool));
        }

        @Override
        public Optional<ComponentId> standpoint() {
            return Optional.of(ComponentId.of(to));
        }
    }
}
