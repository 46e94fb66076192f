package io.understudy.adapter.command;

import io.understudy.adapter.command.CommandSettings.Kind;
import io.understudy.adapter.spi.StepCall;
import io.understudy.estate.SqlInstance;
import io.understudy.runbook.Action;
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

/**
 * What an action says, by name: {@code {to.fqdn}} in an argument, {@code UNDERSTUDY_TO_FQDN} in the
 * environment.
 *
 * <p>Every action says runId, step, attempt, token. SWITCH_PRINCIPAL: store, pool, databaseType,
 * databases (with commas), to.fqdn, to.instance, newPrincipal, force. MOVE_CENTRAL_MANAGEMENT:
 * from, to, backupSql.fqdn, backupSql.instance, backupMirror.fqdn, backupMirror.instance (both
 * empty without mirror), force. CHANGE_NEXT_HOP: edgePool, to. FAIL_OVER_POOL: pool, to,
 * disasterMode.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,$:-]*");
    private static final Set<String> COMMON = Set.of("runId", "step", "attempt", "token");

    private Placeholders() {}

    /**
     * Refuses placeholders that this kind of action cannot fill.
     *
     * @throws IllegalArgumentException naming the placeholder and those that there are
     */
    static void check(Kind kind, List<String> arguments) {
        Set<String> known = names(kind);
        for (String argument : arguments) {
            PLACEHOLDER
                    .matcher(argument)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !known.contains(name) && !COMMON.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                kind
                                        + " has no {"
                                        + name
                                        + "}; it has "
                                        + COMMON
                                        + " and "
                                        + known);
                    });
        }
    }

    private static Set<String> names(Kind kind) {
        return switch (kind) {
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
            case MOVE_CENTRAL_MANAGEMENT ->
                    Set.of(
                            "from",
                            "to",
                            "backupSql.fqdn",
                            "backupSql.instance",
                            "backupMirror.fqdn",
                            "backupMirror.instance",
                            "force");
            case CHANGE_NEXT_HOP -> Set.of("edgePool", "to");
            case FAIL_OVER_POOL -> Set.of("pool", "to", "disasterMode");
        };
    }

    /** The kind of an action; empty for what needs no executor. */
    static Optional<Kind> kind(Action action) {
        return switch (action) {
            case Action.SwitchPrincipal _ -> Optional.of(Kind.SWITCH_PRINCIPAL);
            case Action.MoveCentralManagement _ -> Optional.of(Kind.MOVE_CENTRAL_MANAGEMENT);
            case Action.ChangeNextHop _ -> Optional.of(Kind.CHANGE_NEXT_HOP);
            case Action.FailOverPool _ -> Optional.of(Kind.FAIL_OVER_POOL);
            case Action.Reassess _ -> Optional.empty();
        };
    }

    /** What the call says, by name. */
    static SortedMap<String, String> of(StepCall call) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("runId", call.runId());
        values.put("step", String.valueOf(call.stepNumber()));
        values.put("attempt", String.valueOf(call.attempt()));
        values.put("token", String.valueOf(call.fencingToken()));
        switch (call.action()) {
            case Action.SwitchPrincipal a -> {
                values.put("store", a.store().value());
                values.put("pool", a.pool().value());
                values.put("databaseType", a.type().name());
                values.put("databases", String.join(",", a.databases()));
                instance(values, "to", Optional.of(a.to()));
                values.put("newPrincipal", a.newPrincipal().name());
                values.put("force", String.valueOf(a.force()));
            }
            case Action.MoveCentralManagement a -> {
                values.put("from", a.from().value());
                values.put("to", a.to().value());
                instance(values, "backupSql", Optional.of(a.backupSql()));
                instance(values, "backupMirror", a.backupMirror());
                values.put("force", String.valueOf(a.force()));
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
            case Action.Reassess _ -> {}
        }
        return values;
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
