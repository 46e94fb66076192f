package io.understudy.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AspectTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void whatChangesInOneRespectMakesTheOthersNoYounger() {
        ComponentFacts facts =
                ComponentFacts.NONE
                        .next(told(NOON, PoolState.FAILING_OVER, 10))
                        .next(told(NOON.plusSeconds(10), PoolState.FAILING_OVER, 9))
                        .next(told(NOON.plusSeconds(20), PoolState.FAILING_OVER, 8));
        assertEquals(NOON, facts.since(Aspect.POOL_STATE));
        assertEquals(NOON.plusSeconds(20), facts.since());
        assertEquals(NOON.plusSeconds(20), facts.at());
    }

    @Test
    void whatChangesItselfBeginsAnew() {
        ComponentFacts facts =
                ComponentFacts.NONE
                        .next(told(NOON, PoolState.FAILING_OVER, 10))
                        .next(told(NOON.plusSeconds(10), PoolState.FAILED_OVER, 10));
        assertEquals(NOON.plusSeconds(10), facts.since(Aspect.POOL_STATE));
    }

    @Test
    void fewerRoutingGroupsInTroubleAreTheSameTrouble() {
        ComponentFacts facts =
                ComponentFacts.NONE
                        .next(groups(NOON, 3))
                        .next(groups(NOON.plusSeconds(10), 2))
                        .next(groups(NOON.plusSeconds(20), 1));
        assertEquals(NOON, facts.since(Aspect.ROUTING_GROUPS));
        assertEquals(
                NOON.plusSeconds(30),
                facts.next(groups(NOON.plusSeconds(30), 0)).since(Aspect.ROUTING_GROUPS));
    }

    private static Observation told(Instant at, PoolState state, int users) {
        return observation(at, Optional.of(state), Optional.empty(), users);
    }

    private static Observation groups(Instant at, int withoutPrimary) {
        return observation(
                at, Optional.empty(), Optional.of(new Facts.RoutingGroups(withoutPrimary, 0)), 1);
    }

    private static Observation observation(
            Instant at,
            Optional<PoolState> state,
            Optional<Facts.RoutingGroups> groups,
            int users) {
        return new Observation(
                at.toString(),
                ComponentId.of(new PoolFqdn("pool1.contoso.com")),
                Status.UP,
                new ObserverName("o-redmond"),
                at,
                new Facts.OfPool(
                        state,
                        groups,
                        List.of(),
                        OptionalInt.of(users),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }
}
