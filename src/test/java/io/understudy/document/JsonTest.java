package io.understudy.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.DataLoss;
import io.understudy.decision.Decision;
import io.understudy.decision.Finding;
import io.understudy.decision.FindingCode;
import io.understudy.decision.GateClause;
import io.understudy.decision.Interruption;
import io.understudy.decision.KnownRun;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Rejected;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.RunState;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.ChatState;
import io.understudy.health.ComponentFacts;
import io.understudy.health.ComponentHealth;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import io.understudy.health.Thresholds;
import io.understudy.intake.Mapping;
import io.understudy.run.Approval;
import io.understudy.run.Carrier;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.StepState;
import io.understudy.runbook.Action;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import io.understudy.runbook.Verification;
import io.understudy.testing.Actions;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Core values survive being written and read, whatever case of a sealed type they are. */
class JsonTest {

    private static final Carrier CARRIER =
            new Carrier(
                    "powershell",
                    Optional.of(
                            new Carrier.Machine(
                                    "ms1",
                                    ManagementServer.Transport.SSH,
                                    "ms1.contoso.com",
                                    Optional.of(22))),
                    Optional.of(Duration.ofMinutes(3)));

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456789Z");
    private static final PoolFqdn POOL1 = new PoolFqdn("pool1.contoso.com");
    private static final PoolFqdn POOL2 = new PoolFqdn("pool2.contoso.com");
    private static final StoreName STORE = new StoreName("be1");
    private static final SqlInstance SQL2 =
            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc");
    private static final ComponentId TARGET = ComponentId.of(STORE);

    private static final List<Remedy> REMEDIES =
            List.of(
                    new Remedy.None(),
                    new Remedy.Wait(AT),
                    new Remedy.Repair("mend it", Optional.of(AT)),
                    new Remedy.MirrorFailover(
                            STORE, POOL1, SQL2, Position.MIRROR, List.of(DatabaseType.USER), true),
                    new Remedy.CmsFailover(POOL1, POOL2, true),
                    new Remedy.EdgeNextHopChange(new PoolFqdn("edge1.contoso.com"), POOL1, POOL2),
                    new Remedy.PoolFailover(POOL1, POOL2, true),
                    new Remedy.ForcedMirrorFailover(
                            STORE, SQL2, Position.MIRROR, List.of(DatabaseType.USER)),
                    new Remedy.PrincipalAlignment(
                            STORE, POOL1, SQL2, Position.MIRROR, List.of(DatabaseType.USER)),
                    new Remedy.MirrorFailback(STORE, POOL1, SQL2, List.of(DatabaseType.USER)),
                    new Remedy.AvailabilityGroupFailover(STORE, SQL2),
                    new Remedy.ForcedAvailabilityGroupFailover(STORE, SQL2),
                    new Remedy.QuorumRecovery(POOL1),
                    new Remedy.PoolFailback(POOL1, POOL2, true),
                    new Remedy.ChatFailover(POOL1, STORE, SQL2),
                    new Remedy.ChatFailback(POOL1, STORE, SQL2));
    private static final List<DataLoss> LOSSES =
            List.of(
                    new DataLoss.None(),
                    new DataLoss.Bounded(Duration.ofMillis(5_500)),
                    new DataLoss.Unknown());
    private static final List<Action> ACTIONS = Actions.all();
    private static final List<Verification> VERIFICATIONS =
            List.of(
                    new Verification.PrincipalOn(STORE, List.of("rtcxds"), Position.MIRROR),
                    new Verification.MirroringSynchronized(STORE, List.of("rtcxds")),
                    new Verification.Serves(ComponentId.of(SQL2)),
                    new Verification.PoolStateIs(POOL1, PoolState.FAILED_OVER),
                    new Verification.CentralManagementOn(POOL2),
                    new Verification.NextHopIs(new PoolFqdn("edge1.contoso.com"), POOL2),
                    new Verification.PoolInService(POOL1),
                    new Verification.PrimaryReplicaOn(STORE, Position.MIRROR),
                    new Verification.RoutingGroupsWhole(POOL1),
                    new Verification.BackupSteady(POOL1),
                    new Verification.ReplicasUpToDate(POOL2),
                    new Verification.ServicesRun(
                            new ServerFqdn("fe1.contoso.com"), List.of("MASTER", "FTA")),
                    new Verification.ChatStateIs(POOL1, ChatState.FAILED_OVER),
                    new Verification.ActiveServersAre(
                            POOL1, List.of(new ServerFqdn("chat1.contoso.com"))));
    private static final List<Facts> FACTS =
            List.of(
                    new Facts.None(),
                    ObservationDocumentTest.facts("store"),
                    ObservationDocumentTest.facts("pool"),
                    ObservationDocumentTest.facts("server"));
    private static final List<Condition> CONDITIONS =
            List.of(
                    new Condition.Up(AT, evidence()),
                    new Condition.Degraded(AT, evidence()),
                    new Condition.Down(AT, evidence()),
                    new Condition.Unknown(AT, List.of(), Condition.Doubt.SILENCE, "a word"));

