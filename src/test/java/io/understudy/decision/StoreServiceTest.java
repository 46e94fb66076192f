package io.understudy.decision;

import static io.understudy.decision.ServiceOfBe1.AGE;
import static io.understudy.decision.ServiceOfBe1.GRACE;
import static io.understudy.decision.ServiceOfBe1.M;
import static io.understudy.decision.ServiceOfBe1.MOMENT;
import static io.understudy.decision.ServiceOfBe1.P;
import static io.understudy.decision.ServiceOfBe1.STORE;
import static io.understudy.decision.ServiceOfBe1.W;
import static io.understudy.decision.ServiceOfBe1.clause;
import static io.understudy.decision.ServiceOfBe1.isExposed;
import static io.understudy.decision.ServiceOfBe1.isLostForGood;
import static io.understudy.decision.ServiceOfBe1.isUnavailable;
import static io.understudy.decision.ServiceOfBe1.isUnknown;
import static io.understudy.decision.ServiceOfBe1.lost;
import static io.understudy.decision.ServiceOfBe1.plain;
import static io.understudy.decision.ServiceOfBe1.serves;
import static io.understudy.decision.ServiceOfBe1.witnessed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients get from a store, by the roles held now (domain.md 4.6). */
class StoreServiceTest {

    /** Its store has one copy only. */
    private static Scene single(StoreTechnology technology) {
        return lost(
                new Scene(
                        Grown.of(Contoso.USUAL)
                                .stores(store -> store(store, technology, Optional.empty()))
                                .estate()));
    }

    private static Store store(Store of, StoreTechnology technology, Optional<Store> second) {
        return new Store(
                of.name(),
                of.site(),
                technology,
                of.primary(),
                second.flatMap(Store::mirror),
                Optional.empty(),
                of.databases(),
                Optional.empty());
    }

    @Test
    void theGateSaysWhatTheStoreGivesAndOnWhoseWord() {
        assertEquals(
                "store:be1 is SERVING: sql:sql11.contoso.com/rtc is UP since 2026-11-21T12:00:00Z"
                        + " (o-dublin says UP, o-lisbon says UP, o-redmond says UP)",
                clause(plain()).evidence());
    }

    @Test
    void aStoreServesWhileAllOfItIsSeenUp() {
        serves(plain());
        serves(witnessed());
        serves(plain().all(Status.DEGRADED, P, M));
        serves(witnessed().all(Status.DEGRADED, W));
    }

    @Test
    void aStoreIsExposedWithoutEitherPartner() {
        isExposed(plain().down(M));
        isExposed(plain().unheard(M));
        isExposed(witnessed().down(M));
        isExposed(witnessed().unheard(M));
        isExposed(witnessed().down(W));
        isExposed(witnessed().unheard(W));
    }

    @Test
    void aPrincipalDoesNotServeWithoutBothPartners() {
        Scene scene = witnessed().down(M, W);
        isLostForGood(scene);
        assertEquals("B11", Expect.forTarget(scene.evaluate(), STORE).rule());
    }

    @Test
    void aPrincipalDoesNotServeSinceTheLaterOfItsPartnersWasLost() {
        Duration earlier = Duration.ofMinutes(10);
        Finding witnessLast =
                Expect.finding(
                        witnessed().down(M).since(earlier).down(W).evaluate(),
                        FindingCode.SQL_QUORUM_LOST);
        assertEquals(Scene.NOON, witnessLast.since());
        Finding mirrorLast =
                Expect.finding(
                        witnessed().down(W).since(earlier).down(M).evaluate(),
                        FindingCode.SQL_QUORUM_LOST);
        assertEquals(Scene.NOON, mirrorLast.since());
        Finding both =
                Expect.finding(
                        witnessed().down(M, W).since(earlier).evaluate(),
                        FindingCode.SQL_QUORUM_LOST);
        assertEquals(Scene.NOON.minus(earlier), both.since());
    }

    @Test
    void aStoreThatIsSeenDownAsAWholeDoesNotServe() {
        isUnavailable(plain().down(STORE));
        isUnavailable(plain().down(STORE).unheard(P));
        isUnavailable(witnessed().down(STORE, P));
        assertEquals(
                Scene.NOON.minus(GRACE),
                Expect.finding(plain().down(STORE).since(GRACE).evaluate(), FindingCode.STORE_LOST)
                        .since());
    }

