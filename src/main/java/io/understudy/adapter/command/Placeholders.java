package io.understudy.adapter.command;

import io.understudy.runbook.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an action says ({@link io.understudy.adapter.spi.CallValues}), by name: {@code {to.fqdn}} in
 * an argument, {@code UNDERSTUDY_TO_FQDN} in the environment.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
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
            case RESUME_MIRRORING ->
                    Set.of(
                            "store",
                            "databases",
                            "principal.fqdn",
                            "principal.instance",
                            "principalOn");
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
