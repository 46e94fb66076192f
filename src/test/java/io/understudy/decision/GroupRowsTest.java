package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.estate.Estate;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.estate.StoreTechnology;
import io.understudy.health.Facts;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rows G1, G3 and G5 of the decision table: a store that is an Availability Group. */
class GroupRowsTest {

    private static final String PRIMARY = "sql:sql11.contoso.com/rtc";
    private static final String SECONDARY = "sql:sql12.contoso.com/rtc";

    private static Scene group(boolean ready) {
        Estate mirrored = Contoso.USUAL.estate();
        List<Store> groups = mirrored.stores().stream().map(GroupRowsTest::asGroup).toList();
        Scene scene =
                new Scene(
                        new Estate(
                                mirrored.name(),
                                mirrored.sites(),
                                mirrored.pools(),
                                groups,
                                mirrored.observers()));
        groups.forEach(store -> scene.facts(store.id().toString(), facts(ready)));
        return scene;
    }

    private static Store asGroup(Store store) {
        return new Store(
                store.name(),
                store.site(),
                StoreTechnology.AVAILABILITY_GROUP,
                store.primary(),
                store.mirror(),
                Optional.empty(),
                store.databases(),
                Optional.empty());
    }

    private static Facts facts(boolean ready) {
        return new Facts.OfStore(
                List.of(),
                Optional.of(
                        new Facts.AvailabilityGroup(
                                Optional.of(Position.PRIMARY),
                                Optional.of("SYNCHRONIZED"),
                                Optional.of("AUTOMATIC"),
                                Optional.of("NORMAL_QUORUM"),
                                Optional.of(ready))),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    @Test
    void g1WaitsForTheClusterToFailOver() {
        Decision decision = Expect.forTarget(group(true).down(PRIMARY).evaluate(), "store:be1");
        assertEquals("G1", decision.rule());
        assertEquals(new Remedy.Wait(Scene.NOON.plusSeconds(60)), decision.remedy());
        Expect.rejected(decision, Remediation.AVAILABILITY_GROUP_FAILOVER);
    }

    @Test
    void g2MakesAReadySecondaryPrimaryByCommandOfTwoWhereTheClusterDoesNot() {
        Evaluation tooLate = group(true).down(PRIMARY).since(Duration.ofSeconds(60)).evaluate();
        Decision decision = Expect.only(tooLate, Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER);
        assertEquals("G2", decision.rule());
        assertEquals(new DataLoss.None(), decision.dataLoss());
        assertEquals(2, decision.approvalsRequired());
        assertEquals(Mode.ADVISE, decision.mode());
    }

    @Test
    void g3WeighsTheLossWhereTheSecondaryIsNotInStep() {
        Evaluation notReady = group(false).down(PRIMARY).evaluate();
        assertEquals("G3", Expect.forTarget(notReady, "store:be1").rule());
    }

    @Test
    void g5LeavesTheLostSecondaryToAPerson() {
        Decision decision = Expect.forTarget(group(true).down(SECONDARY).evaluate(), "store:be1");
        assertEquals("G5", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
    }
}
