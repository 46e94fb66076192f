package io.understudy.store;

import static io.understudy.store.SampleObservations.NOON;
import static io.understudy.store.SampleObservations.POOL;
import static io.understudy.store.SampleObservations.STORE;
import static io.understudy.store.SampleObservations.at;
import static io.understudy.store.SampleObservations.of;
import static io.understudy.store.SampleObservations.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.control.ObservationLog;
import io.understudy.control.ObservationLog.Appended;
import io.understudy.control.UnstorableValue;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.run.Contention;
import io.understudy.testing.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgObservationLogTest {

    private static final Instant RECEIVED_AT = NOON.plusSeconds(1);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private ObservationLog log;

    @BeforeEach
    void open() {
        log = new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT);
    }

    @Test
    void everyKindOfFactIsReadAsItWasSaved() {
        List<Observation> all = SampleObservations.withAllFacts();

        assertEquals(new Appended(all, List.of(), 0), append(all));
        assertEquals(all, Kept.since(log, Instant.EPOCH));
    }

    @Test
    void theSameObservationAgainCountsOnce() {
        append(List.of(at("a", NOON), at("b", NOON)));

        Appended again =
                append(List.of(at("b", NOON), at("c", NOON), at("a", NOON.plusSeconds(9))));

        assertEquals(new Appended(List.of(at("c", NOON)), List.of(), 2), again);
        assertEquals(List.of("a", "b", "c"), ids(Kept.since(log, NOON)));
        assertEquals(List.of(), Kept.since(log, NOON.plusSeconds(1)), "the first statement stays");
    }

    @Test
    void whatWasHeardIsReadInTheOrderInWhichItWasHeard() {
        log.append(List.of(at("second", NOON)), NOON.plusSeconds(9));
        log.append(List.of(at("first", NOON.plusSeconds(2))), NOON.plusSeconds(3));
        log.append(List.of(at("too old", NOON.minusSeconds(1))), NOON.plusSeconds(1));
        log.append(List.of(at("heard too late", NOON)), NOON.plusSeconds(11));
        log.append(List.of(valid("still valid", NOON.plusSeconds(60))), NOON.minusSeconds(60));

        assertEquals(
                List.of("still valid", "first", "second"),
                log.heard(NOON, NOON.plusSeconds(10), 9).stream()
                        .map(h -> h.observation().id())
                        .toList());
        assertEquals(NOON.plusSeconds(3), log.heard(NOON, NOON.plusSeconds(10), 9).get(1).at());
        assertEquals(2, log.heard(NOON, NOON.plusSeconds(10), 2).size());
        assertEquals(
                List.of("still valid", "first"),
                log.heard(NOON.plusSeconds(1), NOON.plusSeconds(10), 9).stream()
                        .map(h -> h.observation().id())
                        .toList(),
                "older, but valid then");
    }

    @Test
    void theSameIdTwiceInABatchCountsOnceAndTheFirstStatementStays() {
        Appended once = append(List.of(at("a", NOON), at("b", NOON), at("a", NOON.plusSeconds(1))));

        assertEquals(new Appended(List.of(at("a", NOON), at("b", NOON)), List.of(), 1), once);
        assertEquals(List.of(at("a", NOON), at("b", NOON)), Kept.since(log, NOON));
    }

    @Test
    void anObservationThatIsValidForLongerIsRenewedAndAnythingElseIsRepeated() {
        Instant later = NOON.plusSeconds(60);
        append(List.of(valid("a", NOON), valid("b", NOON), at("c", NOON)));

        Appended again = append(List.of(valid("a", later), valid("b", NOON), valid("c", later)));

        assertEquals(new Appended(List.of(), List.of(valid("a", later)), 2), again);
        assertEquals(new Appended(List.of(), List.of(), 1), append(List.of(valid("a", NOON))));
        assertEquals(List.of(valid("a", later)), Kept.since(log, later), "it never shrinks");
        assertEquals(
                Optional.empty(),
                Kept.since(log, NOON).stream()
                        .filter(o -> o.id().equals("c"))
                        .findFirst()
                        .orElseThrow()
                        .validUntil());
    }

    @Test
    void nobodyProlongsWhatSomebodyElseSaidNorWhatWasSaidOfSomethingElse() {
        Instant later = NOON.plusSeconds(60);
        Observation said = valid("a", NOON);
        List<Observation> others = otherStatements(valid("a", later));
        append(List.of(said));

        for (Observation other : others) {
            Appended again = append(List.of(other));
            assertEquals(new Appended(List.of(), List.of(), 1), again, other.toString());
        }

        assertEquals(List.of(said), Kept.since(log, NOON));
        assertEquals(List.of(valid("a", later)), append(List.of(valid("a", later))).renewed());
    }

    @Test
    void whatComesTogetherWithAStatementProlongsItOnlyByRepeatingIt() {
        Observation said = valid("a", NOON);
        List<Observation> batch = new ArrayList<>(List.of(said));
        batch.addAll(otherStatements(valid("a", NOON.plusSeconds(60))));

        assertEquals(new Appended(List.of(said), List.of(), 4), append(batch));
        assertEquals(List.of(said), Kept.since(log, NOON));
    }

    /** Each differs from a statement in one part of what makes it that statement. */
    private static List<Observation> otherStatements(Observation o) {
        ObserverName other = new ObserverName("o-dublin");
        return List.of(
                otherwise(o, POOL, o.status(), o.observer(), o.signal()),
                otherwise(o, o.component(), Status.DOWN, o.observer(), o.signal()),
                otherwise(o, o.component(), o.status(), other, o.signal()),
                otherwise(o, o.component(), o.status(), o.observer(), "another fingerprint"));
    }

    private static Observation otherwise(
            Observation o, ComponentId of, Status status, ObserverName by, String signal) {
        return new Observation(
                o.id(),
                of,
                status,
                by,
                o.observedAt(),
                o.facts(),
                signal,
                o.samples(),
                o.validUntil());
    }

    @Test
    void aRenewalInTheSameBatchMakesTheFreshOneValidForLonger() {
        Instant later = NOON.plusSeconds(60);

        Appended once = append(List.of(valid("a", NOON), valid("a", later), valid("a", NOON)));

        assertEquals(new Appended(List.of(valid("a", later)), List.of(), 2), once);
        assertEquals(List.of(valid("a", later)), Kept.since(log, later));
    }

    @Test
    void aRenewalChangesNothingButTheEndAndIsAnsweredAsItIsKept() {
        Instant later = NOON.plusSeconds(60);
        append(List.of(valid("a", NOON)));
        Observation said = valid("a", later);
        Observation changed =
                new Observation(
                        said.id(),
                        said.component(),
                        said.status(),
                        said.observer(),
                        later,
                        new Facts.OfServer(Map.of()),
                        said.signal(),
                        1,
                        said.validUntil());

        assertEquals(List.of(said), append(List.of(changed)).renewed());
    }

    @Test
    void whatComesOutOfOrderIsReadInOrder() {
        append(List.of(at("3", NOON.plusSeconds(3)), at("1", NOON.plusSeconds(1))));
        append(List.of(at("2b", NOON.plusSeconds(2)), at("2a", NOON.plusSeconds(2))));

        assertEquals(List.of("1", "2a", "2b", "3"), ids(Kept.since(log, NOON)));
        assertEquals(List.of("3", "2b"), ids(log.newest(Optional.empty(), 2)));
    }

    @Test
    void whatThereIsSinceATimeIsReadInPartsNoneTwice() {
        ObservationLog twoByTwo =
                new PgObservationLog(database.database(), new PgObservationLog.Settings(100, 2));
        append(
                List.of(
                        at("old", NOON.minusSeconds(9)),
                        valid("v1", NOON.minusSeconds(8), NOON),
                        valid("v2", NOON.minusSeconds(8), NOON),
                        valid("v3", NOON.minusSeconds(7), NOON.plusSeconds(1))));
        append(
                List.of(
                        at("a", NOON),
                        at("b", NOON),
                        at("c", NOON),
                        valid("d", NOON.plusSeconds(1), NOON.plusSeconds(2)),
                        at("e", NOON.plusSeconds(2))));
        List<List<String>> parts = new ArrayList<>();

        twoByTwo.since(NOON, part -> parts.add(ids(part)));

        assertEquals(
                List.of(
                        List.of("v1", "v2"),
                        List.of("v3"),
                        List.of("a", "b"),
                        List.of("c", "d"),
                        List.of("e")),
                parts);
    }

    @Test
    void sinceIncludesItsInstantAndWhatIsStillValidThen() {
        append(List.of(at("at", NOON), at("before", NOON.minusNanos(1_000)), valid("v", NOON)));

        assertEquals(List.of("at", "v"), ids(Kept.since(log, NOON)));
        assertEquals(List.of(), ids(Kept.since(log, NOON.plusNanos(1))));
    }

    @Test
    void theNewestOfAComponentAreThoseOfNoOther() {
        append(
                List.of(
                        at("a", NOON),
                        of("b", POOL, new Facts.None()),
                        at("c", NOON.plusSeconds(1))));

        assertEquals(List.of("c", "a"), ids(log.newest(Optional.of(STORE), 10)));
        assertEquals(List.of("b"), ids(log.newest(Optional.of(POOL), 10)));
    }

    @Test
    void aBatchIsSavedWholeOrNotAtAll() {
        List<Observation> batch = List.of(at("a", NOON), at("zero \0", NOON), at("c", NOON));
        List<Observation> ages = List.of(at("a", NOON), at("b", Instant.MAX), at("c", Instant.MIN));

        assertThrows(UnstorableValue.class, () -> append(batch));
        assertThrows(UnstorableValue.class, () -> append(ages));

        assertEquals(List.of(), log.newest(Optional.empty(), 10));
    }

    @Test
    void timesFinerThanTheDatabasesAreAnsweredAsTheyAreKept() {
        Appended once = append(List.of(at("a", NOON.plusNanos(999))));

        assertEquals(List.of(at("a", NOON)), once.fresh());
        assertEquals(once.fresh(), Kept.since(log, NOON));
    }

    @Test
    void anEmptyBatchIsAnsweredEmpty() {
        assertEquals(new Appended(List.of(), List.of(), 0), append(List.of()));
    }

    @Test
    void tenThousandAtOnceAreSaved() {
        List<Observation> batch =
                IntStream.range(0, 10_000).mapToObj(i -> at("o" + i, NOON.plusMillis(i))).toList();

        assertEquals(10_000, append(batch).fresh().size());
        assertEquals(batch, Kept.since(log, NOON));
    }

    /** Two replicas, each with many senders, who send much the same in any order. */
    @Test
    void ofManyWhoSendTheSameAtOnceEachIsAnsweredAndEveryObservationIsFreshOnce() throws Exception {
        long seed = new Random().nextLong();
        var other = new PgObservationLog(database.database(), PgObservationLog.Settings.DEFAULT);

        List<Appended> answers =
                Contention.of(
                        40, i -> (i % 2 == 0 ? log : other).append(some(seed + i), RECEIVED_AT));

        List<String> fresh = new ArrayList<>();
        for (Appended answer : answers) {
            assertEquals(
                    30,
                    answer.fresh().size() + answer.renewed().size() + answer.repeated(),
                    "seed " + seed);
            fresh.addAll(ids(answer.fresh()));
        }
        Set<String> distinct = new HashSet<>(fresh);
        assertEquals(distinct.size(), fresh.size(), "fresh twice, seed " + seed);
        assertEquals(distinct, new HashSet<>(ids(Kept.since(log, NOON))), "seed " + seed);
    }

    private static List<Observation> some(long seed) {
        Random random = new Random(seed);
        List<Observation> some = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            some.add(valid("o" + random.nextInt(50), NOON.plusSeconds(random.nextInt(3))));
        }
        Collections.shuffle(some, random);
        return some;
    }

    private Appended append(List<Observation> observations) {
        return log.append(observations, RECEIVED_AT);
    }

    private static List<String> ids(List<Observation> observations) {
        return observations.stream().map(Observation::id).toList();
    }
}
