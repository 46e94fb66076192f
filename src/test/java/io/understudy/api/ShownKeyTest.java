package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownKeyTest {

    private static final String KEY = "understudy_abc-1";

    @Test
    void aKeyIsOneCallersHoweverItIsWritten() {
        for (String written : List.of("Bearer ", "bearer ", "BEARER ", "Bearer   ")) {
            List<String> shown = List.of(written + KEY);
            assertEquals(Optional.of(KEY), ShownKey.key(shown));
            assertEquals(ShownKey.id(List.of("Bearer " + KEY)), ShownKey.id(shown), written);
        }
        assertNotEquals(
                ShownKey.id(List.of("Bearer " + KEY)), ShownKey.id(List.of("Bearer " + KEY + "2")));
    }

    @Test
    void whatIsNoKeyOfOursIsNone() {
        assertEquals(Optional.empty(), ShownKey.key(List.of()));
        assertEquals(Optional.empty(), ShownKey.key(List.of("Bearer " + KEY, "Bearer " + KEY)));
        assertEquals(Optional.empty(), ShownKey.key(List.of("Bearer\t" + KEY)));
        assertEquals(Optional.empty(), ShownKey.key(List.of("Basic " + KEY)));
        assertEquals(Optional.empty(), ShownKey.key(List.of("Bearer " + "x".repeat(257))));
    }
}
