package io.understudy.adapter.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.sqlserver.KnownError.Reaction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownErrorTest {

    /** All numbers of domain.md 4.8. */
    private static final List<Integer> DOCUMENTED =
            List.of(
                    1402, 1403, 1404, 1406, 1413, 1421, 1438, 1416, 1417, 1418, 1419, 1448, 1422,
                    1426, 1433, 1427, 1428, 1431, 1440, 1441, 1442, 1443, 1445, 1447, 1453, 1454,
                    1458, 1455, 1456, 1457, 1459, 1462, 1464, 1465, 1466, 1475, 1478, 1468, 1470,
                    1477, 1474, 1479, 1480, 945, 954, 955, 956, 921, 922, 927, 952, 978, 983, 9002,
                    32040, 32042, 32043, 32044);

    private static Reaction reaction(int number) {
        return KnownError.of(number).orElseThrow().reaction();
    }

    @Test
    void everyDocumentedNumberIsKnown() {
        for (int number : DOCUMENTED) {
            assertTrue(KnownError.of(number).isPresent(), "error " + number);
        }
    }

    @Test
    void whatAPersonMustMendSaysHow() {
        for (int number = 1; number < 50_000; number++) {
            KnownError.of(number)
                    .filter(e -> Set.of(Reaction.REFUSED, Reaction.FATAL).contains(e.reaction()))
                    .ifPresent(e -> assertFalse(e.whatToDo().isBlank(), "error " + e.number()));
        }
    }

    @Test
    void whatPassesByItselfIsRetried() {
        for (int number : new int[] {1404, 1428, 921, 922, 927, 952, 978, 983}) {
            assertEquals(Reaction.RETRY, reaction(number), "error " + number);
        }
    }

    @Test
    void whatMayHaveHadAnEffectIsLookedAtAgain() {
        for (int number : new int[] {1413, 1421, 1438, 1474, 1479}) {
            assertEquals(Reaction.LOOK_AGAIN, reaction(number), "error " + number);
        }
    }

    @Test
    void aForceThatIsRefusedIsNotRepeated() {
        assertEquals(Reaction.REFUSED, reaction(1455));
        assertEquals(Reaction.REFUSED, reaction(1406));
    }
}
