package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients get from a store, by the roles held now (domain.md 4.6). It is read off the gate of
 * a failover of pool2 onto pool1, whose store be1 is.
 */
class StoreServiceTest {

    private static final String P = "sql:sql11.contoso.com/rtc";
    private static final String M = "sql:sql12.contoso.com/rtc";
    private static final String W = "sql:sqlw1.contoso.com/rtc";
    private static final String STORE = "store:be1";
    private static final Duration AGE = Policy.DEFAULT.thresholds().maxAge();
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Scene plain() {
        return lost(new Scene(Contoso.USUAL));
    }

    private static Scene witnessed() {
        return lost(new Scene(Contoso.USUAL.withWitness()));
    }

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

    /** Enough of pool2 is lost for it to fail over, and not so much that its site is. */
    private static Scene lost(Scene scene) {
        return scene.down("server:fe21.contoso.com", "server:fe22.contoso.com");
    }

    private static GateClause clause(Scene scene) {
        Decision failover = Expect.forTarget(scene.evaluate(), "pool:pool2.contoso.com");
        assertEquals(Remediation.POOL_FAILOVER, failover.remediation(), failover::toString);
        return failover.gate().stream()
                .filter(c -> c.clause() == Clause.BACKUP_STORE_SERVING)
                .findFirst()
                .orElseThrow();
    }

    private static void serves(Scene scene) {
        assertStarts("store:be1 is SERVING: ", ClauseResult.PASSED, scene);
    }

    private static void isExposed(Scene scene) {
        assertStarts("store:be1 is EXPOSED: ", ClauseResult.PASSED, scene);
    }

    private static void isUnavailable(Scene scene) {
        assertStarts("store:be1 is UNAVAILABLE: ", ClauseResult.FAILED, scene);
    }

    private static void isUnknown(Scene scene) {
        assertStarts("store:be1 is UNKNOWN: ", ClauseResult.UNKNOWN, scene);
    }

    private static void assertStarts(String sentence, ClauseResult result, Scene scene) {
        GateClause clause = clause(scene);
        assertEquals(
                sentence,
                clause.evidence().substring(0, clause.evidence().indexOf(": ") + 2),
                clause::toString);
        assertEquals(result, clause.result());
    }

    /** No copy of it can serve, so that the pair is lost as a whole. */
    private static void isLostForGood(Scene scene) {
        assertEquals("P12", Expect.forTarget(scene.evaluate(), "pool:pool2.contoso.com").rule());
    }

    private static Scene told(Scene scene, MirroringState state, WitnessState witness) {
        return scene.facts(
                STORE,
                StoreTold.mirrored(scene.store("be1"), state, Position.PRIMARY)
                        .witness(witness)
                        .facts());
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

    /** Nobody says whether the store as a whole serves. */
    private static Scene unproven(MirroringState state, WitnessState witness) {
        return told(witnessed().all(Status.UNKNOWN, STORE), state, witness);
    }

    @Test
    void aWitnessedPrincipalNeedsALinkToOneOfItsPartners() {
        MirroringState linked = MirroringState.SYNCHRONIZED;
        MirroringState cut = MirroringState.DISCONNECTED;
        serves(unproven(linked, WitnessState.CONNECTED));
        isExposed(unproven(linked, WitnessState.DISCONNECTED).down(W));
        isUnknown(unproven(cut, WitnessState.DISCONNECTED).down(W));
        isUnknown(unproven(cut, WitnessState.DISCONNECTED));
        serves(unproven(cut, WitnessState.CONNECTED));
        isUnknown(unproven(cut, WitnessState.UNKNOWN));
        isUnknown(unproven(cut, WitnessState.UNKNOWN).down(M));
        isExposed(unproven(cut, WitnessState.CONNECTED).down(M));
        isExposed(unproven(linked, WitnessState.UNKNOWN).down(M));
        isUnknown(unproven(linked, WitnessState.DISCONNECTED).down(M));
        isUnknown(unproven(linked, WitnessState.CONNECTED).down(M).unheard(W));
        isUnknown(unproven(linked, WitnessState.CONNECTED).unheard(M).unheard(W));
    }

    @Test
    void noLinkIsAskedForWhereTheStoreIsSeenToServe() {
        serves(told(witnessed(), MirroringState.DISCONNECTED, WitnessState.DISCONNECTED));
        isExposed(
                told(witnessed(), MirroringState.DISCONNECTED, WitnessState.UNKNOWN)
                        .down(W)
                        .all(Status.DEGRADED, STORE));
        serves(
                told(
                        plain().all(Status.UNKNOWN, STORE),
                        MirroringState.DISCONNECTED,
                        WitnessState.UNKNOWN));
    }

    @Test
    void aLinkIsCutWhereEveryDatabaseSaysSo() {
        Scene scene = witnessed().all(Status.UNKNOWN, STORE).down(W);
        StoreTold cut =
                StoreTold.mirrored(
                                scene.store("be1"), MirroringState.DISCONNECTED, Position.PRIMARY)
                        .witness(WitnessState.DISCONNECTED);
        isUnknown(scene.facts(STORE, cut.facts()));
        isExposed(scene.facts(STORE, cut.state("xds", MirroringState.SYNCHRONIZED).facts()));
    }

    @Test
    void aLinkIsProvenByWhatWasToldOfLateCountedFromTheMirrorsLoss() {
        WitnessState connected = WitnessState.CONNECTED;
        MirroringState cut = MirroringState.DISCONNECTED;
        serves(unproven(cut, connected).factsAt(STORE, Scene.NOON.minus(AGE)));
        isUnknown(unproven(cut, connected).factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT)));
        Scene earlier = unproven(cut, connected).down(M).since(GRACE);
        isExposed(earlier.factsAt(STORE, Scene.NOON.minus(AGE)));
        isUnknown(unproven(cut, connected).facts(STORE, StoreTold.nothing().facts()));
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

