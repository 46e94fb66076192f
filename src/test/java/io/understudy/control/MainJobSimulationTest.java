package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.Fault;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import io.understudy.run.Run;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main job from the first look to the report, on the sample estate's twin, in virtual time. */
class MainJobSimulationTest {

    private final TwinLoop all = new TwinLoop();

    @Test
    void aLostPrincipalIsFailedOverByItselfAndALostQuorumOnceSomebodyApproves() {
        all.until("the loop has looked around", () -> all.ids == 0 && all.passed(60));
        assertEquals(List.of(), all.evaluations.saved, "a healthy estate has no findings");

        Instant death = all.clock.instant();
        all.twin.inject(new Fault.Kill(ComponentId.parse("sql:sql1.contoso.com/rtc")));
        all.until(
                "the mirror is principal",
                () -> all.ended(Remediation.MIRROR_FAILOVER).isPresent());

        Run mirror = all.ended(Remediation.MIRROR_FAILOVER).orElseThrow();
        assertEquals(RunState.SUCCEEDED, mirror.state(), mirror.toString());
        assertEquals(Run.UNDERSTUDY, mirror.openedBy());
        IncidentReport report = all.report(mirror);
        assertTrue(!report.incident().firstObservedAt().isBefore(death), report.toString());
        assertTrue(report.markdown().contains("POOL_FAILOVER instead of MIRROR_FAILOVER"));
        all.until(
                "the incident is closed",
                () -> all.report(mirror).incident().closedAt().isPresent());

        all.twin.inject(new Fault.Kill(ComponentId.parse("server:fe1.contoso.com")));
        all.twin.inject(new Fault.Kill(ComponentId.parse("server:fe2.contoso.com")));
        approveAndAwait(Remediation.CMS_FAILOVER);
        approveAndAwait(Remediation.EDGE_NEXT_HOP_CHANGE);
        approveAndAwait(Remediation.POOL_FAILOVER);
    }

    private void approveAndAwait(Remediation remediation) {
        all.until(remediation + " waits for approval", () -> all.waiting(remediation).isPresent());
        Run waiting = all.waiting(remediation).orElseThrow();
        for (int person = 1; person <= waiting.approvalsNeeded(); person++) {
            all.people.approve(waiting.id(), "person-" + person);
        }
        all.until(remediation + " has ended", () -> all.ended(remediation).isPresent());
        Run run = all.ended(remediation).orElseThrow();
        assertEquals(RunState.SUCCEEDED, run.state(), run.toString());
    }
}
