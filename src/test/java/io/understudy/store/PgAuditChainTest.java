package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditEvent;
import io.understudy.audit.AuditHash;
import io.understudy.audit.AuditLog;
import io.understudy.audit.AuditRow;
import io.understudy.audit.Break;
import io.understudy.audit.Break.Kind;
import io.understudy.audit.ChainHead;
import io.understudy.audit.Verification;
import io.understudy.run.Contention;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain, and what somebody with every right leaves behind who changes it past its triggers. */
class PgAuditChainTest {

    private static final NavigableMap<Long, String> NO_ANCHORS = new TreeMap<>();

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private AuditLog log;
    private AuditChain chain;

    @BeforeEach
    void open() {
        log = new PgAuditLog(database.database());
        chain = new PgAuditChain(database.database());
    }

    @Test
    void anEmptyChainHolds() {
        assertEquals(
                new Verification(0, ChainHead.NONE, 0, Optional.empty()), chain.verify(NO_ANCHORS));
    }

    @Test
    void theDatabaseAndJavaMakeTheSameHashes() {
        log.append(event(Map.of("z", "", "\u00e4", "1:2,", "Z", "\ud83d\ude00", "\uffff", "x")));
        log.append(
                new AuditEvent(
                        Instant.parse("1969-12-31T23:59:59.000001Z"),
                        "\u00f6 \"\\ \n",
                        "A",
                        "",
                        Map.of()));

        List<AuditRow> rows = chain.after(0, 10);

        assertEquals(ChainHead.NO_HASH, rows.get(0).previous());
        assertEquals(rows.get(0).hash(), rows.get(1).previous());
        rows.forEach(row ->
                assertEquals(AuditHash.of(row.number(), row.previous(), row.event()), row.hash()));
        assertEquals(Optional.of(rows.get(1).head()), chain.head());
        assertTrue(chain.verify(NO_ANCHORS).intact());
    }

    @Test
    void manyWhoAppendAtOnceMakeOneChainWithoutGaps() throws Exception {
        Contention.of(
                20,
                i -> {
                    log.append(event(Map.of("i", "" + i)));
                    return i;
                });

        Verification found = chain.verify(NO_ANCHORS);

        assertEquals(20, found.verified());
        assertTrue(found.intact());
        assertEquals(
                LongStream.rangeClosed(1, 20).boxed().toList(),
                chain.after(0, 99).stream().map(AuditRow::number).toList());
    }

    @Test
    void whatIsRolledBackLeavesNoGap() throws Exception {
        append(1);
        database.execute(
                "begin; insert into audit (at, actor, action, subject, details)"
                        + " values (now(), 'x', 'X', 'x', '{}'); rollback");
        append(1);

        assertEquals(2, chain.verify(NO_ANCHORS).last().number());
        assertTrue(chain.verify(NO_ANCHORS).intact());
    }

    @Test
    void moreThanAPageIsWalked() throws Exception {
        database.execute(
                "insert into audit (at, actor, action, subject, details) select now(), 'x', 'X', 'x',"
                        + " '{}' from generate_series(1, "
                        + (2 * AuditChain.PAGE + 1)
                        + ")");
        assertEquals(2 * AuditChain.PAGE + 1, chain.verify(NO_ANCHORS).verified());

        behindTheTriggers("delete from audit where number = 1500");

        assertBroken(1500, Kind.MISSING, 1499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "details = '{\"word\": \"no\"}'",
                "details = '{}'",
                "details = '{\"i\": 3}'",
                "actor = 'nobody'",
                "action = 'NOTHING'",
                "subject = 'another'",
                "at = at + interval '1 microsecond'",
                "hash = repeat('1', 64)",
                "previous = repeat('1', 64)"
            })
    void anEditedRowIsNamed(String edit) throws Exception {
        append(5);

        behindTheTriggers("update audit set " + edit + " where number = 3");

        assertBroken(3, Kind.EDITED, 2);
    }

    @Test
    void aRowEditedTogetherWithItsHashIsNamedByTheNext() throws Exception {
        append(5);

        behindTheTriggers(
                "update audit set actor = 'nobody', hash = audit_hash(number, previous, at, 'nobody',"
                        + " action, subject, details) where number = 3");

        Break broken = assertBroken(4, Kind.NOT_LINKED, 3);
        assertTrue(broken.message().contains("row 4 does not follow row 3"), broken.message());
    }

    @ParameterizedTest
    @CsvSource({"number = 1,1", "number = 3,3", "number in (3; 4),3"})
    void deletedRowsAreNamed(String which, long first) throws Exception {
        append(5);

        behindTheTriggers("delete from audit where " + which.replace(';', ','));

        assertBroken(first, Kind.MISSING, first - 1);
    }

    @Test
    void ofTwoSwappedRowsTheFirstIsNamed() throws Exception {
        append(5);

        behindTheTriggers(
                "update audit set number = 99 where number = 2;"
                        + " update audit set number = 2 where number = 4;"
                        + " update audit set number = 4 where number = 99");

        assertBroken(2, Kind.EDITED, 1);
    }

    @Test
    void aForgedRowAtTheEndIsNamed() throws Exception {
        append(2);
        String forged =
                "insert into audit select 3, at, actor, 'FORGED', subject, details, hash, %s from audit where number = 2";

        behindTheTriggers(
                forged.formatted("audit_hash(3, hash, at, actor, 'FORGED', subject, details)"));

        assertBroken(3, Kind.BEYOND_HEAD, 2);
        behindTheTriggers("delete from audit where number = 3; " + forged.formatted("hash"));
        behindTheTriggers(
                "update audit_head set number = 3, hash = (select hash from audit where number = 3)");
        assertBroken(3, Kind.EDITED, 2);
    }

