package io.understudy.runbook;

import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import java.util.List;
import java.util.Optional;

/** What one step does. Every case is data; executors know how. */
public sealed interface Action {

    /** Whether an executor carries it out; else the service does so itself. */
    default boolean needsExecutor() {
        return true;
    }

    /**
     * The evidence is read afresh and the decision must come out the same (product.md, "re-check
     * under the lock").
     */
    record Reassess() implements Action {
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
            implements Action {}

    /** Set-CsEdgeServer -Registrar (domain.md 5.1 step 0). */
    record ChangeNextHop(PoolFqdn edgePool, PoolFqdn to) implements Action {}

    /** Invoke-CsPoolFailOver (domain.md 5.1 step 7); the pool named is always the home pool. */
    record FailOverPool(PoolFqdn pool, PoolFqdn to, boolean disasterMode) implements Action {}
}