    @Test
    void everyCaseOfEverySealedTypeSurvives() throws JsonProcessingException {
        assertSurvive(Remedy.class, REMEDIES);
        assertSurvive(DataLoss.class, LOSSES);
        assertSurvive(Action.class, ACTIONS);
        assertSurvive(Verification.class, VERIFICATIONS);
        assertSurvive(Facts.class, FACTS);
        assertSurvive(Condition.class, CONDITIONS);
    }

    @Test
    void theCaseIsWrittenEvenWhereTheDeclaredTypeIsTheCaseItself() throws JsonProcessingException {
        String json = Json.mapper().writeValueAsString(new Remedy.PoolFailover(POOL1, POOL2, true));
        assertEquals(
                "{\"kind\":\"PoolFailover\",\"pool\":\"pool1.contoso.com\",\"to\":\"pool2.contoso.com\",\"disasterMode\":true}",
                json);
    }

    @Test
    void aRunSurvivesInEveryState() throws JsonProcessingException {
        for (RunState state : RunState.values()) {
            for (Remedy remedy : REMEDIES) {
                assertSurvives(Run.class, run(state, remedy));
            }
        }
    }

    @Test
    void aStepOfAnEarlierVersionIsReadAndWhatALaterOneAddsIsLeftOut() {
        StepState step =
                Json.read(
                        "{\"number\": 1, \"phase\": \"INTENDED\", \"attempts\": 1, \"message\": \"\", \"later\": {}}",
                        StepState.class);

        assertEquals(Optional.empty(), step.carrier());
        assertEquals(Optional.empty(), step.actedAt());
    }

    @Test
    void journalEntriesSurvive() throws JsonProcessingException {
        for (JournalEntry.Kind kind : JournalEntry.Kind.values()) {
            assertSurvives(
                    JournalEntry.class, new JournalEntry(AT, 3, kind, 7, "alice", "did \"it\"\n"));
        }
    }

    @Test
    void documentsSurvive() throws JsonProcessingException {
        assertSurvives(Estate.class, Samples.estate());
        assertSurvives(Policy.class, Policy.DEFAULT);
        assertSurvives(
                Policy.class,
                PolicyDocument.read(
                        Samples.yaml(
                                "{frontEndRestartBudget: PT9M, modes: [{remediation: POOL_FAILOVER, scope: 'site:dublin', mode: OBSERVE}], freezes: [{name: a, reason: b}], quietHours: [{name: n, start: '2026-01-01T22:00', timeZone: Europe/Dublin, duration: PT7H, recurrence: FREQ=DAILY;COUNT=3}]}")));
        assertSurvives(Mapping.class, Mapping.DEFAULT);
    }

    @Test
    void whatWasSeenAndBelievedSurvives() throws JsonProcessingException {
        Observation plain =
                new Observation(
                        "1", TARGET, Status.UP, new ObserverName("o-dublin"), AT, FACTS.get(1));
        Observation alert =
                new Observation(
                        "2",
                        TARGET,
                        Status.DOWN,
                        new ObserverName("o-lisbon"),
                        AT,
                        new Facts.None(),
                        "fp",
                        3,
                        Optional.of(AT));
        assertSurvives(Observation.class, plain);
        assertSurvives(Observation.class, alert);
        ComponentHealth health =
                ComponentHealth.NONE
                        .next(plain, Thresholds.DEFAULT)
                        .next(alert, Thresholds.DEFAULT);
        assertSurvives(ComponentHealth.class, health);
        assertSurvives(ComponentFacts.class, ComponentFacts.NONE);
        assertSurvives(
                Finding.class,
                new Finding(
                        FindingCode.PRINCIPAL_LOST,
                        TARGET,
                        "B3",
                        Severity.CRITICAL,
                        AT,
                        true,
                        List.of("seen")));
        assertSurvives(
                KnownRun.class,
                new KnownRun(
                        "r",
                        Remediation.CMS_FAILOVER,
                        ComponentId.of(POOL1),
                        RunState.FAILED,
                        Optional.of(AT)));
    }

