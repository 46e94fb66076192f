package io.understudy.adapter.sqlserver;

import io.understudy.estate.SqlInstance;
import io.understudy.health.MirroringState;
import io.understudy.health.Safety;
import io.understudy.health.WitnessState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one partner says of one database (domain.md 4.4).
 *
 * @param databaseState ONLINE, RESTORING and so on
 * @param role PRINCIPAL or MIRROR; empty where mirroring_* is NULL: not mirrored, not online, or on
 *     the mirror for anybody but a sysadmin
 * @param witnessSet whether the session has a witness
 */
record MirrorRow(
        String database,
        String databaseState,
        Optional<String> role,
        MirroringState state,
        Safety safety,
        boolean witnessSet,
        WitnessState witness) {

    private static final String SQL =
            "SELECT d.name, d.state_desc, m.mirroring_role_desc, m.mirroring_state_desc,"
                    + " m.mirroring_safety_level_desc, m.mirroring_witness_name,"
                    + " m.mirroring_witness_state_desc"
                    + " FROM sys.databases d"
                    + " LEFT JOIN sys.database_mirroring m ON m.database_id = d.database_id";

    boolean principal() {
        return role.filter("PRINCIPAL"::equals).isPresent();
    }

    boolean mirror() {
        return role.filter("MIRROR"::equals).isPresent();
    }

    boolean online() {
        return databaseState.equals("ONLINE");
    }

    /** All databases of an instance by name, which SQL Server does not tell apart by case. */
    static Map<String, MirrorRow> read(Visit visit, SqlInstance instance) throws SqlTrouble {
        Map<String, MirrorRow> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<Row> answer = visit.ask(instance, SQL);
        answer.forEach(row -> rows.put(row.name("name"), of(row)));
        return rows;
    }

    private static MirrorRow of(Row row) {
        return new MirrorRow(
                row.name("name"),
                row.name("state_desc").toUpperCase(Locale.ROOT),
                row.text("mirroring_role_desc").map(r -> r.toUpperCase(Locale.ROOT)),
                word(row, "mirroring_state_desc", MirroringState.values(), MirroringState.UNKNOWN),
                word(row, "mirroring_safety_level_desc", Safety.values(), Safety.UNKNOWN),
                !row.name("mirroring_witness_name").isEmpty(),
                word(
                        row,
                        "mirroring_witness_state_desc",
                        WitnessState.values(),
                        WitnessState.UNKNOWN));
    }

    private static <E extends Enum<E>> E word(Row row, String column, E[] words, E unknown) {
        String told = row.name(column).toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(words).filter(w -> w.name().equals(told)).findFirst().orElse(unknown);
    }
}
