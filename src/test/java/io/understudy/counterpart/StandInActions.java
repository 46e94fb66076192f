package io.understudy.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.adapter.spi.StepCall;
import io.understudy.counterpart.StandInPowerShell.Invocation;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Action.MoveApplication.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From an envelope back to the action, and to the cmdlet that its script calls. */
public final class StandInActions {

    private StandInActions() {}

    /** The order that an envelope gives. */
    static StepCall call(JsonNode envelope) {
        return new StepCall(
                envelope.path("run").asText(),
                envelope.path("step").asInt(),
                envelope.path("attempt").asInt(),
                envelope.path("token").asLong(),
                action(envelope.path("operation").asText(), envelope.path("parameters")),
                Optional.empty(),
                Duration.ofHours(1));
    }

    /** The action that a script carries out with these parameters. */
    public static Action action(String operation, JsonNode told) {
        return switch (operation) {
            case "switch-principal" ->
                    new Action.SwitchPrincipal(
                            new StoreName(text(told, "Store")),
                            pool(told, "Pool"),
                            DatabaseType.valueOf(constant(text(told, "DatabaseType"))),
                            texts(told, "Databases"),
                            sql(told, ""),
                            Position.valueOf(constant(text(told, "NewPrincipal"))),
                            told.path("Force").asBoolean());
            case "recover-quorum" -> new Action.RecoverQuorum(pool(told, "Pool"));
            case "move-central-management" ->
                    new Action.MoveCentralManagement(
                            pool(told, "From"),
                            pool(told, "To"),
                            sql(told, ""),
                            text(told, "MirrorSqlServer").isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(sql(told, "Mirror")),
                            told.path("Force").asBoolean());
            case "restore-central-management" ->
                    new Action.RestoreCentralManagement(pool(told, "Pool"));
            case "reload-configuration" -> new Action.ReloadConfiguration(pool(told, "Pool"));
            case "replicate-configuration" -> new Action.ReplicateConfiguration(pool(told, "Pool"));
            case "start-services" ->
                    new Action.StartServices(
                            pool(told, "Pool"), servers(told), texts(told, "Services"));
            case "change-next-hop" ->
                    new Action.ChangeNextHop(pool(told, "EdgePool"), pool(told, "To"));
            case "fail-over-pool" ->
                    new Action.FailOverPool(
                            pool(told, "Pool"),
                            pool(told, "To"),
                            told.path("DisasterMode").asBoolean());
            case "fail-back-pool" ->
                    new Action.FailBackPool(
                            pool(told, "Pool"),
                            pool(told, "From"),
                            told.path("DisasterMode").asBoolean());
            case "sync-backup" -> new Action.SyncBackup(pool(told, "Pool"));
            case "set-chat-state" ->
                    new Action.SetChatState(
                            pool(told, "Pool"), ChatState.valueOf(constant(text(told, "State"))));
            case "set-active-chat-servers" ->
                    new Action.SetActiveChatServers(pool(told, "Pool"), servers(told));
            default -> moved(operation, told);
        };
    }

    private static Action moved(String operation, JsonNode told) {
        boolean back = told.path("Back").asBoolean();
        return new Action.MoveApplication(
                Application.valueOf(
                        operation
                                .replaceFirst("^move-", "")
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')),
                pool(told, back ? "To" : "Pool"),
                pool(told, back ? "Pool" : "To"),
                back);
    }

    /** CENTRAL_MGMT for CentralMgmt. */
    private static String constant(String word) {
        return word.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private static String text(JsonNode told, String name) {
        return told.path(name).asText();
    }

    private static List<String> texts(JsonNode told, String name) {
        List<String> all = new ArrayList<>();
        told.path(name).forEach(one -> all.add(one.asText()));
        return all;
    }

    private static List<ServerFqdn> servers(JsonNode told) {
        return texts(told, "Servers").stream().map(ServerFqdn::new).toList();
    }

    private static PoolFqdn pool(JsonNode told, String name) {
        return new PoolFqdn(text(told, name));
    }

    private static SqlInstance sql(JsonNode told, String which) {
        return new SqlInstance(
                new ServerFqdn(text(told, which + "SqlServer")), text(told, which + "SqlInstance"));
    }

    /** The cmdlet that acts, with what the script gives it besides Confirm and Verbose. */
    static Invocation invocation(StepCall call) {
        Map<String, String> with = new LinkedHashMap<>();
        String cmdlet = cmdlet(call.action(), with);
        return new Invocation(cmdlet, with, call.runId(), call.stepNumber(), call.attempt());
    }

    private static String cmdlet(Action action, Map<String, String> with) {
        return switch (action) {
            case Action.SwitchPrincipal a -> {
                with.put("PoolFqdn", a.pool().value());
                with.put(
                        "NewPrincipal",
                        a.newPrincipal() == Position.PRIMARY ? "Primary" : "Mirror");
                flag(with, "Force", a.force());
                yield "Invoke-CsDatabaseFailover";
            }
            case Action.RecoverQuorum a -> {
                with.put("PoolFqdn", a.pool().value());
                with.put("ResetType", "QuorumLossRecovery");
                yield "Reset-CsPoolRegistrarState";
            }
            case Action.MoveCentralManagement a -> {
                if (a.force()) {
                    with.put("BackupSqlServerFqdn", a.backupSql().fqdn().value());
                    with.put("BackupSqlInstanceName", a.backupSql().instance());
                }
                flag(with, "Force", a.force());
                yield "Invoke-CsManagementServerFailover";
            }
            case Action.RestoreCentralManagement _ -> {
                flag(with, "Restore", true);
                yield "Invoke-CsManagementServerFailover";
            }
            case Action.ReloadConfiguration _ -> "Import-CsConfiguration";
            case Action.ReplicateConfiguration _ -> "Invoke-CsManagementStoreReplication";
            case Action.StartServices _ -> "Start-CsWindowsService";
            case Action.ChangeNextHop a -> {
                with.put("Identity", "EdgeServer:" + a.edgePool());
                with.put("Registrar", "Registrar:" + a.to());
                yield "Set-CsEdgeServer";
            }
            case Action.FailOverPool a -> {
                with.put("PoolFqdn", a.pool().value());
                flag(with, "DisasterMode", a.disasterMode());
                yield "Invoke-CsPoolFailOver";
            }
            case Action.FailBackPool a -> {
                with.put("PoolFqdn", a.pool().value());
                flag(with, "DisasterMode", a.disasterMode());
                yield "Invoke-CsPoolFailBack";
            }
            case Action.SyncBackup a -> {
                with.put("PoolFqdn", a.pool().value());
                yield "Invoke-CsBackupServiceSync";
            }
            case Action.SetChatState _ -> "Set-CsPersistentChatState";
            case Action.SetActiveChatServers _ -> "Set-CsPersistentChatActiveServer";
            case Action.MoveApplication a ->
                    switch (a.application()) {
                        case RESPONSE_GROUPS -> "Import-CsRgsConfiguration";
                        case CALL_PARK_ORBITS -> "Set-CsCallParkOrbit";
                        case ANNOUNCEMENTS -> "Set-CsUnassignedNumber";
                        case LOCATIONS -> "Import-CsLisConfiguration";
                        case NAMES -> throw new IllegalArgumentException("no cmdlet for " + a);
                    };
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
                    throw new IllegalArgumentException("no cmdlet for " + action);
        };
    }

    private static void flag(Map<String, String> with, String name, boolean set) {
        if (set) {
            with.put(name, "true");
        }
    }
}
