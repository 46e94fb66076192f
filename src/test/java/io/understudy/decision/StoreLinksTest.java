package io.understudy.decision;

import static io.understudy.decision.ServiceOfBe1.AGE;
import static io.understudy.decision.ServiceOfBe1.GRACE;
import static io.understudy.decision.ServiceOfBe1.M;
import static io.understudy.decision.ServiceOfBe1.MOMENT;
import static io.understudy.decision.ServiceOfBe1.P;
import static io.understudy.decision.ServiceOfBe1.STORE;
import static io.understudy.decision.ServiceOfBe1.W;
import static io.understudy.decision.ServiceOfBe1.isExposed;
import static io.understudy.decision.ServiceOfBe1.isLostForGood;
import static io.understudy.decision.ServiceOfBe1.isUnavailable;
import static io.understudy.decision.ServiceOfBe1.isUnknown;
import static io.understudy.decision.ServiceOfBe1.lost;
import static io.understudy.decision.ServiceOfBe1.plain;
import static io.understudy.decision.ServiceOfBe1.serves;
import static io.understudy.decision.ServiceOfBe1.told;
import static io.understudy.decision.ServiceOfBe1.witnessed;

import io.understudy.estate.Position;
import io.understudy.health.MirroringState;
import io.understudy.health.Status;
import io.understudy.health.WitnessState;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the links between a store's partners say of it: whether its principal has quorum, and
 * whether it may have failed over by itself (domain.md 4.6).
 */
class StoreLinksTest {

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
}
