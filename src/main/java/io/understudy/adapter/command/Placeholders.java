package io.understudy.adapter.command;

import io.understudy.adapter.spi.StepCall;
import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an action says, by name: {@code {to.fqdn}} in an argument, {@code UNDERSTUDY_TO_FQDN} in the
 * environment. Lists are written with commas; what is absent is empty.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,$:-]*");
    private static final Set<String> COMMON = Set.of("runId", "step", "attempt", "token");

    private Placeholders() {}

    /**
     * Refuses placeholders that this operation cannot fill.
     *
     * @throws IllegalArgumentException naming the placeholder and those that there are
     */
    static void check(Operation operation, List<String> arguments) {
        Set<String> known = names(operation);
        for (String argument : arguments) {
            PLACEHOLDER
                    .matcher(argument)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !known.contains(name) && !COMMON.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                operation
                                        + " has no {"
                                        + name
                                        + "}; it has "
                                        + COMMON
                                        + " and "
                                        + known);
                    });
        }
    }

    private static Set<String> names(Operation operation) {
        return switch (operation) {
            case SWITCH_PRINCIPAL ->
                    Set.of(
                            "store",
                            "pool",
                            "databaseType",
                            "databases",
                            "to.fqdn",
                            "to.instance",
                            "newPrincipal",
                            "force");
            case FORCE_SERVICE ->
                    Set.of("store", "databases", "to.fqdn", "to.instance", "newPrincipal");
            case FAIL_OVER_GROUP ->
                    Set.of("store", "databases", "to.fqdn", "to.instance", "newPrimary", "force");
            case MOVE_CENTRAL_MANAGEMENT ->
                    Set.of(
                            "from",
                            "to",
                            "backupSql.fqdn",
                            "backupSql.instance",
                            "backupMirror.fqdn",
                            "backupMirror.instance",
                            "force");
            case START_SERVICES -> Set.of("pool", "servers", "services");
            case CHANGE_NEXT_HOP -> Set.of("edgePool", "to");
            case FAIL_OVER_POOL -> Set.of("pool", "to", "disasterMode");
            case FAIL_BACK_POOL -> Set.of("pool", "from", "disasterMode");
            case RECOVER_QUORUM,
                    RESTORE_CENTRAL_MANAGEMENT,
                    RELOAD_CONFIGURATION,
                    REPLICATE_CONFIGURATION,
                    SYNC_BACKUP ->
                    Set.of("pool");
            case STOP_LOG_SHIPPING, RESTORE_LOGS, RECOVER_DATABASES, BACK_UP_DATABASES ->
                    Set.of("store", "databases", "secondary.fqdn", "secondary.instance");
            case RESTORE_DATABASES ->
                    Set.of("store", "databases", "primary.fqdn", "primary.instance");
            case SET_CHAT_STATE -> Set.of("pool", "state");
            case SET_ACTIVE_CHAT_SERVERS -> Set.of("pool", "servers");
            case MOVE_RESPONSE_GROUPS,
                    MOVE_CALL_PARK_ORBITS,
                    MOVE_ANNOUNCEMENTS,
                    MOVE_LOCATIONS,
                    MOVE_NAMES ->
                    Set.of("pool", "to", "back");
        };
    }

    /** What the call says, by name. */
    static SortedMap<String, String> of(StepCall call) {
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

    /** The first name whose value could be taken for something else, an option for instance. */
    static Optional<String> unfit(Map<String, String> values) {
        return values.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty() && !PLAIN.matcher(e.getValue()).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The arguments with their placeholders filled, each still one argument. */
    static List<String> filled(List<String> arguments, Map<String, String> values) {
        return arguments.stream()
                .map(argument ->
                        PLACEHOLDER.matcher(argument).replaceAll(found -> value(found, values)))
                .toList();
    }

    private static String value(MatchResult found, Map<String, String> values) {
        return Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group()));
    }

    /** {@code to.fqdn} is UNDERSTUDY_TO_FQDN, {@code runId} UNDERSTUDY_RUN_ID. */
    static String variable(String name) {
        return "UNDERSTUDY_"
                + name.replaceAll("([a-z])([A-Z])", "$1_$2")
                        .replace('.', '_')
                        .toUpperCase(Locale.ROOT);
    }
}
