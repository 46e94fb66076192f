package io.understudy.control;

import static io.understudy.control.LoopBench.PRINCIPAL;
import static io.understudy.control.LoopBench.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.decision.Remedy;
import io.understudy.decision.RunState;
import io.understudy.estate.DatabaseType;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.health.Status;
import io.understudy.run.RunRefusal;
import io.understudy.runbook.Rehearsed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What runs only when a person asks for it, and what he is shown before. */
class AskedRunsTest {

    private static final Remedy FORCED =
            new Remedy.ForcedMirrorFailover(
                    new StoreName("be1"),
                    new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                    Position.MIRROR,
                    List.of(DatabaseType.USER));

    private static final Remedy SUSPENDED =
            new Remedy.Repair(
                    "mend the cause",
                    Optional.empty(),
                    List.of(
                            new Remedy.Repair.Suspended(
                                    Position.PRIMARY, List.of("rtcxds", "rtcshared"))));

    private final LoopBench bench = new LoopBench();

    @Test
    void aForcedFailoverIsOpenedByNobodyButAPerson() {
        bench.instead = Optional.of(FORCED);
        lost(Mode.ADVISE);
        assertEquals(List.of(), bench.runs.open());

        bench.people.open(Remediation.FORCED_MIRROR_FAILOVER, STORE, "olga", _ -> {});
        assertEquals(RunState.AWAITING_APPROVAL, bench.onlyRun().state());
    }

    @Test
    void suspendedMirroringIsResumedOnlyWhenAskedFor() {
        bench.instead = Optional.of(SUSPENDED);
        bench.rule = "B12";
        lost(Mode.AUTOMATE);
        assertEquals(List.of(), bench.runs.open());

        bench.people.open(Remediation.REPAIR, STORE, "olga", _ -> {});
        assertEquals(RunState.RUNNING, bench.onlyRun().state());
        assertEquals("olga", bench.onlyRun().openedBy());
    }

    @Test
    void aStuckStoreIsRepairedOnlyWhenAskedFor() {
        bench.instead = Optional.of(new Remedy.Repair("see to the services", Optional.empty()));
        bench.rule = "P4";
        lost(Mode.AUTOMATE);
        assertEquals(List.of(), bench.runs.open());

        bench.people.open(Remediation.REPAIR, STORE, "olga", _ -> {});
        assertEquals("olga", bench.onlyRun().openedBy());
    }

    @Test
    void anyOtherRepairIsLeftToPeople() {
        bench.instead = Optional.of(new Remedy.Repair("bring it back", Optional.empty()));
        bench.rule = "B4";
        lost(Mode.AUTOMATE);
        RunRefusal refusal =
                assertThrows(
                        RunRefusal.class,
                        () -> bench.people.open(Remediation.REPAIR, STORE, "olga", _ -> {}));
        assertTrue(refusal.getMessage().contains("nothing that is carried out here"));
    }

    @Test
    void aDryRunReadsTheEvidenceAfreshAndRemembersNothingOfIt() {
        lost(Mode.OBSERVE);
        bench.seen.put(PRINCIPAL, Status.UP);
        bench.clock.advance(Duration.ofSeconds(1));

        Rehearsed reassessment = dryRun().getFirst();

        assertEquals(Rehearsed.Verdict.WOULD_BE_REFUSED, reassessment.verdict());
        assertTrue(reassessment.message().contains("no longer decided"), reassessment.message());
        bench.loop.tick();
        assertEquals(
                Status.DOWN, bench.loop.present().orElseThrow().conditions().status(PRINCIPAL));
        assertEquals(List.of(), bench.runs.open());
    }

    @Test
    void aDryRunSaysWhichClauseWouldStopIt() {
        bench.blocked = true;
        lost(Mode.OBSERVE);
        Rehearsed reassessment = dryRun().getFirst();
        assertEquals(Rehearsed.Verdict.WOULD_BE_REFUSED, reassessment.verdict());
        assertTrue(
                reassessment.message().contains("MIRROR_SYNCHRONIZED is FAILED"),
                reassessment.message());
    }

    @Test
    void aDryRunSaysWhatNobodyCanCarryOut() {
        bench.runbooks = LoopBench::impossible;
        lost(Mode.OBSERVE);
        Rehearsed step = dryRun().getFirst();
        assertEquals(Rehearsed.Verdict.WOULD_BE_REFUSED, step.verdict());
        assertTrue(step.message().contains("executor"), step.message());
    }

    private List<Rehearsed> dryRun() {
        return bench.people.dryRun(Remediation.MIRROR_FAILOVER, STORE, _ -> {}).rehearsed();
    }

    private void lost(Mode mode) {
        bench.mode = mode;
        bench.settle(PRINCIPAL, Status.DOWN);
        bench.loop.tick();
    }
}
