package io.understudy.testing;

import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.ImportStatus;
import io.understudy.health.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is told of a Front End pool; a test says what is different from a pool that is well. */
public record PoolTold(
        PoolState state,
        List<Facts.BackupModule> modules,
        OptionalInt activeUsers,
        Optional<Facts.CentralManagementState> centralManagement) {

    public static final PoolTold WELL = of(PoolState.ACTIVE, ExportStatus.STEADY_STATE);

    public static PoolTold of(PoolState state, ExportStatus export) {
        return new PoolTold(
                state,
                List.of(
                        module("UserServices.PresenceFocus", export, Optional.empty()),
                        module("ConfServices.DataConf", export, Optional.empty())),
                OptionalInt.empty(),
                Optional.empty());
    }

    /** No module of the Backup Service is told of. */
    public PoolTold withoutBackupService() {
        return new PoolTold(state, List.of(), activeUsers, centralManagement);
    }

    /** The one module told of fell behind after it was steady then. */
    public PoolTold behindSince(Instant steadyAt) {
        List<Facts.BackupModule> behind =
                List.of(
                        module(
                                "UserServices.PresenceFocus",
                                ExportStatus.NON_STEADY_STATE,
                                Optional.of(steadyAt)));
        return new PoolTold(state, behind, activeUsers, centralManagement);
    }

    public PoolTold signedIn(int users) {
        return new PoolTold(state, modules, OptionalInt.of(users), centralManagement);
    }

    /** Where the Central Management store and its file transfer agents are. */
    public PoolTold centralManagement(String master, String agents, Optional<Boolean> replicas) {
        return new PoolTold(
                state,
                modules,
                activeUsers,
                Optional.of(
                        new Facts.CentralManagementState(
                                Optional.of(master), List.of(agents), replicas)));
    }

    public Facts facts() {
        return new Facts.OfPool(
                Optional.of(state),
                Optional.empty(),
                modules,
                activeUsers,
                Optional.empty(),
                centralManagement,
                Optional.empty());
    }

    private static Facts.BackupModule module(
            String name, ExportStatus export, Optional<Instant> steadyAt) {
        return new Facts.BackupModule(name, export, ImportStatus.NORMAL_STATE, steadyAt);
    }
}
