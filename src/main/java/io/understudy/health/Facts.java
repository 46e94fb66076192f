package io.understudy.health;

import io.understudy.estate.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an observer saw beyond up or down. Everything is optional: absent is unknown, never fine.
 */
public sealed interface Facts {

    /** Nothing beyond the status. */
    record None() implements Facts {}

    /**
     * Of a store.
     *
     * @param redoQueueKb log on the mirror that is not redone yet, in KB
     * @param redoRateKbPerSecond how fast it is redone
     * @param transactionLogFull whether SQL error 9002 was seen (domain.md 4.2)
     * @param forcedServiceAt when a mirror was last forced to be principal, giving up the unsent
     *     log (row B16)
     */
    record OfStore(
            List<MirroringRow> mirroring,
            Optional<AvailabilityGroup> availabilityGroup,
            Optional<ShippedLog> logShipping,
            OptionalLong redoQueueKb,
            OptionalLong redoRateKbPerSecond,
            Optional<Boolean> transactionLogFull,
            Optional<Instant> forcedServiceAt)
            implements Facts {

        public OfStore {
            mirroring = List.copyOf(mirroring);
        }

        /** Of a store that was never forced. */
        public OfStore(
                List<MirroringRow> mirroring,
                Optional<AvailabilityGroup> availabilityGroup,
                Optional<ShippedLog> logShipping,
                OptionalLong redoQueueKb,
                OptionalLong redoRateKbPerSecond,
                Optional<Boolean> transactionLogFull) {
            this(
                    mirroring,
                    availabilityGroup,
                    logShipping,
                    redoQueueKb,
                    redoRateKbPerSecond,
                    transactionLogFull,
                    Optional.empty());
        }
    }

    /**
     * Of a pool.
     *
     * @param activeUsers users signed in now
     * @param nextHopPool where an Edge pool sends sign-ins to now, fqdn (domain.md 5.1 step 0)
     * @param upgradeState PoolUpgradeState (domain.md 3.4)
     * @param gatewaysDown whether a Mediation pool reports that all its gateways are down (event
     *     46046)
     * @param activeServers a Persistent Chat pool's active list now, fqdns (domain.md 6.1)
     */
    record OfPool(
            Optional<PoolState> poolState,
            Optional<RoutingGroups> routingGroups,
            List<BackupModule> backupService,
            OptionalInt activeUsers,
            Optional<ChatState> chatState,
            Optional<CentralManagementState> centralManagement,
            Optional<String> nextHopPool,
            Optional<UpgradeState> upgradeState,
            Optional<Boolean> gatewaysDown,
            Optional<List<String>> activeServers)
            implements Facts {

        public OfPool {
            backupService = List.copyOf(backupService);
            activeServers = activeServers.map(List::copyOf);
        }

        /** Of a pool of which no upgrade, gateway or active list is told. */
        public OfPool(
                Optional<PoolState> poolState,
                Optional<RoutingGroups> routingGroups,
                List<BackupModule> backupService,
                OptionalInt activeUsers,
                Optional<ChatState> chatState,
                Optional<CentralManagementState> centralManagement,
                Optional<String> nextHopPool) {
            this(
                    poolState,
                    routingGroups,
                    backupService,
                    activeUsers,
                    chatState,
                    centralManagement,
                    nextHopPool,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Of a server: its services by name, RTCSRV, LYNCBACKUP and so on (domain.md 7.2). */
    record OfServer(Map<String, ServiceState> services) implements Facts {

        public OfServer {
            services = Map.copyOf(services);
        }
    }

    /**
     * One row of sys.database_mirroring (domain.md 4.4); which side is principal may be unknown.
     */
    record MirroringRow(
            String database,
            Optional<Position> principalOn,
            MirroringState state,
            Safety safety,
            WitnessState witness) {}

    /**
     * Of an Availability Group (domain.md 4.10); the words are those of SQL Server's views.
     *
     * @param commitGap how far the secondary's last commit is behind the primary's: what a forced
     *     failover would lose
     */
    record AvailabilityGroup(
            Optional<Position> primaryOn,
            Optional<String> synchronization,
            Optional<String> failoverMode,
            Optional<String> clusterQuorum,
            Optional<Boolean> failoverReady,
            Optional<Duration> commitGap) {

        /** Of a group of which no gap is told. */
        public AvailabilityGroup(
                Optional<Position> primaryOn,
                Optional<String> synchronization,
                Optional<String> failoverMode,
                Optional<String> clusterQuorum,
                Optional<Boolean> failoverReady) {
            this(
                    primaryOn,
                    synchronization,
                    failoverMode,
                    clusterQuorum,
                    failoverReady,
                    Optional.empty());
        }
    }

    /** Of log shipping (domain.md 6.6): age of the last backup and of what was restored. */
    record ShippedLog(Optional<Duration> lastBackupAge, Optional<Duration> lastRestoredLatency) {}

    /** Routing groups in quorum loss (domain.md 3.2). */
    record RoutingGroups(int withoutPrimary, int withoutSecondary) {}

    /**
     * One Backup Service module of this pool (domain.md 2.5).
     *
     * @param exportStatus how it sends this pool's data to the pair
     * @param importStatus how it takes in what the pair sends: an error here means that this pool's
     *     copy of the pair's data is stale
     * @param lastSteadyAt when its export was last steady
     */
    record BackupModule(
            String module,
            ExportStatus exportStatus,
            ImportStatus importStatus,
            Optional<Instant> lastSteadyAt) {}

    /**
     * What a pool says of the Central Management store (domain.md 5.1 step 3).
     *
     * @param activeMaster fqdn of the active master pool; empty when the cmdlet prints it blank
     */
    record CentralManagementState(
            Optional<String> activeMaster,
            List<String> fileTransferAgents,
            Optional<Boolean> replicasUpToDate) {

        public CentralManagementState {
            fileTransferAgents = List.copyOf(fileTransferAgents);
        }
    }
}
