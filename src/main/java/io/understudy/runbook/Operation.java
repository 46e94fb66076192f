package io.understudy.runbook;

import java.util.Locale;
import java.util.Optional;

/** The kinds of actions that an executor carries out, by which they are routed and configured. */
public enum Operation {
    SWITCH_PRINCIPAL,
    FORCE_SERVICE,
    RESUME_MIRRORING,
    FAIL_OVER_GROUP,
    RECOVER_QUORUM,
    MOVE_CENTRAL_MANAGEMENT,
    RESTORE_CENTRAL_MANAGEMENT,
    RELOAD_CONFIGURATION,
    REPLICATE_CONFIGURATION,
    START_SERVICES,
    CHANGE_NEXT_HOP,
    FAIL_OVER_POOL,
    FAIL_BACK_POOL,
    SYNC_BACKUP,
    STOP_LOG_SHIPPING,
    RESTORE_LOGS,
    RECOVER_DATABASES,
    BACK_UP_DATABASES,
    RESTORE_DATABASES,
    SET_CHAT_STATE,
    SET_ACTIVE_CHAT_SERVERS,
    MOVE_RESPONSE_GROUPS,
    MOVE_CALL_PARK_ORBITS,
    MOVE_ANNOUNCEMENTS,
    MOVE_LOCATIONS,
    MOVE_NAMES;

    /** As settings write it: {@code fail-over-pool}. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation of an action; empty for what no executor carries out. */
    public static Optional<Operation> of(Action action) {
        return switch (action) {
            case Action.Reassess _, Action.ByHand _ -> Optional.empty();
            case Action.SwitchPrincipal _ -> Optional.of(SWITCH_PRINCIPAL);
            case Action.ForceService _ -> Optional.of(FORCE_SERVICE);
            case Action.ResumeMirroring _ -> Optional.of(RESUME_MIRRORING);
            case Action.FailOverGroup _ -> Optional.of(FAIL_OVER_GROUP);
            case Action.RecoverQuorum _ -> Optional.of(RECOVER_QUORUM);
            case Action.MoveCentralManagement _ -> Optional.of(MOVE_CENTRAL_MANAGEMENT);
            case Action.RestoreCentralManagement _ -> Optional.of(RESTORE_CENTRAL_MANAGEMENT);
            case Action.ReloadConfiguration _ -> Optional.of(RELOAD_CONFIGURATION);
            case Action.ReplicateConfiguration _ -> Optional.of(REPLICATE_CONFIGURATION);
            case Action.StartServices _ -> Optional.of(START_SERVICES);
            case Action.ChangeNextHop _ -> Optional.of(CHANGE_NEXT_HOP);
            case Action.FailOverPool _ -> Optional.of(FAIL_OVER_POOL);
            case Action.FailBackPool _ -> Optional.of(FAIL_BACK_POOL);
            case Action.SyncBackup _ -> Optional.of(SYNC_BACKUP);
            case Action.StopLogShipping _ -> Optional.of(STOP_LOG_SHIPPING);
            case Action.RestoreLogs _ -> Optional.of(RESTORE_LOGS);
            case Action.RecoverDatabases _ -> Optional.of(RECOVER_DATABASES);
            case Action.BackUpDatabases _ -> Optional.of(BACK_UP_DATABASES);
            case Action.RestoreDatabases _ -> Optional.of(RESTORE_DATABASES);
            case Action.SetChatState _ -> Optional.of(SET_CHAT_STATE);
            case Action.SetActiveChatServers _ -> Optional.of(SET_ACTIVE_CHAT_SERVERS);
            case Action.MoveApplication moved -> Optional.of(of(moved.application()));
        };
    }

    private static Operation of(Action.MoveApplication.Application application) {
        return switch (application) {
            case RESPONSE_GROUPS -> MOVE_RESPONSE_GROUPS;
            case CALL_PARK_ORBITS -> MOVE_CALL_PARK_ORBITS;
            case ANNOUNCEMENTS -> MOVE_ANNOUNCEMENTS;
            case LOCATIONS -> MOVE_LOCATIONS;
            case NAMES -> MOVE_NAMES;
        };
    }
}