    @Test
    void aTailThatWasCutOffIsNamedByTheHead() throws Exception {
        append(5);

        behindTheTriggers("delete from audit where number > 3");

        Break broken = assertBroken(4, Kind.CUT_OFF, 3);
        assertTrue(broken.message().contains("rows 4 to 5 are missing"), broken.message());
    }

    @Test
    void aTailThatWasCutOffTogetherWithTheHeadIsNamedByAnAnchor() throws Exception {
        append(5);
        NavigableMap<Long, String> anchor = anchor();

        behindTheTriggers(
                "delete from audit where number > 3; update audit_head set number = 3, hash ="
                        + " (select hash from audit where number = 3)");

        assertTrue(chain.verify(NO_ANCHORS).intact(), "nothing in the database shows it");
        assertEquals(Kind.CUT_OFF, chain.verify(anchor).broken().orElseThrow().kind());
        assertEquals(4, chain.verify(anchor).broken().orElseThrow().number());
    }

    @Test
    void aChainMadeAnewIsNamedByAnAnchor() throws Exception {
        append(3);
        NavigableMap<Long, String> anchors = anchor();
        append(3);
        anchors.putAll(anchor());

        behindTheTriggers(
                """
                update audit set actor = 'nobody' where number = 5;
                do $$ declare line audit; before text := (select hash from audit where number = 4); begin
                    for line in select * from audit where number > 4 order by number loop
                        update audit set previous = before, hash = audit_hash(line.number, before, line.at,
                            line.actor, line.action, line.subject, line.details)
                        where number = line.number returning hash into before;
                    end loop;
                    update audit_head set hash = before;
                end $$
                """);

        assertTrue(chain.verify(NO_ANCHORS).intact(), "nothing in the database shows it");
        Break broken = chain.verify(anchors).broken().orElseThrow();
        assertEquals(Kind.ANCHOR_DIFFERS, broken.kind());
        assertEquals(6, broken.number());
        assertTrue(broken.message().contains("between 4 and 6"), broken.message());
    }

    @ParameterizedTest
    @CsvSource({
        "'hash = repeat(''1'', 64)',3,HEAD_DIFFERS,3",
        "number = 9,4,CUT_OFF,3",
        "number = 2,3,BEYOND_HEAD,2",
        "'number = 2, hash = (select hash from audit where number = 2)',3,BEYOND_HEAD,2"
    })
    void anEditedHeadIsFound(String edit, long number, Kind kind, long verified) throws Exception {
        append(3);

        behindTheTriggers("update audit_head set " + edit);

        assertBroken(number, kind, verified);
    }

    @Test
    void aLostHeadIsFound() throws Exception {
        append(3);

        behindTheTriggers("delete from audit_head");

        assertBroken(3, Kind.HEAD_DIFFERS, 3);
    }

    @Test
    void theDatabaseRefusesARowThatDoesNotContinueTheChain() {
        append(2);
        for (String more :
                List.of(
                        "number, previous, hash) select 5, hash, hash from audit_head",
                        "previous) select repeat('1', 64)",
                        "hash) select repeat('1', 64)",
                        "number) select 1")) {
            String refusal =
                    refused(
                            "insert into audit (at, actor, action, subject, details, "
                                    + more.replace(
                                            "select ", "select now(), 'x', 'X', 'x', '{}', "));
            assertTrue(
                    refusal.contains("does not continue the chain, whose head is row 2"), refusal);
        }
    }

    @Test
    void theDatabaseRefusesDetailsThatAreNoTexts() {
        for (String details :
                List.of("{\"a\": 1}", "{\"a\": null}", "{\"a\": {}}", "[\"a\"]", "\"a\"")) {
            String refusal =
                    refused(
                            "insert into audit (at, actor, action, subject, details) values (now(),"
                                    + " 'x', 'X', 'x', '"
                                    + details
                                    + "')");
            assertTrue(refusal.contains("texts by name"), refusal);
        }
    }

    @Test
    void theDatabaseLetsNobodyMoveTheHead() {
        append(2);

        for (String change :
                List.of(
                        "update audit_head set number = 1",
                        "delete from audit_head",
                        "truncate audit_head",
                        "insert into audit_head values (true, 1, repeat('1', 64))")) {
            assertTrue(refused(change).contains("is refused"));
        }
        assertTrue(chain.verify(NO_ANCHORS).intact());
    }

    private void append(int rows) {
        for (int i = 0; i < rows; i++) {
            log.append(event(Map.of("i", "3", "word", "yes")));
        }
    }

    private NavigableMap<Long, String> anchor() {
        ChainHead head = chain.head().orElseThrow();
        return new TreeMap<>(Map.of(head.number(), head.hash()));
    }

    private Break assertBroken(long number, Kind kind, long verified) {
        Verification found = chain.verify(NO_ANCHORS);
        Break broken = found.broken().orElseThrow();
        assertEquals(kind, broken.kind(), broken.message());
        assertEquals(number, broken.number(), broken.message());
        assertEquals(verified, found.verified());
        return broken;
    }

    /** As a superuser can. */
    private void behindTheTriggers(String sql) throws SQLException {
        database.execute(
                "begin; set local session_replication_role = replica; " + sql + "; commit");
    }

    private String refused(String sql) {
        return assertThrows(SQLException.class, () -> database.execute(sql)).getMessage();
    }

    private static AuditEvent event(Map<String, String> details) {
        return new AuditEvent(
                Instant.parse("2026-11-21T10:00:00.123456Z"), "ann", "DONE", "it", details);
    }
}
