package io.understudy.proof;

import static io.understudy.proof.Seen.DOWN;
import static io.understudy.proof.Seen.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.Position;
import io.understudy.proof.Mirroring.Copy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle reads the truth table of domain.md 4.6 and the numbers of 3.1 as they stand. */
class OracleTest {

    @ParameterizedTest
    @CsvSource({
        "UP, UP, UP, YES",
        "UP, UP, DOWN, YES",
        "UP, DOWN, UP, YES",
        "UP, DOWN, DOWN, NO",
        "DOWN, UP, DOWN, NO",
        "DOWN, DOWN, UP, NO",
        "DOWN, DOWN, DOWN, NO",
        // SQL may have failed over by itself since
        "DOWN, UP, UP, OPEN",
        "SILENT, UP, UP, OPEN",
        "SILENT, DOWN, UP, OPEN",
        "SILENT, DOWN, DOWN, NO",
        "UP, SILENT, UP, YES",
        "UP, ONE_SITE, DOWN, OPEN",
        "UP, DISAGREED, SILENT, OPEN"
    })
    void readsTheTruthTableWithAWitness(Seen p, Seen m, Seen w, Verdict serves) {
        assertEquals(serves, StoreTruth.serves(Side.well(3).sql(p, m, w), true));
    }

    @ParameterizedTest
    @CsvSource({
        "UP, DOWN, YES",
        "UP, SILENT, YES",
        "DOWN, UP, NO",
        "DOWN, DOWN, NO",
        "SILENT, UP, OPEN"
    })
    void readsTheTruthTableWithoutAWitness(Seen p, Seen m, Verdict serves) {
        assertEquals(serves, StoreTruth.serves(Side.well(3).sql(p, m, DOWN), false));
    }

    @Test
    void doesNotKnowWhoServesWhenNobodyTellsWhoIsPrincipal() {
        Side untold = Side.well(3).sql(DOWN, UP, UP).mirroring(Copy.UNTOLD, Position.PRIMARY, true);
        assertEquals(Verdict.OPEN, StoreTruth.serves(untold, false));
        assertEquals(Verdict.YES, StoreTruth.serves(untold.sql(UP, UP, UP), false));
        assertEquals(Verdict.NO, StoreTruth.serves(untold.sql(DOWN, DOWN, UP), false));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 2, 2", "4, 2, 3", "5, 3, 3", "12, 5, 6"})
    void countsThePrimarySqlDatabaseAsAVoterOfEvenPools(int servers, int with, int without) {
        assertEquals(with, FrontEndTruth.needed(servers, true));
        assertEquals(without, FrontEndTruth.needed(servers, false));
    }

    @Test
    void takesADegradedServerForOneThatRuns() {
        Side slow = Side.well(3).lastFrontEnds(3, Seen.DEGRADED);
        assertEquals(Verdict.YES, FrontEndTruth.functional(slow));
    }

    @Test
    void takesNothingForLostThatMayStillRun() {
        Side unsure = Side.well(3).lastFrontEnds(3, Seen.ONE_SITE);
        assertEquals(Verdict.OPEN, FrontEndTruth.functional(unsure));
        assertEquals(Verdict.NO, FrontEndTruth.functional(unsure.lastFrontEnds(2, DOWN)));
        assertEquals(Verdict.YES, FrontEndTruth.functional(unsure.lastFrontEnds(1, DOWN)));
        assertEquals(UP, unsure.lastFrontEnds(1, DOWN).frontEnds().getFirst());
    }
}
