package io.understudy.adapter.powershell;

import io.understudy.estate.Estate;
import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From an action to what its script is told, every name checked against the estate. */
final class Orders {

    private final KnownNames known;
    private final Optional<String> exportDirectory;

    Orders(Estate estate, Optional<String> exportDirectory) {
        this.known = new KnownNames(estate);
        this.exportDirectory = exportDirectory;
    }

    /**
     * The order.
     *
     * @throws UnfitName naming the field whose value no script is told
     */
    Order of(Action action) {
        Map<String, Object> told = new LinkedHashMap<>();
        String command = told(action, told);
        String script = Operation.of(action).map(Operation::setting).orElse("");
        return new Order(script, told, command + " -Confirm:$false");
    }

    private String told(Action action, Map<String, Object> told) {
        return switch (action) {
            case Action.SwitchPrincipal a -> switchPrincipal(a, told);
            case Action.RecoverQuorum a ->
                    "Reset-CsPoolRegistrarState -PoolFqdn "
                            + put(told, "Pool", known.pool("pool", a.pool()))
                            + " -ResetType QuorumLossRecovery";
            case Action.MoveCentralManagement a -> moveCentralManagement(a, told);
            case Action.RestoreCentralManagement a -> {
                put(told, "Pool", known.pool("pool", a.pool()));
                yield "Invoke-CsManagementServerFailover -Restore";
            }
            case Action.ReloadConfiguration a -> {
                put(told, "Pool", known.pool("pool", a.pool()));
                told.put("Servers", known.servers(a.pool()));
                yield "Import-CsConfiguration -ByteInput (Export-CsConfiguration -AsBytes) -LocalStore";
            }
            case Action.ReplicateConfiguration a -> {
                put(told, "Pool", known.pool("pool", a.pool()));
                yield "Invoke-CsManagementStoreReplication";
            }
            case Action.StartServices a -> startServices(a, told);
            case Action.ChangeNextHop a ->
                    "Set-CsEdgeServer -Identity EdgeServer:"
                            + put(told, "EdgePool", known.pool("edgePool", a.edgePool()))
                            + " -Registrar Registrar:"
                            + put(told, "To", known.pool("to", a.to()));
            case Action.FailOverPool a -> {
                put(told, "To", known.pool("to", a.to()));
                yield "Invoke-CsPoolFailOver -PoolFqdn "
                        + put(told, "Pool", known.pool("pool", a.pool()))
                        + flag(told, "DisasterMode", a.disasterMode());
            }
            case Action.FailBackPool a -> {
                put(told, "From", known.pool("from", a.from()));
                yield "Invoke-CsPoolFailBack -PoolFqdn "
                        + put(told, "Pool", known.pool("pool", a.pool()))
                        + flag(told, "DisasterMode", a.disasterMode());
            }
            case Action.SyncBackup a ->
                    "Invoke-CsBackupServiceSync -PoolFqdn "
                            + put(told, "Pool", known.pool("pool", a.pool()));
            case Action.SetChatState a ->
                    "Set-CsPersistentChatState -Identity PersistentChatServer:"
                            + put(told, "Pool", known.pool("pool", a.pool()))
                            + " -PoolState "
                            + put(told, "State", word(a.state()));
            case Action.SetActiveChatServers a -> activeServers(a, told);
            case Action.MoveApplication a -> moveApplication(a, told);
            case Action.Reassess _,
                    Action.ByHand _,
                    Action.ForceService _,
                    Action.ResumeMirroring _,
                    Action.FailOverGroup _,
                    Action.StopLogShipping _,
                    Action.RestoreLogs _,
                    Action.RecoverDatabases _,
                    Action.BackUpDatabases _,
                    Action.RestoreDatabases _ ->
                    throw new IllegalArgumentException("no cmdlet carries out " + action);
        };
    }

