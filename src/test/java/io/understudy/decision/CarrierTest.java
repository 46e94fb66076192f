package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.health.PoolState;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The stores of a pair of which pool2 is failed over onto pool1 (rows P13 and P15). */
class CarrierTest {

    private static final String HOME = "pool:pool2.contoso.com";
    private static final String CARRIER = "pool:pool1.contoso.com";
    private static final String[] HOME_STORE = {
        "sql:sql21.contoso.com/rtc", "sql:sql22.contoso.com/rtc"
    };
    private static final String[] CARRIERS_STORE = {
        "sql:sql11.contoso.com/rtc", "sql:sql12.contoso.com/rtc"
    };
    private static final Duration BUDGET = Duration.ofMinutes(30);

    private static Scene failedOver() {
        return new Scene(Contoso.USUAL)
                .factsSince(
                        HOME,
                        Duration.ofHours(3),
                        PoolTold.WELL.state(PoolState.FAILED_OVER).facts());
    }

    @Test
    void aCarrierThatIsOutForItsStoreGivesThePoolBack() {
        Scene scene = failedOver().down(CARRIERS_STORE).since(BUDGET);
        Evaluation evaluation = scene.evaluate();
        Decision back = Expect.only(evaluation, Remediation.POOL_FAILBACK);
        assertEquals("P13", back.rule());
        assertEquals(new DataLoss.Bounded(Duration.ofHours(3).minus(BUDGET)), back.dataLoss());
        assertEquals("P13", Expect.forTarget(evaluation, CARRIER).rule());
        assertEquals(
                Scene.NOON.minus(BUDGET),
                Expect.finding(evaluation, FindingCode.POOL_DOWN).since());
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void beforeItsStoresBudgetIsSpentTheCarrierKeepsThePool() {
        Evaluation evaluation =
                failedOver().down(CARRIERS_STORE).since(BUDGET.minusMillis(1)).evaluate();
        Expect.none(evaluation, Remediation.POOL_FAILBACK);
        assertEquals("B9", Expect.forTarget(evaluation, "store:be1").rule());
    }

    @Test
    void aPoolIsNotGivenBackWithoutItsStore() {
        Decision decision = Expect.forTarget(failedOver().down(HOME_STORE).evaluate(), HOME);
        assertEquals("P15", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "repair the home pool, then fail back in a quiet hour", Optional.empty()),
                decision.remedy());
    }

    @Test
    void theWayBackSaysWhatItRestsOn() {
        Decision back = Expect.only(failedOver().evaluate(), Remediation.POOL_FAILBACK);
        assertEquals(
                "PASSED: 3 of 3 Front End Servers run, 2 are required, 3 for a full start; its store serves",
                Expect.words(back, Clause.HOME_POOL_REPAIRED));
        assertEquals(
                "PASSED: PoolState of pool2.contoso.com is FAILED_OVER",
                Expect.words(back, Clause.HOME_POOL_STATE_FAILED_OVER));
        assertEquals(
                "UNKNOWN?: nobody has told whether the replicas are up to date",
                Expect.words(back, Clause.CMS_REPLICAS_UP_TO_DATE));
    }
}
