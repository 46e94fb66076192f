package io.understudy.proof;

import static io.understudy.decision.FindingCode.FRONT_END_AT_MINIMUM;
import static io.understudy.decision.FindingCode.MIRROR_LOST;
import static io.understudy.decision.FindingCode.ROUTING_GROUP_QUORUM_LOST;
import static io.understudy.decision.Remediation.MIRROR_FAILOVER;
import static io.understudy.decision.Remediation.POOL_FAILOVER;
import static io.understudy.decision.Remediation.QUORUM_RECOVERY;
import static io.understudy.decision.Remediation.REPAIR;
import static io.understudy.decision.Remediation.WAIT;
import static io.understudy.proof.Seen.DOWN;
import static io.understudy.proof.Seen.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Decider;
import io.understudy.decision.Remediation;
import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Conditions;
import io.understudy.health.Facts;
import io.understudy.health.PoolState;
import io.understudy.proof.Mirroring.Copy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The matrix of domain.md 8.4, cell by cell: what becomes of a pool of three Front End Servers, by
 * how many run and by what its Back End does, with a pair that is fit.
 *
 * <p>The whole matrix is marked as inference; where a cell names two things in a row ("F5 → F6"),
 * either is accepted.
 */
class MatrixTest {

    private static final ComponentId POOL = Acts.poolId(1);
    private static final Duration SHORTLY = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofMinutes(31);

    private static final Side ABOVE = Side.well(3);
    private static final Side AT_MINIMUM = ABOVE.lastFrontEnds(1, DOWN);
    private static final Side BELOW = ABOVE.lastFrontEnds(3, DOWN).pool(DOWN);

    @Test
    void aboveMinimumWithRedundantStoreNothingIsDone() {
        assertEquals(Set.of(), acts(redundant(ABOVE), SHORTLY));
        assertTrue(decide(redundant(ABOVE), SHORTLY).evaluation().findings().isEmpty());
    }

    @Test
    void aboveMinimumWithExposedStoreThePartnerIsRepaired() {
        Acts decided = decide(exposed(ABOVE), SHORTLY);
        assertEquals(Set.of(), open(decided));
        assertTrue(decided.decides(store(), REPAIR), decided::toString);
    }

    @Test
    void aboveMinimumWithoutStoreSqlIsMendedFirst() {
        sqlIsMendedFirst(ABOVE);
    }

    @Test
    void aboveMinimumLongWithoutStoreThePoolFailsOver() {
        poolFailsOver(gone(ABOVE), LONG);
    }

    @Test
    void aboveMinimumLongWithoutStoreThePoolStaysWhileAMirrorStandsReady() {
        Acts decided = decide(ready(ABOVE), LONG);
        assertTrue(decided.opens(MIRROR_FAILOVER, store()), decided::toString);
        assertTrue(!decided.movesUsersOf(1), decided::toString);
    }

    @Test
    void atMinimumWithRedundantStoreItIsOnlyFound() {
        Acts decided = decide(redundant(AT_MINIMUM), SHORTLY);
        assertEquals(Set.of(), open(decided));
        assertTrue(decided.finds(POOL, FRONT_END_AT_MINIMUM), decided::toString);
    }

    @Test
    void atMinimumWithExposedStoreBothAreFoundAndNothingMoves() {
        Acts decided = decide(exposed(AT_MINIMUM), SHORTLY);
        assertEquals(Set.of(), open(decided));
        assertTrue(decided.finds(POOL, FRONT_END_AT_MINIMUM), decided::toString);
        assertTrue(decided.finds(store(), MIRROR_LOST), decided::toString);
    }

    @Test
    void atMinimumWithoutStoreSqlIsMendedFirst() {
        sqlIsMendedFirst(AT_MINIMUM);
    }

    @Test
    void atMinimumLongWithoutStoreThePoolFailsOver() {
        poolFailsOver(gone(AT_MINIMUM), LONG);
    }

    @Test
    void routingGroupsLostWithRedundantStoreAreRecoveredInThePool() {
        groupsAreRecovered(redundant(ABOVE));
    }

    @Test
    void routingGroupsLostWithExposedStoreAreRecoveredInThePool() {
        groupsAreRecovered(exposed(ABOVE));
    }

    /** "SQL first, then F3": a recovery reads the store, so it must not go first. */
    @Test
    void routingGroupsLostWithoutStoreSqlIsMendedFirst() {
        Acts ready = groupsLost(ready(ABOVE), SHORTLY);
        assertTrue(ready.opens(MIRROR_FAILOVER, store()), ready::toString);
        ready.open(QUORUM_RECOVERY)
                .forEach(d -> assertTrue(ready.isAfter(d, MIRROR_FAILOVER), ready::toString));
        Acts gone = groupsLost(gone(ABOVE), SHORTLY);
        assertTrue(gone.decides(store(), REPAIR), gone::toString);
        assertEquals(Set.of(), open(gone));
    }