    @Test
    void aLostPrincipalIsWhatTheLossOfTheStoreIsCountedFrom() {
        Scene scene = plain().down(P, M).since(Duration.ofMinutes(10)).down(STORE);
        assertEquals(
                Scene.NOON.minus(Duration.ofMinutes(10)),
                Expect.finding(scene.evaluate(), FindingCode.STORE_LOST).since());
    }

    @Test
    void aStoreThatSomebodyCallsDownIsNotProvenToServe() {
        isUnknown(plain().by("o-lisbon", Status.DOWN, STORE));
        isUnknown(plain().by("o-lisbon", Status.DOWN, P));
        isUnknown(plain().unheard(P).by("o-lisbon", Status.DOWN, P));
    }

    @Test
    void ofASilentPrincipalTheStoreItselfMaySpeak() {
        isExposed(plain().unheard(P));
        isUnknown(plain().all(Status.UNKNOWN, P, STORE));
        serves(plain().all(Status.UNKNOWN, STORE));
    }

    @Test
    void aLostPrincipalIsALostStoreWhereItIsKnownToBeThePrincipal() {
        isUnavailable(plain().down(P).factsAt(STORE, Scene.NOON.minus(AGE)));
        isUnknown(plain().down(P).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT)));
        isLostForGood(plain().down(P, M).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT)));
    }

    @Test
    void aSideToldOfBeforeTheLossCountsFromTheLoss() {
        isUnavailable(
                plain().down(P).since(AGE).factsAt(STORE, Scene.NOON.minus(AGE.multipliedBy(2))));
        isUnknown(
                plain().down(P)
                        .since(AGE)
                        .factsAt(STORE, Scene.NOON.minus(AGE.multipliedBy(2)).minus(MOMENT)));
    }

    @Test
    void onePartnerAloneIsNotKnownToServeWhereNobodyToldTheRolesOfLate() {
        Duration old = AGE.plus(MOMENT);
        isExposed(plain().down(M).factsAt(STORE, Scene.NOON.minus(AGE)));
        isUnknown(plain().down(M).factsAt(STORE, Scene.NOON.minus(old)));
        serves(plain().factsAt(STORE, Scene.NOON.minus(old)));
    }

    @Test
    void aStoreWithOneCopyHasNoRolesToKnow() {
        Duration old = AGE.plus(MOMENT);
        isExposed(single(StoreTechnology.STANDALONE).factsAt(STORE, Scene.NOON.minus(old)));
        serves(single(StoreTechnology.FAILOVER_CLUSTER).factsAt(STORE, Scene.NOON.minus(old)));
        isLostForGood(single(StoreTechnology.STANDALONE).down(P));
        isLostForGood(single(StoreTechnology.FAILOVER_CLUSTER).down(P));
    }

    @ParameterizedTest
    @EnumSource(StoreTechnology.class)
    void whatIsToldOfRolesMovesNoStoreThatHasOneCopy(StoreTechnology technology) {
        Scene scene = single(technology);
        scene.mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR);
        assertEquals(ClauseResult.PASSED, clause(scene).result());
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreTechnology.class,
            names = {"STANDALONE", "FAILOVER_CLUSTER"})
    void rolesAreNoMatterForWhatIsNeitherMirroredNorAGroup(StoreTechnology technology) {
        Scene scene =
                lost(
                        new Scene(
                                Grown.of(Contoso.USUAL)
                                        .stores(store ->
                                                store(store, technology, Optional.of(store)))
                                        .estate()));
        scene.factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT));
        isUnavailable(scene.down(P));
    }

    @Test
    void theStoreIsWhereItsPrincipalIs() {
        Scene moved = plain().mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR);
        isExposed(moved.down(P));
        isUnavailable(
                plain().mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR).down(M));
    }

    @Test
    void ofDatabasesOnBothSidesTheSideThatIsDownCounts() {
        isUnavailable(split().down(P));
        isUnavailable(split().down(M));
        serves(split());
    }

    private static Scene split() {
        Scene scene = plain();
        return scene.facts(
                STORE,
                StoreTold.mirrored(
                                scene.store("be1"), MirroringState.SYNCHRONIZED, Position.PRIMARY)
                        .principal("xds", Position.MIRROR)
                        .facts());
    }

    @Test
    void aStoreThatServesIsNotLostForGoodWithItsMirror() {
        assertFalse(
                plain().down(M).evaluate().findings().stream()
                        .anyMatch(finding -> finding.code() == FindingCode.PAIR_LOST));
    }
}
