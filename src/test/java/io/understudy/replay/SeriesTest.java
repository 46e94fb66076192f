package io.understudy.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Decider;
import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final Estate PLAIN = Contoso.USUAL.estate();
    private static final Estate WITNESSED = Contoso.USUAL.withWitness().estate();

    private static Scene well(Estate estate) {
        return new Scene(estate);
    }

    private static Scene lost(Estate estate) {
        return new Scene(estate).down(P);
    }

    @Test
    void nothingIsToldWhileAllIsWell() {
        assertEquals(List.of(), new Film(PLAIN).from(0, 60, well(PLAIN)).moments(0, 60));
    }

    @Test
    void aLossIsDecidedOnOnceItHasBeenSaidTwice() {
        List<Moment> moments =
                new Film(PLAIN).from(0, 50, well(PLAIN)).from(60, 90, lost(PLAIN)).moments(0, 90);
        assertEquals(Film.second(70), first(moments, Remediation.MIRROR_FAILOVER));
    }

    @Test
    void aLookThatStandsAloneIsNotTakenAsSettled() {
        List<Moment> moments =
                new Film(PLAIN).at(0, well(PLAIN)).at(10, lost(PLAIN)).moments(0, 60);
        assertTrue(
                moments.stream().allMatch(m -> acted(m.evaluation()).isEmpty()), moments::toString);
    }

    @Test
    void aWitnessedStoreIsGivenItsMinuteAndThenFailedOverToTheNanosecond() {
        List<Moment> moments =
                new Film(WITNESSED)
                        .from(0, 50, well(WITNESSED))
                        .from(60, 180, lost(WITNESSED))
                        .moments(0, 180);
        assertEquals(Film.second(70), first(moments, Remediation.WAIT));
        Moment failover =
                moments.stream()
                        .filter(m -> !acted(m.evaluation()).isEmpty())
                        .findFirst()
                        .orElseThrow();
        Instant since = Film.second(60);
        assertEquals(since.plusSeconds(60), failover.at());
        assertEquals("B1", acted(failover.evaluation()).getFirst().rule());
    }

    @Test
    void aDeadlineIsMetBetweenTwoObservationsToo() {
        List<Moment> moments =
                new Film(WITNESSED)
                        .from(0, 50, well(WITNESSED))
                        .at(60, lost(WITNESSED))
                        .at(63, lost(WITNESSED))
                        .moments(0, 170);
        assertEquals(Film.second(63), first(moments, Remediation.WAIT));
        assertEquals(Film.second(120), first(moments, Remediation.MIRROR_FAILOVER));
    }

    @Test
    void whatNobodyRepeatsGrowsStaleAtItsTime() {
        List<Moment> moments =
                new Film(PLAIN)
                        .at(0, well(PLAIN))
                        .at(10, lost(PLAIN))
                        .at(20, lost(PLAIN))
                        .moments(0, 600);
        Instant stale = Film.second(20).plus(Policy.DEFAULT.thresholds().maxAge()).plusNanos(1);
        assertEquals(stale, moments.getLast().at());
        assertEquals(List.of(), acted(moments.getLast().evaluation()));
    }

    @Test
    void whatWasHeardBeforeSaysHowThingsStandAtTheBeginning() {
        List<Moment> moments =
                new Film(PLAIN).from(0, 50, well(PLAIN)).from(60, 90, lost(PLAIN)).moments(85, 90);
        assertEquals(1, moments.size());
        assertEquals(Film.second(85), moments.getFirst().at());
        assertEquals(1, acted(moments.getFirst().evaluation()).size());
    }

    @Test
    void whatWasHeardLateIsDecidedOnLate() {
        List<Heard> heard = new ArrayList<>();
        for (Heard h : new Film(PLAIN).from(0, 50, well(PLAIN)).from(60, 70, lost(PLAIN)).heard()) {
            boolean bad = h.observation().status() == Status.DOWN;
            heard.add(new Heard(h.observation(), bad ? Film.second(100) : h.at()));
        }
        List<Moment> moments =
                new Series(
                                PLAIN,
                                Policy.DEFAULT,
                                heard,
                                List.of(),
                                Film.second(0),
                                Film.second(110))
                        .moments(Decider::decide);
        assertEquals(Film.second(100), first(moments, Remediation.MIRROR_FAILOVER));
    }

    @Test
    void aRunCoolsDownFromItsEnd() {
        RecordedRun run =
                new RecordedRun(
                        "r1",
                        Remediation.MIRROR_FAILOVER,
                        ComponentId.parse("store:be1"),
                        List.of(
                                new RecordedRun.Phase(RunState.RUNNING, Film.second(75)),
                                new RecordedRun.Phase(RunState.FAILED, Film.second(80))));
        List<Moment> moments =
                new Film(PLAIN)
                        .from(0, 50, well(PLAIN))
                        .from(60, 480, lost(PLAIN))
                        .series(0, 480, Policy.DEFAULT, run)
                        .moments(Decider::decide);
        assertEquals(
                List.of(Film.second(70), Film.second(80).plusNanos(1), Film.second(80 + 300)),
                moments.stream()
                        .filter(m -> !acted(m.evaluation()).isEmpty())
                        .map(Moment::at)
                        .toList());
        assertTrue(acted(moments.get(moments.size() - 2).evaluation()).getFirst().blocked());
    }

    @Test
    void whatChangesTooOftenIsRefused() {
        Film film = new Film(PLAIN).at(0, well(PLAIN));
        for (int second = 1; second < 1_100; second += 2) {
            film.at(second, lost(PLAIN).down("sql:sql21.contoso.com/rtc"));
            film.at(second + 1L, well(PLAIN));
        }
        TooMuchToReplay refused = assertThrows(TooMuchToReplay.class, () -> film.moments(0, 1_100));
        assertTrue(refused.getMessage().contains("1000"), refused.getMessage());
    }

    private static Instant first(List<Moment> moments, Remediation remediation) {
        Optional<Instant> at =
                moments.stream()
                        .filter(m ->
                                m.evaluation().decisions().stream()
                                        .anyMatch(d -> d.remediation() == remediation))
                        .map(Moment::at)
                        .findFirst();
        return at.orElseThrow(() -> new AssertionError("no " + remediation + " in " + moments));
    }

    private static List<Decision> acted(Evaluation evaluation) {
        return evaluation.decisions().stream().filter(Decision::isActed).toList();
    }
}
