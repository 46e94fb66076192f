package io.understudy.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComponentHealthTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Thresholds THRESHOLDS = Policy.DEFAULT.thresholds();

    @Test
    void asManySignalsOfOneObserverAsMayBeAreAllRemembered() {
        ComponentHealth health = said("o-redmond", ComponentHealth.MOST_SIGNALS);

        assertEquals(ComponentHealth.MOST_SIGNALS, health.views().size());
    }

    @Test
    void ofOneMoreTheOldestThatIsNotDownIsForgotten() {
        ComponentHealth health =
                ComponentHealth.NONE.next(
                        observation("o-redmond", "first and down", 0, Status.DOWN), THRESHOLDS);
        for (int i = 1; i <= ComponentHealth.MOST_SIGNALS; i++) {
            health = health.next(observation("o-redmond", "s" + i, i, Status.UP), THRESHOLDS);
        }

        assertEquals(ComponentHealth.MOST_SIGNALS, health.views().size());
        assertTrue(health.views().containsKey(source("o-redmond", "first and down")));
        assertFalse(health.views().containsKey(source("o-redmond", "s1")));
        assertTrue(health.views().containsKey(source("o-redmond", "s2")));
    }

    @Test
    void whatIsNewIsRememberedHoweverMuchIsDown() {
        ComponentHealth health = ComponentHealth.NONE;
        for (int i = 0; i <= ComponentHealth.MOST_SIGNALS; i++) {
            health = health.next(observation("o-redmond", "s" + i, i, Status.DOWN), THRESHOLDS);
        }
        health = health.next(observation("o-redmond", "new", 0, Status.UP), THRESHOLDS);

        assertTrue(health.views().containsKey(source("o-redmond", "new")));
        assertEquals(ComponentHealth.MOST_SIGNALS, health.views().size());
    }

    @Test
    void anObserverThatSaysMuchTakesNothingFromTheOthers() {
        ComponentHealth health =
                said("o-redmond", ComponentHealth.MOST_SIGNALS + 10)
                        .next(observation("o-dublin", "", 0, Status.UP), THRESHOLDS);

        assertTrue(health.views().containsKey(source("o-dublin", "")));
        assertEquals(ComponentHealth.MOST_SIGNALS + 1, health.views().size());
    }

    private static ComponentHealth said(String observer, int signals) {
        ComponentHealth health = ComponentHealth.NONE;
        for (int i = 0; i < signals; i++) {
            health = health.next(observation(observer, "s" + i, i, Status.UP), THRESHOLDS);
        }
        return health;
    }

    private static ComponentHealth.Source source(String observer, String signal) {
        return new ComponentHealth.Source(new ObserverName(observer), signal);
    }

    private static Observation observation(String observer, String signal, int at, Status status) {
        return new Observation(
                observer + signal,
                ComponentId.parse("server:fe1.contoso.com"),
                status,
                new ObserverName(observer),
                NOON.plusSeconds(at),
                new Facts.None(),
                signal,
                1,
                Optional.empty());
    }
}
