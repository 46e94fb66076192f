package io.understudy.adapter.spi;

import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an order says, as names and texts, for executors that hand it to other people's programs:
 * {@code runId}, {@code step}, {@code attempt}, {@code token}, and what the action says, {@code
 * to.fqdn} for instance. Lists are written with commas; what is absent is empty. Names once given
 * stay. Which operation it is, {@link io.understudy.runbook.Operation#of} says: it is not among
 * them, and of a {@link Action.MoveApplication} nothing else tells the application.
 */
public final class CallValues {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,$:-]*");

    private CallValues() {}

    /** What the call says, by name. */
    public static SortedMap<String, String> of(StepCall call) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("runId", call.runId());
        values.put("step", String.valueOf(call.stepNumber()));
        values.put("attempt", String.valueOf(call.attempt()));
        values.put("token", String.valueOf(call.fencingToken()));
        say(call.action(), values);
        return values;
    }

    private static void say(Action action, Map<String, String> values) {
        switch (action) {
            case Action.SwitchPrincipal a -> {
                databases(values, a.store(), a.databases(), "to", a.to());
                values.put("pool", a.pool().value());
                values.put("databaseType", a.type().name());
                values.put("newPrincipal", a.newPrincipal().name());
                values.put("force", String.valueOf(a.force()));
            }
            case Action.ForceService a -> {
                databases(values, a.store(), a.databases(), "to", a.to());
                values.put("newPrincipal", a.newPrincipal().name());
            }
            case Action.ResumeMirroring a -> {
                databases(values, a.store(), a.databases(), "principal", a.principal());
                values.put("principalOn", a.principalOn().name());
            }
            case Action.FailOverGroup a -> {
                databases(values, a.store(), a.databases(), "to", a.to());
                values.put("newPrimary", a.newPrimary().name());
                values.put("force", String.valueOf(a.force()));
            }
            case Action.MoveCentralManagement a -> {
                values.put("from", a.from().value());
                values.put("to", a.to().value());
                instance(values, "backupSql", Optional.of(a.backupSql()));
                instance(values, "backupMirror", a.backupMirror());
                values.put("force", String.valueOf(a.force()));
            }
            case Action.StartServices a -> {
                values.put("pool", a.pool().value());
                values.put("servers", joined(a.servers()));
                values.put("services", joined(a.services()));
            }
            case Action.ChangeNextHop a -> {
                values.put("edgePool", a.edgePool().value());
                values.put("to", a.to().value());
            }
            case Action.FailOverPool a -> {
                values.put("pool", a.pool().value());
                values.put("to", a.to().value());
                values.put("disasterMode", String.valueOf(a.disasterMode()));
            }
            case Action.FailBackPool a -> {
                values.put("pool", a.pool().value());
                values.put("from", a.from().value());
                values.put("disasterMode", String.valueOf(a.disasterMode()));
            }
            case Action.RecoverQuorum a -> values.put("pool", a.pool().value());
            case Action.RestoreCentralManagement a -> values.put("pool", a.pool().value());
            case Action.ReloadConfiguration a -> values.put("pool", a.pool().value());
            case Action.ReplicateConfiguration a -> values.put("pool", a.pool().value());
            case Action.SyncBackup a -> values.put("pool", a.pool().value());
            case Action.StopLogShipping a ->
                    databases(values, a.store(), a.databases(), "secondary", a.secondary());
            case Action.RestoreLogs a ->
                    databases(values, a.store(), a.databases(), "secondary", a.secondary());
            case Action.RecoverDatabases a ->
                    databases(values, a.store(), a.databases(), "secondary", a.secondary());
            case Action.BackUpDatabases a ->
                    databases(values, a.store(), a.databases(), "secondary", a.secondary());
            case Action.RestoreDatabases a ->
                    databases(values, a.store(), a.databases(), "primary", a.primary());
            case Action.SetChatState a -> {
                values.put("pool", a.pool().value());
                values.put("state", a.state().name());
            }
            case Action.SetActiveChatServers a -> {
                values.put("pool", a.pool().value());
                values.put("servers", joined(a.servers()));
            }
            case Action.MoveApplication a -> {
                values.put("pool", a.pool().value());
                values.put("to", a.to().value());
                values.put("back", String.valueOf(a.back()));
            }
            case Action.Reassess _, Action.ByHand _ -> {}
        }
    }

    private static void databases(
            Map<String, String> values,
            Object store,
            List<String> databases,
            String name,
            SqlInstance instance) {
        values.put("store", store.toString());
        values.put("databases", joined(databases));
        instance(values, name, Optional.of(instance));
    }

    private static String joined(Collection<?> names) {
        return names.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static void instance(
            Map<String, String> values, String name, Optional<SqlInstance> instance) {
        values.put(name + ".fqdn", instance.map(sql -> sql.fqdn().value()).orElse(""));
        values.put(name + ".instance", instance.map(SqlInstance::instance).orElse(""));
    }

    /**
     * The first name whose value a shell, a parser or a program could take for something else: that
     * has other characters than letters, digits and {@code _ . , $ : -}, or begins with a dash.
     */
    public static Optional<String> unfit(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty() && !PLAIN.matcher(e.getValue()).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