    private String switchPrincipal(Action.SwitchPrincipal a, Map<String, Object> told) {
        put(told, "Store", known.store("store", a.store()).name().value());
        told.put("Databases", known.databases("databases", a.store(), a.databases()));
        sql(told, "", known.instance("to", a.to()));
        return "Invoke-CsDatabaseFailover -PoolFqdn "
                + put(told, "Pool", known.pool("pool", a.pool()))
                + " -DatabaseType "
                + put(told, "DatabaseType", word(a.type()))
                + " -NewPrincipal "
                + put(told, "NewPrincipal", word(a.newPrincipal()))
                + flag(told, "Force", a.force());
    }

    private String moveCentralManagement(Action.MoveCentralManagement a, Map<String, Object> told) {
        put(told, "From", known.pool("from", a.from()));
        put(told, "To", known.pool("to", a.to()));
        String stores = sql(told, "", known.instance("backupSql", a.backupSql()));
        Optional<SqlInstance> mirror = a.backupMirror().map(m -> known.instance("backupMirror", m));
        if (mirror.isPresent()) {
            stores += sql(told, "Mirror", mirror.get());
        } else {
            put(told, "MirrorSqlServer", "");
            put(told, "MirrorSqlInstance", "");
        }
        // the script gives the stores to the cmdlet where it forces, and nowhere else
        String force = flag(told, "Force", a.force());
        return "Invoke-CsManagementServerFailover" + (a.force() ? stores : "") + force;
    }

    private static String sql(Map<String, Object> told, String which, SqlInstance instance) {
        return " -Backup"
                + which
                + "SqlServerFqdn "
                + put(told, which + "SqlServer", instance.fqdn().value())
                + " -Backup"
                + which
                + "SqlInstanceName "
                + put(told, which + "SqlInstance", instance.instance());
    }

    private String startServices(Action.StartServices a, Map<String, Object> told) {
        put(told, "Pool", known.pool("pool", a.pool()));
        List<String> servers = known.servers("servers", a.pool(), a.servers());
        List<String> services = known.services("services", a.services());
        told.put("Servers", servers);
        told.put("Services", services);
        return "Start-CsWindowsService -ComputerName "
                + String.join(", ", servers)
                + " -Name "
                + String.join(", ", services);
    }

    private String activeServers(Action.SetActiveChatServers a, Map<String, Object> told) {
        put(told, "Pool", known.pool("pool", a.pool()));
        List<String> servers = known.servers("servers", a.pool(), a.servers());
        told.put("Servers", servers);
        return "Set-CsPersistentChatActiveServer -Identity PersistentChatServer:"
                + a.pool()
                + " -ActiveServers "
                + (servers.isEmpty() ? "$null" : String.join(", ", servers));
    }

    private String moveApplication(Action.MoveApplication a, Map<String, Object> told) {
        String home = known.pool("pool", a.pool());
        String pair = known.pool("to", a.to());
        // the script goes from Pool to To; the action names the home pool first, both ways
        put(told, "Pool", a.back() ? pair : home);
        put(told, "To", a.back() ? home : pair);
        flag(told, "Back", a.back());
        String to = " service:ApplicationServer:" + (a.back() ? home : pair);
        return switch (a.application()) {
            case RESPONSE_GROUPS -> {
                export(told);
                yield "Import-CsRgsConfiguration -Destination" + to + " -FileName <export>";
            }
            case CALL_PARK_ORBITS -> "Set-CsCallParkOrbit -CallParkService" + to;
            case ANNOUNCEMENTS -> "Set-CsUnassignedNumber -AnnouncementService" + to;
            case LOCATIONS -> {
                export(told);
                yield "Import-CsLisConfiguration -FileName <export>; Publish-CsLisConfiguration";
            }
            case NAMES -> throw new IllegalArgumentException("no cmdlet carries out " + a);
        };
    }

    private void export(Map<String, Object> told) {
        put(
                told,
                "ExportDirectory",
                exportDirectory.orElseThrow(() ->
                        new UnfitName(
                                "understudy.powershell.export-directory",
                                "no directory with exports is configured")));
    }

    private static String put(Map<String, Object> told, String name, String value) {
        told.put(name, value);
        return value;
    }

    private static String flag(Map<String, Object> told, String name, boolean set) {
        told.put(name, set);
        return set ? " -" + name : "";
    }

    /** As the cmdlets write it: CentralMgmt for CENTRAL_MGMT. */
    private static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
