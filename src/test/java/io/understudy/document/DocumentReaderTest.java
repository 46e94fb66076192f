package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {

    private static final Pattern NAME_OF_CLASS =
            Pattern.compile("Stream[A-Z]|Feature|Exception|Event|Source|java\\.|org\\.|com\\.");

    @Test
    void jsonAndYamlOfTheSameDocumentAreTheSameTree() {
        assertEquals(
                Samples.json(
                        "{\"name\": \"contoso\", \"users\": 3, \"sites\": [{\"name\": \"dublin\"}], \"on\": true}"),
                Samples.yaml("name: contoso\nusers: 3\nsites:\n  - {name: dublin}\non: true\n"));
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertEquals(
                "contoso", Samples.json("\uFEFF{\"name\": \"contoso\"}").path("name").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"a\": 1} x",
                "{\"a\": 1}{\"a\": 1}",
                "{\"a\": 1, \"a\": 2}",
                "[1,]",
                "{\"a\": [1}",
                "{'a': 1}",
                "[NaN]",
                "[1e]",
                "[\"\\ud800\\u0000\u0001\"]",
                "nul",
                "// a\n{}"
            })
    void whatIsNoJsonDocumentIsMalformed(String text) {
        assertMalformed(text, Format.JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment\n",
                "a: 1\na: 2\n",
                "a: [1\n",
                "a: 1\n---\nb: 2\n",
                "a: &x [1]\n",
                "a: &x 1\nb: *x\n",
                "a: !!java.net.URL ['http://localhost']\n",
                "a: !mine 1\n",
                "\ta: 1\n",
                "a: b: c\n",
                "? [a]\n: 1\n",
                "? {a: b}\n: 1\n",
                "*a : 1\n",
                "{*a : 1}"
            })
    void whatIsNoPlainYamlDocumentIsMalformed(String text) {
        assertMalformed(text, Format.YAML);
    }

    @Test
    void aBillionLaughsIsRefusedAtItsFirstAnchor() {
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n";
        MalformedDocument refused = assertThrows(MalformedDocument.class, () -> Samples.yaml(bomb));
        assertEquals(1, refused.line());
    }

    @ParameterizedTest
    @ValueSource(ints = {DocumentReader.MOST_DEPTH + 1, 100_000})
    void deepNestingIsMalformed(int depth) {
        assertMalformed("[".repeat(depth) + "]".repeat(depth), Format.JSON);
        assertMalformed("[".repeat(depth) + "]".repeat(depth), Format.YAML);
        assertMalformed("{\"a\":".repeat(depth) + "1" + "}".repeat(depth), Format.JSON);
    }

    @Test
    void theDeepestNestingAllowedIsRead() {
        String text = "[".repeat(DocumentReader.MOST_DEPTH) + "]".repeat(DocumentReader.MOST_DEPTH);
        assertTrue(Samples.json(text).isArray());
    }

    @Test
    void numbersTextsAndNamesHaveALimit() {
        assertMalformed("[" + "9".repeat(DocumentReader.LONGEST_NUMBER + 1) + "]", Format.JSON);
        assertMalformed("[\"" + "a".repeat(DocumentReader.LONGEST_TEXT + 1) + "\"]", Format.JSON);
        assertMalformed(
                "{\"" + "a".repeat(DocumentReader.LONGEST_NAME + 1) + "\": 1}", Format.JSON);
        assertMalformed("- " + "9".repeat(DocumentReader.LONGEST_NUMBER + 1), Format.YAML);
        assertMalformed("- " + "a".repeat(DocumentReader.LONGEST_TEXT + 1), Format.YAML);
        assertMalformed("a".repeat(DocumentReader.LONGEST_NAME + 1) + ": 1", Format.YAML);
        assertTrue(Samples.json("[" + "9".repeat(DocumentReader.LONGEST_NUMBER) + "]").isArray());
    }

    @Test
    void aDocumentHasAGreatestLength() {
        byte[] body = new byte[DocumentReader.MOST_BYTES + 1];
        assertThrows(MalformedDocument.class, () -> DocumentReader.read(body, Format.JSON));
    }

    @Test
    void bytesThatAreNotUtf8AreMalformedAndTold() {
        byte[] body = "{\n \"name\": \"x\"}".getBytes(StandardCharsets.UTF_8);
        body[11] = (byte) 0xC3;
        MalformedDocument refused =
                assertThrows(MalformedDocument.class, () -> DocumentReader.read(body, Format.JSON));
        assertEquals(2, refused.line());
        assertEquals(10, refused.column());
        assertThrows(
                MalformedDocument.class,
                () ->
                        DocumentReader.read(
                                "{\"a\": 1}".getBytes(StandardCharsets.UTF_16), Format.JSON));
        byte[] cut = {'"', (byte) 0xE2, (byte) 0x82};
        assertThrows(MalformedDocument.class, () -> DocumentReader.read(cut, Format.JSON));
    }

    @Test
    void theLineAndColumnOfAMistakeAreTold() {
        MalformedDocument refused =
                assertThrows(MalformedDocument.class, () -> Samples.json("{\n\n  \"a\" 1}"));
        assertEquals(3, refused.line());
        assertTrue(refused.getMessage().contains("line 3"), refused.getMessage());
    }

    @Test
    void whatIsWrongIsToldAndNotOnlyWhatWasBeingRead() {
        MalformedDocument refused =
                assertThrows(MalformedDocument.class, () -> Samples.yaml("a: [1\nb: 2\n"));
        assertEquals(
                "while parsing a flow sequence: expected ',' or ']', but got : (line 2, column 2)",
                refused.getMessage());
    }

    @Test
    void bytesOfAnyKindAreReadOrMalformed() {
        long seed = 20260711;
        Random random = new Random(seed);
        String[] pieces = {
            "a: ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&x ",
            "*x",
            "!!int ",
            "\n",
            "  ",
            "\"",
            "'",
            "|",
            ">",
            "%YAML 9",
            "? ",
            ": ",
            ",",
            "0x",
            "0o9",
            "1_0",
            ".inf",
            ".nan",
            "~",
            "<<: ",
            "\t",
            "#",
            "---",
            "...",
            "\u0000",
            "\u0085",
            "\\u",
            "1e999999999",
            "-0",
            "2026-01-01"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            for (Format format : Format.values()) {
                readOrMalformed(
                        text.toString().getBytes(StandardCharsets.UTF_8), format, seed, round);
            }
        }
        for (int round = 0; round < 2_000; round++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = random.nextInt(20); i >= 0; i--) {
                body.write(random.nextInt(256));
            }
            readOrMalformed(body.toByteArray(), Format.JSON, seed, round);
            readOrMalformed(body.toByteArray(), Format.YAML, seed, round);
        }
    }

    private static void readOrMalformed(byte[] body, Format format, long seed, int round) {
        try {
            JsonNode tree = DocumentReader.read(body, format);
            assertTrue(!tree.isMissingNode());
        } catch (MalformedDocument expected) {
            assertInPlainWords(expected);
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + ", round "
                            + round
                            + ", "
                            + format
                            + ": "
                            + new String(body, StandardCharsets.ISO_8859_1),
                    e);
        }
    }

    /** Its scanner would take minutes for a line as long as a document may be. */
    @Test
    void aLineOfYamlIsNotAsLongAsADocument() {
        String text = "a: 1\nb: \"" + "x".repeat(DocumentReader.LONGEST_LINE) + "\"\n";

        MalformedDocument refusal =
                assertThrows(
                        MalformedDocument.class,
                        () ->
                                DocumentReader.read(
                                        text.getBytes(StandardCharsets.UTF_8), Format.YAML));

        assertTrue(refusal.getMessage().contains("a line is longer than"), refusal.getMessage());
        assertEquals(2, refusal.line());
    }

    private static void assertMalformed(String text, Format format) {
        assertInPlainWords(
                assertThrows(
                        MalformedDocument.class,
                        () -> DocumentReader.read(text.getBytes(StandardCharsets.UTF_8), format),
                        text));
    }

    /** Not with the names of the classes that read it, or of their settings. */
    private static void assertInPlainWords(MalformedDocument refused) {
        String said = refused.getMessage();
        assertTrue(!said.isBlank() && !NAME_OF_CLASS.matcher(said).find(), said);
    }
}
