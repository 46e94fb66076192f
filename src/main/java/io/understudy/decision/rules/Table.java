package io.understudy.decision.rules;

import static io.understudy.decision.rules.Row.Basis.GUIDANCE;
import static io.understudy.decision.rules.Row.Basis.INFERENCE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All rows of the decision table, those included for which there is nothing to watch. */
public final class Table {

    private static final List<Row> UNWATCHED =
            List.of(
                    new Row(
                            "P18",
                            INFERENCE,
                            "users of a Survivable Branch Appliance",
                            "The branch serves voice by itself; nothing is done for it. Branches are not in the estate.",
                            "resiliency mode while its backup pool is gone",
                            "no promise of full service"),
                    new Row(
                            "P19",
                            GUIDANCE,
                            "an interruption shorter than the detection interval",
                            "Voice re-registers by itself. What does not last is not believed: the thresholds of the policy see to that.",
                            "none",
                            "no intervals so low that registrars flap"),
                    new Row(
                            "O12",
                            GUIDANCE,
                            "Office Web Apps or Exchange Unified Messaging down",
                            "They have high availability of their own and are not in the estate.",
                            "shared presentations; voice mail",
                            "no failover of anything"),
                    new Row(
                            "O13",
                            INFERENCE,
                            "Active Directory or DNS down",
                            "Everything looks dead or is unknown, and what is unknown is never acted upon.",
                            "sign-in everywhere",
                            "no failover of anything"));

    private Table() {}

    /** Every row once for each place where it is looked at, in the order of domain.md 8. */
    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (List<? extends Rule<?>> rules :
                List.of(
                        StoreRules.RULES,
                        MirroringRules.RULES,
                        GroupRules.RULES,
                        PoolRules.RULES,
                        PoolFailover.RULES,
                        EdgeNextHop.RULES,
                        PairRules.BACKUP_SERVICE,
                        PlannedRules.RULES,
                        CentralManagementRules.RULES,
                        OtherRoleRules.EDGE,
                        OtherRoleRules.MEDIATION,
                        OtherRoleRules.DIRECTOR,
                        ChatRules.SERVICE,
                        ChatRules.SERVERS,
                        ChatRules.SHIPPING)) {
            rules.forEach(rule -> rows.add(rule.row()));
        }
        rows.addAll(FileStoreRules.ROWS);
        rows.addAll(SiteRules.ROWS);
        rows.addAll(ObserverRules.ROWS);
        rows.addAll(UNWATCHED);
        return rows.stream().distinct().sorted(Comparator.comparing(Table::place)).toList();
    }

    /** The rows by id; where one is looked at in several places, all of them. */
    public static Map<String, List<Row>> byId() {
        Map<String, List<Row>> byId = new LinkedHashMap<>();
        rows().forEach(row ->
                byId.merge(
                        row.id(),
                        List.of(row),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        return byId;
    }

    /** F, B, G, P, O as in domain.md 8, and numbers by value. */
    private static int place(Row row) {
        return "FBGPO".indexOf(row.id().charAt(0)) * 100 + Integer.parseInt(row.id().substring(1));
    }
}
