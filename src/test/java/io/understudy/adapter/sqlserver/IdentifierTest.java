package io.understudy.adapter.sqlserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdentifierTest {

    /** Reads a bracketed name as T-SQL does: "]]" is one bracket, a single one ends it. */
    private static String read(String quoted) {
        assertEquals('[', quoted.charAt(0));
        StringBuilder name = new StringBuilder();
        int at = 1;
        while (true) {
            char c = quoted.charAt(at);
            if (c != ']') {
                name.append(c);
                at++;
            } else if (at + 1 < quoted.length() && quoted.charAt(at + 1) == ']') {
                name.append(']');
                at += 2;
            } else {
                assertEquals(quoted.length() - 1, at, "something follows the name in " + quoted);
                return name.toString();
            }
        }
    }

    @Test
    void aPlainNameIsInBrackets() {
        assertEquals("[rtcxds]", Identifier.quoted("rtcxds"));
    }

    @Test
    void onlyTheClosingBracketIsDoubled() {
        assertEquals("[a]]b[c'd\"e;--f]", Identifier.quoted("a]b[c'd\"e;--f"));
        assertEquals("[]]]", Identifier.quoted("]"));
        assertEquals("[]]]]]", Identifier.quoted("]]"));
    }

    @Test
    void everyCharacterIsReadBackOrRefused() {
        // all of the first plane, and some of every other
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x10000 ? 1 : 97) {
            String name = "x" + Character.toString(c) + "y";
            String quoted;
            try {
                quoted = Identifier.quoted(name);
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("U+"), e.getMessage());
                continue;
            }
            assertEquals(name, read(quoted));
        }
    }

    @Test
    void everyNameOfThreeDangerousCharactersIsReadBack() {
        String dangerous = "[]'\";-/*$(){}@ .a";
        for (char a : dangerous.toCharArray()) {
            for (char b : dangerous.toCharArray()) {
                for (char c : dangerous.toCharArray()) {
                    String name = "" + a + b + c;
                    if (!name.isBlank()) {
                        assertEquals(name, read(Identifier.quoted(name)));
                    }
                }
            }
        }
    }

    @Test
    void whatNobodySeesIsRefused() {
        for (String name :
                new String[] {
                    "",
                    "  ",
                    "a\nb",
                    "a\rb",
                    "a\u0000b",
                    "a\tb",
                    "a\u202Eb",
                    "a\u200Bb",
                    "a\uFEFFb",
                    "a\u2028b",
                    "a\u0085b",
                    "a\uD800b",
                    "a\uE000b"
                }) {
            assertThrows(IllegalArgumentException.class, () -> Identifier.quoted(name), name);
        }
    }

    @Test
    void aNameHas128CharactersAtMost() {
        assertEquals(130, Identifier.quoted("x".repeat(128)).length());
        assertEquals(258, Identifier.quoted("]".repeat(128)).length());
        assertThrows(IllegalArgumentException.class, () -> Identifier.quoted("x".repeat(129)));
    }
}
