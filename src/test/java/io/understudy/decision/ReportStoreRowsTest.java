package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.DatabaseType;
import io.understudy.testing.Contoso;
import io.understudy.testing.Grown;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row B17: a store that keeps nothing but monitoring or archiving. */
class ReportStoreRowsTest {

    private static final String STORE = "store:reports";
    private static final String FIRST = "sql:sqlr1.contoso.com/rtc";
    private static final String SECOND = "sql:sqlr2.contoso.com/rtc";

    private static Scene of(DatabaseType type, boolean critical) {
        return new Scene(Grown.of(Contoso.USUAL).reports(type, critical).estate());
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseType.class,
            names = {"MONITORING", "ARCHIVING"})
    void b17FailsItsOwnTypeOverToTheMirror(DatabaseType type) {
        Evaluation evaluation = of(type, false).down(FIRST).evaluate();
        Decision decision = Expect.only(evaluation, Remediation.MIRROR_FAILOVER);
        assertEquals("B17", decision.rule());
        assertEquals(STORE, decision.target().toString());
        assertEquals(List.of(type), ((Remedy.MirrorFailover) decision.remedy()).types());
        assertEquals(
                "pool1.contoso.com", ((Remedy.MirrorFailover) decision.remedy()).pool().toString());
        assertEquals("B17", Expect.rejected(decision, Remediation.POOL_FAILOVER).rule());
        assertEquals("B17", Expect.finding(evaluation, FindingCode.PRINCIPAL_LOST).rule());
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void b17IsRepairedWhereNoCopyIsLeft() {
        Evaluation evaluation =
                of(DatabaseType.MONITORING, false)
                        .down(FIRST, SECOND)
                        .since(Duration.ofMinutes(3))
                        .evaluate();
        Decision decision = Expect.forTarget(evaluation, STORE);
        assertEquals("B17", decision.rule());
        assertEquals(Remediation.REPAIR, decision.remediation());
        Rejected pool = Expect.rejected(decision, Remediation.POOL_FAILOVER);
        assertEquals("B17", pool.rule());
        assertTrue(pool.because().contains("users work on without it"), pool::because);
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.STORE_LOST);
        assertEquals("B17", finding.rule());
        assertEquals(Scene.NOON.minus(Duration.ofMinutes(3)), finding.since());
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseType.class,
            names = {"MONITORING", "ARCHIVING"})
    void noPoolFailsOverForReportsHoweverLongTheyAreLost(DatabaseType type) {
        for (boolean critical : List.of(false, true)) {
            Evaluation evaluation =
                    of(type, critical).down(FIRST, SECOND).since(Duration.ofDays(1)).evaluate();
            Expect.none(evaluation, Remediation.POOL_FAILOVER);
            Expect.nothingActs(evaluation);
        }
    }

    @Test
    void criticalModeIsNamedAndNothingMoreIsDone() {
        Decision decision =
                Expect.forTarget(
                        of(DatabaseType.ARCHIVING, true).down(FIRST, SECOND).evaluate(), STORE);
        String because = Expect.rejected(decision, Remediation.POOL_FAILOVER).because();
        assertTrue(because.contains("archiving is critical, so messages stop"), because);
    }

    @Test
    void aStoreThatKeepsMoreThanReportsIsNotB17() {
        Evaluation evaluation = of(DatabaseType.APPLICATION, false).down(FIRST).evaluate();
        assertEquals("B3", Expect.only(evaluation, Remediation.MIRROR_FAILOVER).rule());
    }
}
