package io.understudy.testing;

import io.understudy.health.ChatState;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.PoolState;
import io.understudy.health.UpgradeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is told of a pool; a test says what is different from a Front End pool that is well. */
public record PoolTold(Facts.OfPool facts) {

    /** Nothing at all is told, as of a pool that is no Front End pool. */
    public static final PoolTold NOTHING =
            new PoolTold(
                    new Facts.OfPool(
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            OptionalInt.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));

    public static final PoolTold WELL = of(PoolState.ACTIVE, ExportStatus.STEADY_STATE);

    public static PoolTold of(PoolState state, ExportStatus export) {
        return NOTHING.with(Optional.of(state), List.of())
                .module("UserServices.PresenceFocus", export, Optional.empty())
                .module("ConfServices.DataConf", export, Optional.empty());
    }

    public PoolTold state(PoolState state) {
        return with(Optional.of(state), facts.backupService());
    }

    /** No module of the Backup Service is told of. */
    public PoolTold withoutBackupService() {
        return with(facts.poolState(), List.of());
    }

    /** The one module told of fell behind after it was steady then. */
    public PoolTold behindSince(Instant steadyAt) {
        return withoutBackupService()
                .module(
                        "UserServices.PresenceFocus",
                        ExportStatus.NON_STEADY_STATE,
                        Optional.of(steadyAt));
    }

    /** One more module of the Backup Service, which imports well. */
    public PoolTold module(String name, ExportStatus export, Optional<Instant> steadyAt) {
        return module(new Facts.BackupModule(name, export, ImportStatus.NORMAL_STATE, steadyAt));
    }

    public PoolTold module(Facts.BackupModule module) {
        List<Facts.BackupModule> modules = new ArrayList<>(facts.backupService());
        modules.add(module);
        return with(facts.poolState(), modules);
    }

    private PoolTold with(Optional<PoolState> state, List<Facts.BackupModule> modules) {
        return new PoolTold(
                new Facts.OfPool(
                        state,
                        facts.routingGroups(),
                        modules,
                        facts.activeUsers(),
                        facts.chatState(),
                        facts.centralManagement(),
                        facts.nextHopPool(),
                        facts.upgradeState(),
                        facts.gatewaysDown(),
                        facts.activeServers()));
    }

    public PoolTold signedIn(int users) {
        return ofPool(
                facts.routingGroups(),
                OptionalInt.of(users),
                facts.centralManagement(),
                facts.upgradeState());
    }

    /** Where the Central Management store and its file transfer agents are. */
    public PoolTold centralManagement(String master, String agents, Optional<Boolean> replicas) {
        return centralManagement(
                new Facts.CentralManagementState(Optional.of(master), List.of(agents), replicas));
    }

    /** The cmdlet prints no active master. */
    public PoolTold noActiveMaster() {
        return centralManagement(
                new Facts.CentralManagementState(Optional.empty(), List.of(), Optional.empty()));
    }

    private PoolTold centralManagement(Facts.CentralManagementState state) {
        return ofPool(
                facts.routingGroups(),
                facts.activeUsers(),
                Optional.of(state),
                facts.upgradeState());
    }

    public PoolTold routingGroups(int withoutPrimary, int withoutSecondary) {
        return ofPool(
                Optional.of(new Facts.RoutingGroups(withoutPrimary, withoutSecondary)),
                facts.activeUsers(),
                facts.centralManagement(),
                facts.upgradeState());
    }

    public PoolTold upgrade(UpgradeState state) {
        return ofPool(
                facts.routingGroups(),
                facts.activeUsers(),
                facts.centralManagement(),
                Optional.of(state));
    }

    private PoolTold ofPool(
            Optional<Facts.RoutingGroups> groups,
            OptionalInt users,
            Optional<Facts.CentralManagementState> cms,
            Optional<UpgradeState> upgrade) {
        return new PoolTold(
                new Facts.OfPool(
                        facts.poolState(),
                        groups,
                        facts.backupService(),
                        users,
                        facts.chatState(),
                        cms,
                        facts.nextHopPool(),
                        upgrade,
                        facts.gatewaysDown(),
                        facts.activeServers()));
    }

    /** Where an Edge pool sends sign-ins to now. */
    public PoolTold nextHop(String fqdn) {
        return ofOther(
                facts.chatState(), Optional.of(fqdn), facts.gatewaysDown(), facts.activeServers());
    }

    public PoolTold gatewaysDown(boolean down) {
        return ofOther(
                facts.chatState(), facts.nextHopPool(), Optional.of(down), facts.activeServers());
    }

    public PoolTold chat(ChatState state) {
        return ofOther(
                Optional.of(state),
                facts.nextHopPool(),
                facts.gatewaysDown(),
                facts.activeServers());
    }

    /** A Persistent Chat pool's active list. */
    public PoolTold active(String... servers) {
        return ofOther(
                facts.chatState(),
                facts.nextHopPool(),
                facts.gatewaysDown(),
                Optional.of(List.of(servers)));
    }

    private PoolTold ofOther(
            Optional<ChatState> chat,
            Optional<String> nextHop,
            Optional<Boolean> gateways,
            Optional<List<String>> active) {
        return new PoolTold(
                new Facts.OfPool(
                        facts.poolState(),
                        facts.routingGroups(),
                        facts.backupService(),
                        facts.activeUsers(),
                        chat,
                        facts.centralManagement(),
                        nextHop,
                        facts.upgradeState(),
                        gateways,
                        active));
    }
}
