package io.understudy.runbook;

import io.understudy.estate.ComponentId;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.health.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How it is seen, by another probe than the one that fired, that a step took effect (domain.md 8.8
 * no. 5).
 */
public sealed interface Verification {

    /** What the probe reads. */
    ComponentId component();

    /** Whether what was read shows the effect. */
    boolean holds(Status status, Facts facts);

    /** A sentence for people: what must be seen. */
    String expectation();

    /** Every one of the databases has its principal on this side. */
    record PrincipalOn(StoreName store, List<String> databases, Position position)
            implements Verification {
        public PrincipalOn {
            databases = List.copyOf(databases);
        }

        @Override
        public ComponentId component() {
            return ComponentId.of(store);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfStore told
                    && databases.stream()
                            .allMatch(database ->
                                    told.mirroring().stream()
                                            .anyMatch(row ->
                                                    row.database().equals(database)
                                                            && row.principalOn()
                                                                    .filter(position::equals)
                                                                    .isPresent()));
        }

        @Override
        public String expectation() {
            return "store:"
                    + store
                    + " has the principal of "
                    + String.join(", ", databases)
                    + " on "
                    + position;
        }
    }

    /** Mirroring of every one of the databases has caught up. */
    record MirroringSynchronized(StoreName store, List<String> databases) implements Verification {
        public MirroringSynchronized {
            databases = List.copyOf(databases);
        }

        @Override
        public ComponentId component() {
            return ComponentId.of(store);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfStore told
                    && databases.stream()
                            .allMatch(database ->
                                    told.mirroring().stream()
                                            .anyMatch(row ->
                                                    row.database().equals(database)
                                                            && row.state()
                                                                    == MirroringState
                                                                            .SYNCHRONIZED));
        }

        @Override
        public String expectation() {
            return "mirroring of "
                    + String.join(", ", databases)
                    + " in store:"
                    + store
                    + " is SYNCHRONIZED";
        }
    }

    /** The component serves: for a SQL instance a probe has written through it. */
    record Serves(ComponentId component) implements Verification {
        @Override
        public boolean holds(Status status, Facts facts) {
            return status == Status.UP || status == Status.DEGRADED;
        }

        @Override
        public String expectation() {
            return component + " serves";
        }
    }

    /** The pool has reached a registrar state (domain.md 3.5). */
    record PoolStateIs(PoolFqdn pool, PoolState state) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.poolState().filter(state::equals).isPresent();
        }

        @Override
        public String expectation() {
            return "PoolState of " + pool + " is " + state;
        }
    }

    /** Active master and file transfer agent are both at this pool (domain.md 5.1 step 5c). */
    record CentralManagementOn(PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.centralManagement()
                            .filter(cms ->
                                    cms.activeMaster().filter(pool.value()::equals).isPresent()
                                            && cms.fileTransferAgents().contains(pool.value()))
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "ActiveMasterFqdn and ActiveFileTransferAgents are " + pool;
        }
    }

    /** The Edge pool sends sign-ins to this pool. */
    record NextHopIs(PoolFqdn edgePool, PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(edgePool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.nextHopPool().filter(pool.value()::equals).isPresent();
        }

        @Override
        public String expectation() {
            return "the Registrar of " + edgePool + " is " + pool;
        }
    }

    /** The pool serves its own users: both states count (domain.md 5.3 no. 8, 11 no. 7). */
    record PoolInService(PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.poolState()
                            .filter(s -> s == PoolState.ACTIVE || s == PoolState.FAILED_BACK)
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "PoolState of " + pool + " is ACTIVE or FAILED_BACK";
        }
    }

    /** The primary replica of the store's Availability Group is on this side. */
    record PrimaryReplicaOn(StoreName store, Position position) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(store);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfStore told
                    && told.availabilityGroup()
                            .flatMap(Facts.AvailabilityGroup::primaryOn)
                            .filter(position::equals)
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "store:" + store + " has its primary replica on " + position;
        }
    }

    /** No routing group lacks its primary or its secondaries (domain.md 3.2). */
    record RoutingGroupsWhole(PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.routingGroups()
                            .filter(g -> g.withoutPrimary() == 0 && g.withoutSecondary() == 0)
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "every routing group of " + pool + " has its primary and its secondaries";
        }
    }

    /**
     * Every module of the pool's Backup Service keeps up or has nothing left to send, and takes in
     * what the pair sends. That the Central Management module was never started is normal on a pool
     * that is not its master (domain.md 2.5).
     */
    record BackupSteady(PoolFqdn pool) implements Verification {

        private static final String MASTER = "CentralMgmt.CMSMaster";

        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && !told.backupService().isEmpty()
                    && told.backupService().stream().allMatch(BackupSteady::steady);
        }

        private static boolean steady(Facts.BackupModule module) {
            boolean exported =
                    switch (module.exportStatus()) {
                        case FINAL_STATE, STEADY_STATE -> true;
                        case NOT_INITIALIZED -> module.module().equals(MASTER);
                        case NON_STEADY_STATE, ERROR_STATE, UNKNOWN -> false;
                    };
            return exported && module.importStatus() != ImportStatus.ERROR_STATE;
        }

        @Override
        public String expectation() {
            return "every module of the Backup Service of " + pool + " is steady";
        }
    }

    /** Every replica of the configuration is up to date, as the pool of the store says. */
    record ReplicasUpToDate(PoolFqdn pool) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.centralManagement()
                            .flatMap(Facts.CentralManagementState::replicasUpToDate)
                            .filter(Boolean::booleanValue)
                            .isPresent();
        }

        @Override
        public String expectation() {
            return "all replicas of the configuration are UpToDate, as seen from " + pool;
        }
    }

    /** These services of a server run. */
    record ServicesRun(ServerFqdn server, List<String> services) implements Verification {
        public ServicesRun {
            services = List.copyOf(services);
        }

        @Override
        public ComponentId component() {
            return ComponentId.of(server);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfServer told
                    && services.stream()
                            .allMatch(s -> told.services().get(s) == ServiceState.RUNNING);
        }

        @Override
        public String expectation() {
            return String.join(", ", services) + " run on " + server;
        }
    }

    /** The chat pool uses the databases that it should. */
    record ChatStateIs(PoolFqdn pool, ChatState state) implements Verification {
        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            return facts instanceof Facts.OfPool told
                    && told.chatState().filter(state::equals).isPresent();
        }

        @Override
        public String expectation() {
            return "the state of the chat pool " + pool + " is " + state;
        }
    }

    /** Exactly these servers of a chat pool are active, in any order. */
    record ActiveServersAre(PoolFqdn pool, List<ServerFqdn> servers) implements Verification {
        public ActiveServersAre {
            servers = List.copyOf(servers);
        }

        @Override
        public ComponentId component() {
            return ComponentId.of(pool);
        }

        @Override
        public boolean holds(Status status, Facts facts) {
            Set<String> wanted =
                    servers.stream().map(ServerFqdn::value).collect(Collectors.toSet());
            return facts instanceof Facts.OfPool told
                    && told.activeServers().map(Set::copyOf).filter(wanted::equals).isPresent();
        }

        @Override
        public String expectation() {
            return servers.isEmpty()
                    ? "no server of " + pool + " is active"
                    : "active in "
                            + pool
                            + " are exactly "
                            + servers.stream()
                                    .map(ServerFqdn::value)
                                    .collect(Collectors.joining(", "));
        }
    }
}
