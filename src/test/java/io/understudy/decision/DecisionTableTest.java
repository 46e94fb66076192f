package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.rules.Row;
import io.understudy.decision.rules.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table says of itself what the decider does. */
class DecisionTableTest {

    private static final int SEEDS = 6_000;

    /** Rows that nothing of an estate shows: branches, blips, other products. */
    private static final Set<String> UNWATCHED = Set.of("P18", "P19", "O12", "O13");

    private static final List<Evaluation> EVALUATIONS = new ArrayList<>(SEEDS);

    private static final Map<String, List<Row>> ROWS = Table.byId();

    private static Stream<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }

    @BeforeAll
    static void evaluateAllScenes() {
        for (long seed = 0; seed < SEEDS; seed++) {
            EVALUATIONS.add(Decider.decide(WideScenes.snapshot(seed)));
        }
    }

    private static void forAllScenes(Consumer<Evaluation> property) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                property.accept(EVALUATIONS.get(seed));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void everyRowOfTheFieldIsInTheTableAndInItsOrder() {
        assertEquals(
                Stream.of(ids("F", 12), ids("B", 17), ids("G", 5), ids("P", 20), ids("O", 13))
                        .flatMap(all -> all)
                        .toList(),
                List.copyOf(ROWS.keySet()));
    }

    @Test
    void onlyWhatNoEstateShowsIsNotWatched() {
        assertEquals(
                UNWATCHED,
                Table.rows().stream()
                        .filter(row -> !row.watched())
                        .map(Row::id)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyRowSaysWhenWhatAtWhichCostAndWhatNot() {
        for (Row row : Table.rows()) {
            for (String said :
                    List.of(row.condition(), row.sentence(), row.cost(), row.mustNot())) {
                assertFalse(said.isBlank(), row::id);
            }
        }
    }

    @Test
    void whateverIsSeenADecisionIsByARowThatNamesItsRemediation() {
        forAllScenes(evaluation ->
                evaluation
                        .decisions()
                        .forEach(decision -> {
                            List<Row> rows = ROWS.getOrDefault(decision.rule(), List.of());
                            assertTrue(
                                    rows.stream()
                                            .anyMatch(row ->
                                                    row.remediations()
                                                            .contains(decision.remediation())),
                                    () ->
                                            decision.rule()
                                                    + " does not name "
                                                    + decision.remediation()
                                                    + ": "
                                                    + decision);
                        }));
    }

    @Test
    void whateverIsSeenAFindingAndARejectionAreByARowOfTheTable() {
        forAllScenes(evaluation -> {
            evaluation.findings().forEach(f -> assertTrue(ROWS.containsKey(f.rule()), f::toString));
            evaluation.decisions().stream()
                    .flatMap(decision -> decision.rejected().stream())
                    .forEach(other -> assertTrue(ROWS.containsKey(other.rule()), other::toString));
        });
    }

    @Test
    void everyRemediationThatAWatchedRowNamesIsMetInSomeScene() {
        Set<String> named = new TreeSet<>();
        Table.rows().forEach(row -> row.remediations().forEach(r -> named.add(row.id() + " " + r)));
        forAllScenes(evaluation ->
                evaluation
                        .decisions()
                        .forEach(d -> named.remove(d.rule() + " " + d.remediation())));
        assertEquals(Set.of(), named);
    }
}