    @Test
    void routingGroupsLostLongWithoutStoreThePoolFailsOver() {
        Acts decided = groupsLost(gone(ABOVE), LONG);
        assertTrue(decided.movesUsersOf(1), decided::toString);
    }

    @Test
    void belowMinimumWithRedundantStoreServersAreStartedOrThePoolFailsOver() {
        startedOrFailedOver(redundant(BELOW));
    }

    @Test
    void belowMinimumWithExposedStoreServersAreStartedOrThePoolFailsOver() {
        startedOrFailedOver(exposed(BELOW));
    }

    /** Front End Servers cannot start without their store, so waiting for SQL gains nothing. */
    @Test
    void belowMinimumWithoutStoreThePoolFailsOver() {
        poolFailsOver(gone(BELOW), SHORTLY);
    }

    @Test
    void belowMinimumLongWithoutStoreThePoolFailsOver() {
        poolFailsOver(gone(BELOW), LONG);
    }

    private static void sqlIsMendedFirst(Side side) {
        Acts ready = decide(ready(side), SHORTLY);
        assertEquals(Set.of(MIRROR_FAILOVER), open(ready), ready::toString);
        Acts gone = decide(gone(side), SHORTLY);
        assertTrue(gone.decides(store(), REPAIR), gone::toString);
        assertTrue(!gone.movesUsersOf(1), gone::toString);
    }

    private static void poolFailsOver(Side side, Duration age) {
        Acts decided = decide(side, age);
        assertTrue(decided.movesUsersOf(1), decided::toString);
        assertEquals(
                List.of(),
                Safety.broken(world(side, age), decided.evaluation()),
                decided::toString);
    }

    private static void startedOrFailedOver(Side side) {
        Acts early = decide(side, SHORTLY);
        assertTrue(
                early.decides(POOL, REPAIR, WAIT, QUORUM_RECOVERY, POOL_FAILOVER), early::toString);
        assertTrue(early.open(MIRROR_FAILOVER).findAny().isEmpty(), early::toString);
        poolFailsOver(side, LONG);
    }

    private static void groupsAreRecovered(Side side) {
        Acts decided = groupsLost(side, SHORTLY);
        assertTrue(decided.finds(POOL, ROUTING_GROUP_QUORUM_LOST), decided::toString);
        assertTrue(decided.decides(POOL, REPAIR, QUORUM_RECOVERY), decided::toString);
        assertTrue(Set.of(QUORUM_RECOVERY).containsAll(open(decided)), decided::toString);
    }

    private static Side redundant(Side side) {
        return side;
    }

    private static Side exposed(Side side) {
        return side.sql(UP, DOWN, UP);
    }

    /** The principal is gone and its mirror, in step until then, could take over. */
    private static Side ready(Side side) {
        return side.sql(DOWN, UP, UP).mirroring(Copy.DISCONNECTED_IN_STEP, Position.PRIMARY, true);
    }

    private static Side gone(Side side) {
        return side.sql(DOWN, DOWN, UP);
    }

    private static World world(Side side, Duration age) {
        return World.of(Shape.of(3, false), side, Side.well(3), age);
    }

    private static Acts decide(Side side, Duration age) {
        return new Acts(Decider.decide(Sight.of(world(side, age))));
    }

    private static Acts groupsLost(Side side, Duration age) {
        Snapshot seen = Sight.of(world(side, age));
        Map<ComponentId, ComponentFacts> facts = new HashMap<>(seen.conditions().factsOf());
        Facts.OfPool lost =
                new Facts.OfPool(
                        Optional.of(PoolState.ACTIVE),
                        Optional.of(new Facts.RoutingGroups(1, 1)),
                        BackupTold.modules(Told.Backup.STEADY, Sight.NOW),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        facts.put(POOL, new ComponentFacts(lost, Sight.NOW.minus(age), Sight.NOW, Map.of()));
        Conditions conditions =
                Conditions.of(seen.estate(), seen.conditions().byComponent(), facts, Sight.NOW);
        return new Acts(
                Decider.decide(
                        new Snapshot(
                                seen.estate(), conditions, List.of(), seen.policy(), Sight.NOW)));
    }

    private static Set<Remediation> acts(Side side, Duration age) {
        return open(decide(side, age));
    }

    private static Set<Remediation> open(Acts acts) {
        return acts.open().map(d -> d.remediation()).collect(Collectors.toSet());
    }

    private static ComponentId store() {
        return Sight.store(world(ABOVE, SHORTLY), 1).id();
    }
}
