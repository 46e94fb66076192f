package io.understudy.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import io.understudy.health.Condition.Doubt;
import io.understudy.health.ObserverQuorum.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObserverQuorumTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<String, String> SITES =
            Map.of("a1", "a", "a2", "a", "b1", "b", "c1", "c");

    private final List<Vote> votes = new ArrayList<>();

    private ObserverQuorumTest says(String observer, Status status, Instant since, Instant last) {
        votes.add(vote(observer, "", status, status, since, last));
        return this;
    }

    private ObserverQuorumTest says(String observer, Status status) {
        return says(observer, status, NOW, NOW);
    }

    private static Vote vote(
            String observer,
            String signal,
            Status settled,
            Status latest,
            Instant since,
            Instant last) {
        return new Vote(
                new ObserverName(observer),
                signal,
                new ObserverView(
                        settled, since, latest, since, last, 2, 0, 2, observer, Optional.empty()));
    }

    private Condition condition() {
        return ObserverQuorum.condition(
                votes,
                name -> Optional.ofNullable(SITES.get(name.value())).map(SiteName::new),
                Thresholds.DEFAULT,
                NOW);
    }

    private Doubt doubt() {
        return assertInstanceOf(Condition.Unknown.class, condition()).doubt();
    }

    @Test
    void twoObserversAtDifferentSitesCondemn() {
        assertEquals(
                Status.DOWN, says("a1", Status.DOWN).says("b1", Status.DOWN).condition().status());
    }

    @Test
    void twoObserversAtOneSiteAreOneVantagePoint() {
        assertEquals(Doubt.TOO_FEW_SITES, says("a1", Status.DOWN).says("a2", Status.DOWN).doubt());
    }

    @Test
    void anObserverThatTheEstateDoesNotKnowIsNoVantagePoint() {
        assertEquals(
                Doubt.TOO_FEW_SITES, says("a1", Status.DOWN).says("nobody", Status.DOWN).doubt());
    }

    @Test
    void oneWordOfLifeIsDisagreement() {
        says("a1", Status.DOWN).says("b1", Status.DOWN);
        assertEquals(Doubt.DISAGREEMENT, says("c1", Status.UP).doubt());
    }

    @Test
    void aDegradedComponentIsNotDown() {
        says("a1", Status.DOWN).says("b1", Status.DOWN);
        assertEquals(Doubt.DISAGREEMENT, says("c1", Status.DEGRADED).doubt());
    }

    @Test
    void anObserverThatHasBegunToSeeItAgainVetoesAtOnce() {
        says("a1", Status.DOWN).says("b1", Status.DOWN);
        votes.add(vote("c1", "", Status.DOWN, Status.UP, NOW, NOW));
        assertEquals(Doubt.DISAGREEMENT, doubt());
    }

    @Test
    void aStaleWordCountsForNothing() {
        Instant stale = NOW.minus(Thresholds.DEFAULT.maxAge()).minusMillis(1);
        assertEquals(
                Doubt.TOO_FEW_SITES,
                says("a1", Status.DOWN).says("b1", Status.DOWN, stale, stale).doubt());
    }

    @Test
    void silenceIsUnknownAndNotDown() {
        assertEquals(Doubt.SILENCE, doubt());
    }

    @Test
    void itIsDownSinceTheSecondSiteAgreed() {
        says("a1", Status.DOWN, NOW.minusSeconds(50), NOW);
        says("b1", Status.DOWN, NOW.minusSeconds(20), NOW);
        says("c1", Status.DOWN, NOW.minusSeconds(10), NOW);
        assertEquals(NOW.minusSeconds(20), condition().since());
    }

    @Test
    void oneObserversWorstSignalCounts() {
        votes.add(vote("a1", "alert-1", Status.UP, Status.UP, NOW, NOW));
        votes.add(vote("a1", "alert-2", Status.DEGRADED, Status.DEGRADED, NOW, NOW));
        assertEquals(Status.DEGRADED, condition().status());
    }
}
