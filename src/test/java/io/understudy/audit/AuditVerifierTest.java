package io.understudy.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerifierTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    @TempDir private Path directory;

    private final List<AuditRow> rows = rows(5);

    @Test
    void aLineIsReadAsItWasWritten() {
        AuditEvent strange =
                new AuditEvent(
                        AT,
                        "\" \\ \u0001 \n \u00f6 \ud83d\ude00",
                        "A",
                        "",
                        Map.of("", "{}", "\u00e4", "\t"));
        AuditRow row = new AuditRow(1, strange, ChainHead.NO_HASH, ChainHead.NO_HASH);

        assertEquals(row, ExportLine.read(ExportLine.write(row)));
        assertEquals(
                "{\"number\":1,\"at\":\"2026-11-21T10:00:00.123456Z\",\"actor\":\"ann\",\"action\":\"DONE\",\"subject\":\"it\",\"details\":{\"i\":\"1\"},\"previous\":\""
                        + ChainHead.NO_HASH
                        + "\",\"hash\":\"516d641e951d47cec1703f9590448f1bb1518db6291f1117b0fbb9af4eb77408\"}",
                ExportLine.write(rows.getFirst()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"number\":x",
                "{\"number\":1,\"at\":\"2026-11-21T10:00:00Z\",\"actor\":\"\",\"action\":\"\",\"subject\":\"\",\"details\":{},\"previous\":\"\",\"hash\":\"\"}",
                "{\"number\":1,\"at\":\"2026-11-21T10:00:00.000000Z\",\"actor\":\"\",\"action\":\"\",\"subject\":\"\",\"details\":{\"a\":\"1\",\"a\":\"2\"},\"previous\":\"\",\"hash\":\"\"}",
                "{\"number\":1,\"at\":\"2026-11-21T10:00:00.000000Z\",\"actor\":\"\",\"action\":\"\",\"subject\":\"\",\"details\":{},\"previous\":\"\",\"hash\":\"\"} more"
            })
    void whatIsNoRowIsRefused(String line) {
        assertThrows(IllegalArgumentException.class, () -> ExportLine.read(line));
    }

    @Test
    void aWholeExportHolds() throws Exception {
        AuditVerifier.Outcome outcome = check(export(rows));

        assertEquals(0, outcome.exit());
        assertEquals(
                "INTACT: 5 rows hold, the last is "
                        + rows.getLast().head()
                        + "; anchors compared: 0",
                outcome.message());
    }

    @Test
    void anExportThatBeginsLaterHolds() throws Exception {
        Path export = export(rows.subList(2, 5));

        assertEquals(0, check(export).exit());
        assertEquals(0, check(export, "--anchor", rows.get(1).head().toString()).exit());
        assertEquals(1, check(export, "--anchor", "2:" + rows.get(2).hash()).exit());
    }

    @Test
    void anEditedLineIsNamed() throws Exception {
        Path export = export(rows);
        Files.writeString(export, Files.readString(export).replace("\"i\":\"3\"", "\"i\":\"4\""));

        AuditVerifier.Outcome outcome = check(export);

        assertEquals(1, outcome.exit());
        assertTrue(outcome.message().startsWith("BROKEN at row 3, EDITED"), outcome.message());
    }

    @Test
    void aMissingLineIsNamed() throws Exception {
        List<AuditRow> fewer = new ArrayList<>(rows);
        fewer.remove(2);

        AuditVerifier.Outcome outcome = check(export(fewer));

        assertTrue(outcome.message().startsWith("BROKEN at row 3, MISSING"), outcome.message());
    }

    @Test
    void aFirstLineThatPretendsToFollowAnotherIsNamed() throws Exception {
        AuditEvent event = rows.getFirst().event();
        String pretended = "1".repeat(64);
        AuditRow forged = new AuditRow(1, event, pretended, AuditHash.of(1, pretended, event));

        assertTrue(
                check(export(List.of(forged))).message().startsWith("BROKEN at row 1, NOT_LINKED"));
    }

    @Test
    void linesCutOffAtTheEndAreNamedByAnAnchor() throws Exception {
        Path export = export(rows.subList(0, 3));
        Path anchors = directory.resolve("anchors");
        Files.writeString(
                anchors,
                AnchorLines.line(rows.get(1).head(), AT)
                        + AnchorLines.line(rows.get(4).head(), AT));

        assertEquals(0, check(export).exit());
        AuditVerifier.Outcome outcome = check(export, "--anchors", anchors.toString());
        assertEquals(1, outcome.exit());
        assertTrue(outcome.message().startsWith("BROKEN at row 4, CUT_OFF"), outcome.message());
        assertTrue(outcome.message().endsWith("anchors compared: 1"), outcome.message());
    }

    @Test
    void whatCannotBeCheckedSaysSo() throws Exception {
        Path export = export(rows);

        assertEquals(2, AuditVerifier.run(List.of()).exit());
        assertEquals(2, check(directory.resolve("none")).exit());
        assertEquals(2, check(export, "--anchor").exit());
        assertEquals(2, check(export, "--anchor", "5").exit());
        assertEquals(2, check(export, "--what", "5").exit());
        Files.writeString(export, "no row\n");
        assertTrue(check(export).message().contains("line 1 of the export is no audit row"));
    }

    private static AuditVerifier.Outcome check(Path export, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add(export.toString());
        return AuditVerifier.run(
                more.length == 1 ? List.of(export.toString(), more[0]) : arguments);
    }

    private Path export(List<AuditRow> of) throws IOException {
        return Files.write(
                directory.resolve("export.jsonl"), of.stream().map(ExportLine::write).toList());
    }

    private static List<AuditRow> rows(int count) {
        List<AuditRow> rows = new ArrayList<>();
        ChainHead head = ChainHead.NONE;
        for (int i = 1; i <= count; i++) {
            AuditEvent event = new AuditEvent(AT, "ann", "DONE", "it", Map.of("i", "" + i));
            rows.add(new AuditRow(i, event, head.hash(), AuditHash.of(i, head.hash(), event)));
            head = rows.getLast().head();
        }
        return rows;
    }
}
