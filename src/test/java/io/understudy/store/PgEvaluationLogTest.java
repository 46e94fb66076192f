package io.understudy.store;

import static io.understudy.store.SampleObservations.NOON;
import static io.understudy.store.SampleObservations.POOL;
import static io.understudy.store.SampleObservations.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.control.EvaluationLog;
import io.understudy.control.EvaluationLog.Change;
import io.understudy.control.EvaluationLog.Query;
import io.understudy.control.Incident;
import io.understudy.control.RecordedDecision;
import io.understudy.control.RecordedFinding;
import io.understudy.control.UnstorableValue;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.run.SampleRuns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgEvaluationLogTest {

    private static final Query ALL = query(10);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private EvaluationLog log;

    @BeforeEach
    void open() {
        log = new PgEvaluationLog(database.database());
    }

    @Test
    void allIsReadAsItWasSavedNewestFirst() {
        Incident incident = incident("i1", STORE);
        RecordedFinding older = finding("f1", STORE, "i1");
        RecordedFinding newer = finding("f2", POOL, "i1");
        RecordedDecision decision = decision("d1", "i1");

        log.save(new Change(List.of(older, newer), List.of(decision), List.of(incident)));

        assertEquals(List.of(newer, older), log.findings(ALL));
        assertEquals(List.of(decision), log.decisions(ALL));
        assertEquals(List.of(incident), log.incidents(ALL));
        assertEquals(Optional.of(incident), log.incident("i1"));
        assertEquals(Optional.empty(), log.incident("i2"));
    }

    @Test
    void whatWasOpenDuringATimeIsFoundOldestFirst() {
        RecordedFinding open = finding("f1", STORE, "i1");
        RecordedFinding over =
                new RecordedFinding(
                        "f2",
                        open.finding(),
                        open.openedAt(),
                        Optional.of(open.openedAt().plusSeconds(10)),
                        Optional.empty());
        RecordedDecision decision = decision("d1", "i1");
        log.save(new Change(List.of(open, over), List.of(decision), List.of()));

        Instant since = open.openedAt();
        assertEquals(List.of(open, over), log.findingsDuring(since, since.plusSeconds(5), 9));
        assertEquals(List.of(open), log.findingsDuring(since, since.plusSeconds(5), 1));
        assertEquals(
                List.of(open), log.findingsDuring(since.plusSeconds(11), since.plusSeconds(20), 9));
        assertEquals(
                List.of(), log.findingsDuring(since.minusSeconds(9), since.minusSeconds(1), 9));
        assertEquals(
                List.of(decision),
                log.decisionsDuring(decision.takenAt(), decision.takenAt().plusSeconds(1), 9));
    }

    @Test
    void savingTheSameAgainChangesNothingAndSavingItsEndUpdatesItInItsPlace() throws Exception {
        RecordedFinding first = finding("f1", STORE, "i1");
        RecordedFinding second = finding("f2", STORE, "i1");
        log.save(new Change(List.of(first, second), List.of(), List.of()));
        String before =
                database.text("select string_agg(xmin::text, ' ' order by id) from finding");

        log.save(new Change(List.of(first, second), List.of(), List.of()));
        assertEquals(
                before,
                database.text("select string_agg(xmin::text, ' ' order by id) from finding"));

        RecordedFinding ended =
                new RecordedFinding(
                        "f1", first.finding(), NOON, Optional.of(NOON), first.incident());
        log.save(new Change(List.of(ended), List.of(), List.of()));
        assertEquals(List.of(second, ended), log.findings(ALL));
    }

    @Test
    void ofTwoWithOneIdInAChangeTheLastCounts() {
        RecordedFinding last = finding("f1", POOL, "i1");

        log.save(new Change(List.of(finding("f1", STORE, "i1"), last), List.of(), List.of()));

        assertEquals(List.of(last), log.findings(ALL));
    }

    @Test
    void everyFilterFinds() {
        RecordedFinding ended =
                new RecordedFinding("f1", of(STORE), NOON, Optional.of(NOON), Optional.of("i1"));
        RecordedFinding open = finding("f2", POOL, "i2");
        log.save(
                new Change(
                        List.of(ended, open),
                        List.of(decision("d1", "i1")),
                        List.of(incident("i1", STORE), incident("i2", POOL))));

        Query target = new Query(Optional.of(POOL), none(), Optional.empty(), none(), none(), 10);
        assertEquals(List.of(open), log.findings(target));
        assertEquals(List.of(incident("i2", POOL)), log.incidents(target));
        assertEquals(List.of(ended), log.findings(open(false)));
        assertEquals(List.of(open), log.findings(open(true)));
        assertEquals(List.of(ended), log.findings(ofIncident("i1")));
        assertEquals(List.of(incident("i1", STORE)), log.incidents(ofIncident("i1")));
        assertEquals(2, log.findings(ofKind("PRINCIPAL_LOST")).size());
        assertEquals(List.of(), log.findings(ofKind("POOL_DOWN")));
        assertEquals(1, log.decisions(ofKind("MIRROR_FAILOVER")).size());
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetitionWhateverIsAddedMeanwhile() {
        for (int i = 1; i <= 5; i++) {
            log.save(change("f" + i));
        }

        assertEquals(List.of("f5", "f4"), ids(log.findings(query(2))));
        log.save(change("f6"));
        assertEquals(List.of("f3", "f2"), ids(log.findings(before("f4", 2))));
        assertEquals(List.of("f1"), ids(log.findings(before("f2", 2))));
        assertEquals(List.of(), log.findings(before("no such id", 2)));
    }

    @Test
    void aChangeIsSavedWholeOrNotAtAll() {
        List<RecordedFinding> findings =
                IntStream.range(0, 3).mapToObj(i -> finding("f" + i, STORE, "i1")).toList();
        Change change =
                new Change(
                        findings,
                        List.of(decision("zero \0", "i1")),
                        List.of(incident("i1", STORE)));

        assertThrows(UnstorableValue.class, () -> log.save(change));

        assertEquals(List.of(), log.findings(ALL));
        assertEquals(List.of(), log.incidents(ALL));
    }

    private static Change change(String id) {
        return new Change(List.of(finding(id, STORE, "i1")), List.of(), List.of());
    }

    private static RecordedFinding finding(String id, ComponentId target, String incident) {
        return new RecordedFinding(id, of(target), NOON, Optional.empty(), Optional.of(incident));
    }

    private static Finding of(ComponentId target) {
        return new Finding(
                FindingCode.PRINCIPAL_LOST,
                target,
                "B3",
                Severity.CRITICAL,
                NOON,
                true,
                List.of("o-dublin says DOWN"));
    }

    private static RecordedDecision decision(String id, String incident) {
        return new RecordedDecision(
                id,
                SampleRuns.opened("r", 0).decision(),
                NOON,
                Optional.empty(),
                Optional.of(incident));
    }

    private static Incident incident(String id, ComponentId target) {
        return new Incident(id, target, FindingCode.PRINCIPAL_LOST, NOON, NOON, Optional.empty());
    }

    private static Query query(int limit) {
        return new Query(Optional.empty(), none(), Optional.empty(), none(), none(), limit);
    }

    private static Query before(String id, int limit) {
        return new Query(
                Optional.empty(), none(), Optional.empty(), none(), Optional.of(id), limit);
    }

    private static Query open(boolean open) {
        return new Query(Optional.empty(), none(), Optional.of(open), none(), none(), 10);
    }

    private static Query ofIncident(String id) {
        return new Query(Optional.empty(), none(), Optional.empty(), Optional.of(id), none(), 10);
    }

    private static Query ofKind(String kind) {
        return new Query(Optional.empty(), Optional.of(kind), Optional.empty(), none(), none(), 10);
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private static List<String> ids(List<RecordedFinding> findings) {
        return findings.stream().map(RecordedFinding::id).toList();
    }
}
