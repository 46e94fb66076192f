package io.understudy.adapter.simulator;

import io.understudy.runbook.Action;

/** From an action to the cmdlet or the statement that carries it out. */
final class Orders {

    private Orders() {}

    static Order of(Action action) {
        return switch (action) {
            case Action.Reassess _, Action.ByHand _ ->
                    throw new IllegalArgumentException("no executor carries out " + action);
            case Action.SwitchPrincipal a -> new DatabaseFailOver(a);
            case Action.ForceService a -> new ForcedService(a);
            case Action.ResumeMirroring a -> new MirroringResumption(a);
            case Action.FailOverGroup a -> new GroupFailOver(a);
            case Action.RecoverQuorum a -> new QuorumRecovery(a);
            case Action.MoveCentralManagement a -> new ManagementServerFailOver(a);
            case Action.RestoreCentralManagement a -> new CentralManagementRestore(a);
            case Action.ReloadConfiguration a -> new ConfigurationReload(a);
            case Action.ReplicateConfiguration a -> new ConfigurationReplication(a);
            case Action.StartServices a -> new ServiceStart(a);
            case Action.ChangeNextHop a -> new EdgeServerSetting(a);
            case Action.FailOverPool a -> new PoolFailOver(a);
            case Action.FailBackPool a -> new PoolFailBack(a);
            case Action.SyncBackup a -> new BackupSync(a);
            case Action.StopLogShipping a -> new LogShippingStop(a);
            case Action.RestoreLogs a -> new LogRestore(a);
            case Action.RecoverDatabases a -> new DatabaseRecovery(a);
            case Action.BackUpDatabases a -> new DatabaseBackup(a);
            case Action.RestoreDatabases a -> new DatabaseRestore(a);
            case Action.SetChatState a -> new ChatStateSetting(a);
            case Action.SetActiveChatServers a -> new ActiveChatServers(a);
            case Action.MoveApplication a -> new ApplicationMove(a);
        };
    }
}
