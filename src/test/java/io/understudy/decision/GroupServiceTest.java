package io.understudy.decision;

import static io.understudy.decision.ServiceOfBe1.AGE;
import static io.understudy.decision.ServiceOfBe1.GRACE;
import static io.understudy.decision.ServiceOfBe1.M;
import static io.understudy.decision.ServiceOfBe1.MOMENT;
import static io.understudy.decision.ServiceOfBe1.P;
import static io.understudy.decision.ServiceOfBe1.STORE;
import static io.understudy.decision.ServiceOfBe1.isExposed;
import static io.understudy.decision.ServiceOfBe1.isUnavailable;
import static io.understudy.decision.ServiceOfBe1.isUnknown;
import static io.understudy.decision.ServiceOfBe1.lost;
import static io.understudy.decision.ServiceOfBe1.plain;
import static io.understudy.decision.ServiceOfBe1.serves;
import static io.understudy.decision.ServiceOfBe1.told;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Position;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import io.understudy.testing.StoreTold;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients get from a store that is an Availability Group (domain.md 4.10). */
class GroupServiceTest {

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
