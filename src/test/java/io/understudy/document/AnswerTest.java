package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Evaluation;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.Mode;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the API answers has the shape of the contract. */
class AnswerTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    private static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    private static final Remedy MIRROR_FAILOVER = new Remedy.MirrorFailover(
            new StoreName("be1"),
            POOL1,
            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
            Position.MIRROR,
            List.of(DatabaseType.USER, DatabaseType.APPLICATION),
            true);

    @Test
    void aMirrorFailoverIsShownAsTheProductPageShowsIt() {
        assertEquals(
                Samples.yaml(
                        """
                        order: 1
                        after: []
                        remediation: MIRROR_FAILOVER
                        target: store:be1
                        to: sql:sql2.contoso.com/rtc
                        databaseTypes: [USER, APPLICATION]
                        rule: B3
                        mode: AUTOMATE
                        approvalsRequired: 0
                        dataLoss: {kind: NONE}
                        interruption: {who: nobody, expected: PT20S, target: PT5M}
                        reason: because
                        gate: [{clause: MIRROR_SYNCHRONIZED, result: PASSED, evidence: seen, required: true}]
                        rejected: [{remediation: POOL_FAILOVER, because: larger, rule: P1}]
                        """),
                DecisionDocument.write(decision(MIRROR_FAILOVER, ClauseResult.PASSED, new DataLoss.None())));
    }

    @Test
    void everyRemedyHasItsFields() {
        assertFields(new Remedy.None(), "{}");
        assertFields(new Remedy.Wait(AT), "{until: '2026-11-21T10:00:00Z'}");
        assertFields(new Remedy.Repair("mend it", Optional.of(AT)), "{first: mend it, before: '2026-11-21T10:00:00Z'}");
        assertFields(new Remedy.Repair("mend it", Optional.empty()), "{first: mend it}");
        assertFields(new Remedy.CmsFailover(POOL1, POOL2, true), "{to: 'pool:pool2.contoso.com'}");
        assertFields(
                new Remedy.EdgeNextHopChange(new PoolFqdn("edge1.contoso.com"), POOL1, POOL2),
                "{to: 'pool:pool2.contoso.com'}");
        assertFields(
                new Remedy.PoolFailover(POOL1, POOL2, true), "{to: 'pool:pool2.contoso.com', disasterMode: true}");
    }

    @Test
    void aLossIsBoundedInWholeSecondsRoundedUp() {
        assertEquals(
                "{\"kind\":\"BOUNDED\",\"seconds\":301}",
                DecisionDocument.write(decision(
                                MIRROR_FAILOVER, ClauseResult.PASSED, new DataLoss.Bounded(Duration.ofMillis(300_001))))
                        .path("dataLoss")
                        .toString());
        assertEquals(
                Samples.yaml("{kind: UNKNOWN}"),
                DecisionDocument.write(decision(MIRROR_FAILOVER, ClauseResult.PASSED, new DataLoss.Unknown()))
                        .path("dataLoss"));
    }

    @Test
    void onlyABlockedDecisionSaysSo() {
        assertTrue(DecisionDocument.write(decision(MIRROR_FAILOVER, ClauseResult.UNKNOWN, new DataLoss.None()))
                .path("blocked")
                .booleanValue());
        assertFalse(DecisionDocument.write(decision(MIRROR_FAILOVER, ClauseResult.PASSED, new DataLoss.None()))
                .has("blocked"));
    }

    @Test
    void anEvaluationHasTheShapeOfTheContract() {
        ObjectNode answer = EvaluationDocument.write(new Evaluation(
                List.of(new Finding(
                        FindingCode.PRINCIPAL_LOST,
                        ComponentId.parse("store:be1"),
                        "B3",
                        Severity.CRITICAL,
                        AT,
                        true,
                        List.of("seen"))),
                List.of(decision(MIRROR_FAILOVER, ClauseResult.FAILED, new DataLoss.None()))));
        Schemas.check("Evaluation", answer);
        assertEquals("PRINCIPAL_LOST", answer.at("/findings/0/code").asText());
        assertEquals("2026-11-21T10:00:00Z", answer.at("/findings/0/since").asText());
    }

    @Test
    void conditionsHaveTheShapeOfTheContract() {
        List<Evidence> evidence = List.of(new Evidence(
                new ObserverName("o-dublin"), Optional.of(new SiteName("dublin")), Status.DOWN, AT, AT, "id-1"));
        for (Condition condition : List.of(
                new Condition.Up(AT, evidence),
                new Condition.Degraded(AT, evidence),
                new Condition.Down(AT, evidence),
                new Condition.Unknown(AT, List.of(), Condition.Doubt.SILENCE, "a word"))) {
            ObjectNode shown = ConditionDocument.write(ComponentId.parse("store:be1"), condition);
            Schemas.check("Condition", shown);
            assertEquals(condition.status().name(), shown.path("status").asText());
            assertEquals(condition.status() == Status.UNKNOWN, shown.has("doubt"));
        }
    }

    private static void assertFields(Remedy remedy, String expected) {
        ObjectNode shown = DecisionDocument.write(decision(remedy, ClauseResult.PASSED, new DataLoss.None()));
        Schemas.check("Decision", shown);
        assertEquals(
                Samples.yaml(expected),
                shown.deepCopy().retain("to", "databaseTypes", "disasterMode", "until", "first", "before"));
        assertEquals(remedy.remediation().name(), shown.path("remediation").asText());
    }

    private static Decision decision(Remedy remedy, ClauseResult gate, DataLoss loss) {
        return new Decision(
                1,
                List.of(),
                remedy,
                ComponentId.parse("store:be1"),
                "B3",
                Mode.AUTOMATE,
                0,
                loss,
                new Interruption("nobody", Duration.ofSeconds(20), Duration.ofMinutes(5)),
                "because",
                List.of(new GateClause(Clause.MIRROR_SYNCHRONIZED, gate, true, "seen")),
                List.of(new Rejected(Remediation.POOL_FAILOVER, "larger", "P1")));
    }
}
