package io.understudy.decision;

import io.understudy.decision.rules.Row;
import io.understudy.decision.rules.Table;
import io.understudy.runbook.Runbooks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The decision table as a page for people, written from what the code says and does. */
final class TablePage {

    private static final String HEAD =
            """
            # The decision table

            Every decision and every finding names in `rule` the row by which it was made; look the row up here, and read what it costs and what must not be done before you approve it. Among the rows that fit, the decider takes the one with the smallest remediation that restores service, and says why it rejected the others.

            This page is written by a test from the code, and fails the build when it no longer is what the code does; see [CONTRIBUTING.md](../CONTRIBUTING.md). **G** marks Microsoft's guidance, **I** what is inferred from it: confirm an **I** for your estate before you automate it.

            ## Remediations

            | Remediation | Default mode | Approvals | Carried out |
            |---|---|---|---|
            """;

    private static final String MODES =
            """

            OBSERVE records, ADVISE waits for approval, AUTOMATE starts by itself; the [policy](settings.md#the-policy) sets modes by remediation, site, pool and store. Two approvals, and never AUTOMATE, whatever the row and the policy say: a pool failover that may lose more than the release's recovery point objective, whatever loses an unknown amount, a failback that gives up what was written on the backup pool (P13), and a repair that gives up what an old principal did not send (B16). Row P11 and all failbacks are started by people only. A decision is blocked while a required clause of its gate is not proven.

            "When a person asks for it" means that the decision is shown with its reason, gate and losses, and that a run of it is opened by `POST /api/v1/runs` alone: failbacks, and failovers that give up what the lost side has not sent.
            """;

    private static final Map<Character, String> SECTIONS =
            Map.of(
                    'F', "Front End",
                    'B', "Mirroring",
                    'G', "Availability Group",
                    'P', "Pool, site, network",
                    'O', "Other roles");

    private static final Map<Character, String> ABOUT =
            Map.of(
                    'F',
                            "Servers of a Front End pool, counted by the functional number of its size.",
                    'B',
                            "The SQL store of a pool with a principal, a mirror and perhaps a witness.",
                    'G', "The SQL store of a pool with a primary and a secondary replica.",
                    'P',
                            "A pool as a whole, its pair, the Central Management store, sites and the lines between them.",
                    'O',
                            "File share, Edge, Mediation, Director, Persistent Chat, and what other products do.");

    private TablePage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        Arrays.stream(Remediation.values()).forEach(r -> page.append(remediation(r)));
        page.append(MODES);
        "FBGPO".chars().forEach(letter -> page.append(section((char) letter)));
        return page.append(FrontEndStoreMatrix.markdown()).toString();
    }

    private static String remediation(Remediation r) {
        Mode mode = Policy.defaultMode(r);
        String approvals = r.acts() ? approvals(r, mode) : "none";
        String carriedOut =
                r == Remediation.REPAIR
                        ? "by people; by P4, B12 and B16 also as a run that a person asks for, which by B16 needs two approvals"
                        : !Runbooks.carriesOut(r)
                                ? "nothing to carry out"
                                : r.openedUnasked() ? "yes" : "when a person asks for it";
        return line(List.of("`" + r + "`", r.acts() ? mode.name() : "–", approvals, carriedOut));
    }

    private static String approvals(Remediation r, Mode mode) {
        return switch (mode) {
            case AUTOMATE -> "0";
            case ADVISE, OBSERVE -> r.irreversible() ? "2" : "1";
        };
    }

    private static String section(char letter) {
        String head =
                """

                ## %s

                %s

                | Row | When | Remediation, its default mode and approvals | What it says | What it costs | What must not be done |
                |---|---|---|---|---|---|
                """
                        .formatted(SECTIONS.get(letter), ABOUT.get(letter));
        return Table.rows().stream()
                .filter(row -> row.id().charAt(0) == letter)
                .map(TablePage::row)
                .collect(Collectors.joining("", head, ""));
    }

    private static String row(Row row) {
        String mark =
                switch (row.basis()) {
                    case GUIDANCE -> "G";
                    case INFERENCE -> "I";
                };
        String remediations =
                !row.watched()
                        ? "**not watched**"
                        : row.remediations().stream()
                                .map(TablePage::brief)
                                .collect(Collectors.joining("<br>"));
        return line(
                List.of(
                        "**" + row.id() + "** " + mark,
                        row.condition(),
                        remediations,
                        row.sentence(),
                        row.cost(),
                        row.mustNot()));
    }

    private static String brief(Remediation r) {
        Mode mode = Policy.defaultMode(r);
        return r.acts() ? "`%s` %s, %s".formatted(r, mode, approvals(r, mode)) : "`" + r + "`";
    }

    static String line(List<String> cells) {
        List<String> escaped = new ArrayList<>();
        cells.forEach(cell -> escaped.add(cell.replace("|", "\\|")));
        return "| " + String.join(" | ", escaped) + " |\n";
    }
}
