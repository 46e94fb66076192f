package io.understudy.decision;

import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.health.ServiceState;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the decider makes of a pool's servers and its store together (domain.md 8.4): a small estate
 * for each cell, evaluated.
 */
final class FrontEndStoreMatrix {

    private static final String POOL = "pool:pool2.contoso.com";
    private static final String PRINCIPAL = "sql:sql21.contoso.com/rtc";
    private static final String MIRROR = "sql:sql22.contoso.com/rtc";

    private static final String HEAD =
            """

            ## Front End and store together

            What is decided for a pool of three Front End Servers, of which two must run, whose store is mirrored without a witness, whose pair is healthy and whose Central Management store is elsewhere. Every cell is an estate that was evaluated with the default policy; "lost" is seen by observers of three sites.

            """;

    /** How the pool's servers, or its store, are. */
    private record State(String name, UnaryOperator<Scene> seen, Duration ago) {
        State(String name, UnaryOperator<Scene> seen) {
            this(name, seen, Duration.ZERO);
        }
    }

    private static final List<State> SERVERS =
            List.of(
                    new State("all servers run", scene -> scene),
                    new State("running at the minimum", scene -> scene.down(server(1))),
                    new State(
                            "all run, two routing groups without primary",
                            scene -> scene.facts(POOL, withoutPrimary(2))),
                    new State("below it, all stopped and reachable", FrontEndStoreMatrix::stopped),
                    new State(
                            "below it, two servers lost",
                            scene -> scene.down(server(1), server(2))));

    private static final List<State> STORES =
            List.of(
                    new State("store serves, redundant", scene -> scene),
                    new State("serves, mirror lost", scene -> scene.down(MIRROR)),
                    new State(
                            "principal lost, mirror has everything",
                            scene -> scene.down(PRINCIPAL)),
                    new State(
                            "both partners lost, less than 30 min",
                            scene -> scene.down(PRINCIPAL, MIRROR)),
                    new State(
                            "both lost, for 31 min",
                            scene -> scene.down(PRINCIPAL, MIRROR),
                            Duration.ofMinutes(31)));

    private FrontEndStoreMatrix() {}

    static String markdown() {
        List<String> heads = new ArrayList<>(List.of(""));
        STORES.forEach(store -> heads.add(store.name()));
        StringBuilder page =
                new StringBuilder(HEAD)
                        .append(TablePage.line(heads))
                        .append("|---".repeat(heads.size()))
                        .append("|\n");
        for (State servers : SERVERS) {
            List<String> cells = new ArrayList<>(List.of("**" + servers.name() + "**"));
            STORES.forEach(store -> cells.add(cell(evaluate(servers, store))));
            page.append(TablePage.line(cells));
        }
        return page.toString();
    }

    private static Evaluation evaluate(State servers, State store) {
        Scene scene = new Scene(Contoso.USUAL.withoutEdge());
        scene = store.seen().apply(servers.seen().apply(scene));
        return store.ago().isZero() ? scene.evaluate() : scene.since(store.ago()).evaluate();
    }

    private static String cell(Evaluation evaluation) {
        return evaluation.decisions().isEmpty()
                ? "nothing"
                : evaluation.decisions().stream()
                        .map(d ->
                                "`%s` (%s)%s"
                                        .formatted(
                                                d.remediation(),
                                                d.rule(),
                                                d.blocked() ? ", blocked by " + unproven(d) : ""))
                        .collect(Collectors.joining("<br>"));
    }

    private static String unproven(Decision decision) {
        return decision.gate().stream()
                .filter(GateClause::blocks)
                .map(clause -> clause.clause().name())
                .collect(Collectors.joining(", "));
    }

    private static String server(int number) {
        return "server:fe2" + number + ".contoso.com";
    }

    private static Scene stopped(Scene scene) {
        for (int i = 1; i <= 3; i++) {
            scene.facts(server(i), new Facts.OfServer(Map.of("RTCSRV", ServiceState.STOPPED)));
        }
        return scene;
    }

    private static Facts withoutPrimary(int groups) {
        Facts.OfPool well =
                (Facts.OfPool) PoolTold.of(PoolState.ACTIVE, ExportStatus.STEADY_STATE).facts();
        return new Facts.OfPool(
                well.poolState(),
                Optional.of(new Facts.RoutingGroups(groups, 0)),
                well.backupService(),
                well.activeUsers(),
                well.chatState(),
                well.centralManagement(),
                well.nextHopPool());
    }
}