    @Test
    void aCaseThatDoesNotExistIsRefused() {
        for (String bad :
                List.of(
                        "{\"kind\":\"Explode\"}",
                        "{}",
                        "{\"kind\":\"java.lang.Object\"}",
                        "[]",
                        "7",
                        "{\"kind\":null}")) {
            assertThrows(
                    JsonProcessingException.class,
                    () -> Json.mapper().readValue(bad, Remedy.class),
                    bad);
        }
    }

    @Test
    void whatWasStoredBeforeAFieldCameIsStillRead() throws JsonProcessingException {
        Estate estate = Samples.estate();
        ObjectNode older = (ObjectNode) Json.mapper().valueToTree(estate);
        older.get("pools").forEach(pool -> ((ObjectNode) pool).remove("otherStores"));
        older.get("stores").forEach(store -> ((ObjectNode) store).remove("criticalMode"));
        assertEquals(estate, Json.mapper().treeToValue(older, Estate.class));
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThrows(
                JsonProcessingException.class,
                () -> Json.mapper().readValue("\"nonsense\"", ComponentId.class));
        assertThrows(
                JsonProcessingException.class,
                () -> Json.mapper().readValue("\"a..b\"", PoolFqdn.class));
    }

    @Test
    void namesAreKeysOfMaps() throws JsonProcessingException {
        Map<ComponentId, Status> map = Map.of(TARGET, Status.UP);
        String json = Json.mapper().writeValueAsString(map);
        assertEquals("{\"store:be1\":\"UP\"}", json);
        assertEquals(
                map,
                Json.mapper().readValue(json, new TypeReference<Map<ComponentId, Status>>() {}));
    }

    private static <T> void assertSurvive(Class<T> type, List<T> values)
            throws JsonProcessingException {
        Set<Type> cases = new HashSet<>(Arrays.asList(type.getPermittedSubclasses()));
        for (T value : values) {
            assertSurvives(type, value);
            cases.remove(value.getClass());
        }
        assertTrue(cases.isEmpty(), "not tried: " + cases);
    }

    private static <T> void assertSurvives(Class<T> type, T value) throws JsonProcessingException {
        String json = Json.mapper().writerFor(type).writeValueAsString(value);
        T back = Json.mapper().readValue(json, type);
        assertEquals(value, back, json);
        assertEquals(json, Json.mapper().writeValueAsString(back));
    }

    private static Run run(RunState state, Remedy remedy) {
        Decision decision =
                new Decision(
                        2,
                        List.of(1),
                        remedy,
                        TARGET,
                        "B3",
                        Mode.AUTOMATE,
                        1,
                        LOSSES.get(1),
                        new Interruption("nobody", Duration.ofSeconds(20), Duration.ofMinutes(5)),
                        "because",
                        List.of(
                                new GateClause(
                                        Clause.MIRROR_SYNCHRONIZED,
                                        ClauseResult.UNKNOWN,
                                        true,
                                        "seen")),
                        List.of(new Rejected(Remediation.POOL_FAILOVER, "larger", "P1")));
        List<Step> steps =
                ACTIONS.stream()
                        .map(action ->
                                new Step(
                                        ACTIONS.indexOf(action) + 1,
                                        "title",
                                        action,
                                        "command",
                                        VERIFICATIONS,
                                        "undo",
                                        true,
                                        false,
                                        true,
                                        List.of("a trap"),
                                        Duration.ofMinutes(5)))
                        .toList();
        Optional<Instant> at = state.ended() ? Optional.of(AT) : Optional.empty();
        return new Run(
                "run-1",
                decision,
                new Runbook(remedy.remediation(), TARGET, steps),
                state,
                List.of(
                        new StepState(
                                1,
                                StepState.Phase.DONE,
                                1,
                                at,
                                at,
                                at,
                                "",
                                Optional.of(
                                        new Carrier(
                                                "command", Optional.empty(), Optional.empty()))),
                        new StepState(
                                2,
                                StepState.Phase.INTENDED,
                                2,
                                Optional.of(AT),
                                at,
                                at,
                                "again",
                                Optional.of(CARRIER))),
                List.of(new Approval("bob", AT)),
                "alice",
                AT,
                Optional.of(AT),
                at,
                at.map(_ -> "carol"),
                at.map(_ -> new Run.Outcome("done", "nothing")),
                Optional.of("incident-1"));
    }

    private static List<Evidence> evidence() {
        return List.of(
                new Evidence(
                        new ObserverName("o-dublin"),
                        Optional.of(new SiteName("dublin")),
                        Status.DOWN,
                        AT,
                        AT,
                        "1"),
                new Evidence(new ObserverName("o-mars"), Optional.empty(), Status.UP, AT, AT, "2"));
    }
}
