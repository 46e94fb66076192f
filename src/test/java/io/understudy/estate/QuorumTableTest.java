package io.understudy.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTableTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1", "2, 1, 2, 1", "3, 2, 3, 3", "4, 2, 4, 3", "5, 3, 5, 4", "6, 3, 6, 5",
        "7, 4, 7, 5", "8, 4, 7, 6", "9, 4, 7, 7", "10, 5, 9, 8", "11, 5, 9, 9", "12, 5, 9, 10"
    })
    void namesMicrosoftsNumbers(int servers, int required, int ofFirst, int firstStart) {
        assertEquals(
                new QuorumTable.Functional(required, ofFirst),
                QuorumTable.functional(servers, Release.LYNC_2013));
        assertEquals(firstStart, QuorumTable.firstStart(servers));
    }

    @ParameterizedTest
    @CsvSource({"12", "13", "14", "15", "16"})
    void countsTheFirstTwelveIn2019(int servers) {
        assertEquals(
                new QuorumTable.Functional(7, 12),
                QuorumTable.functional(servers, Release.SFB_2019));
    }

    @ParameterizedTest
    @CsvSource({"13, 10", "16, 12"})
    void startsLargePoolsByThreeQuarters(int servers, int firstStart) {
        assertEquals(firstStart, QuorumTable.firstStart(servers));
    }
}