    /** The principal is lost for so long, and the roles were told so long ago. */
    private static Scene quiet(Duration lost, Duration told) {
        return witnessed().down(P).since(lost).factsAt(STORE, Scene.NOON.minus(told));
    }

    @Test
    void aStoreMayHaveFailedOverByItselfOnceItsTimeForThatIsOver() {
        isUnavailable(quiet(GRACE.minus(MOMENT), GRACE));
        isUnknown(quiet(GRACE, GRACE));
        isUnknown(quiet(GRACE, MOMENT));
        isUnavailable(quiet(GRACE, Duration.ZERO));
    }

    @Test
    void aStoreCannotHaveFailedOverWithoutItsPartners() {
        isUnavailable(quiet(GRACE, GRACE).down(W));
        isUnknown(quiet(GRACE, GRACE).unheard(W));
        isUnknown(quiet(GRACE, GRACE).unheard(M));
        isLostForGood(quiet(GRACE, GRACE).down(M));
        isUnavailable(quiet(GRACE, GRACE).down(STORE));
        isUnavailable(plain().down(P).since(GRACE).factsAt(STORE, Scene.NOON.minus(GRACE)));
    }

    @ParameterizedTest
    @EnumSource(MirroringState.class)
    void aMirrorThatWasNotInStepDidNotTakeOver(MirroringState state) {
        Scene scene = told(quiet(GRACE, GRACE), state, WitnessState.CONNECTED);
        switch (state) {
            case SYNCHRONIZED, DISCONNECTED, PENDING_FAILOVER, UNKNOWN -> isUnknown(scene);
            case SYNCHRONIZING, SUSPENDED, UNSYNCHRONIZED -> isUnavailable(scene);
        }
    }

    @Test
    void aMirrorThatHadLostItsWitnessDidNotTakeOver() {
        MirroringState inStep = MirroringState.SYNCHRONIZED;
        isUnavailable(told(quiet(GRACE, GRACE), inStep, WitnessState.DISCONNECTED));
        isUnknown(told(quiet(GRACE, GRACE), inStep, WitnessState.UNKNOWN));
    }

    @Test
    void aStoreThatServesIsNotLostForGoodWithItsMirror() {
        assertFalse(
                plain().down(M).evaluate().findings().stream()
                        .anyMatch(finding -> finding.code() == FindingCode.PAIR_LOST));
    }

    /** Its store is an Availability Group of which this is told. */
    private static Scene group(Position primary, String mode, boolean ready, String quorum) {
        Facts told =
                StoreTold.nothing()
                        .group(
                                new Facts.AvailabilityGroup(
                                        Optional.of(primary),
                                        Optional.of("SYNCHRONIZED"),
                                        Optional.of(mode),
                                        Optional.of(quorum),
                                        Optional.of(ready),
                                        Optional.empty()))
                        .facts();
        return lost(new Scene(Grown.of(Contoso.USUAL).groups().estate())).facts(STORE, told);
    }

    private static Scene group(String quorum) {
        return group(Position.PRIMARY, "AUTOMATIC", true, quorum);
    }

    @Test
    void aGroupServesWhileItsClusterHasQuorum() {
        serves(group("NORMAL_QUORUM"));
        isExposed(group("NORMAL_QUORUM").down(M));
        isUnknown(group("NO_QUORUM"));
        isUnknown(group("NO_QUORUM").factsAt(STORE, Scene.NOON.minus(AGE)));
        serves(group("NO_QUORUM").factsAt(STORE, Scene.NOON.minus(AGE).minus(MOMENT)));
    }

    @Test
    void aGroupThatIsSeenDownDoesNotServeWhateverItsQuorum() {
        isUnavailable(group("NO_QUORUM").down(STORE));
        isUnavailable(group("NO_QUORUM").down(P));
    }

    @Test
    void aGroupIsWhereItsPrimaryReplicaIs() {
        isExposed(group(Position.MIRROR, "AUTOMATIC", true, "NORMAL").down(P));
        isUnavailable(group(Position.MIRROR, "AUTOMATIC", true, "NORMAL").down(M));
    }

    @Test
    void whatIsToldOfAGroupMovesNoMirroredStore() {
        Facts group =
                group(Position.MIRROR, "AUTOMATIC", true, "NO_QUORUM")
                        .snapshot()
                        .conditions()
                        .facts(ComponentId.parse(STORE))
                        .facts();
        serves(plain().facts(STORE, group));
        isUnavailable(plain().facts(STORE, group).down(P));
    }

    @Test
    void whatIsToldOfMirroringMovesNoGroup() {
        Scene scene = group("NORMAL");
        scene.mirroring("be1", MirroringState.SYNCHRONIZED, Position.MIRROR);
        isUnavailable(scene.down(P));
    }

    @Test
    void aGroupMayHaveFailedOverWhereItIsReadyToDoSoByItself() {
        Instant before = Scene.NOON.minus(GRACE);
        Scene ready = group(Position.PRIMARY, "AUTOMATIC", true, "NORMAL");
        isUnknown(ready.down(P).since(GRACE).factsAt(STORE, before));
        Scene manual = group(Position.PRIMARY, "MANUAL", true, "NORMAL");
        isUnavailable(manual.down(P).since(GRACE).factsAt(STORE, before));
        Scene behind = group(Position.PRIMARY, "AUTOMATIC", false, "NORMAL");
        isUnavailable(behind.down(P).since(GRACE).factsAt(STORE, before));
    }
}
