package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.Effect;
import io.understudy.adapter.simulator.Fault;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.runbook.Composite;
import io.understudy.runbook.Handbook;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Rehearsed.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Documents over several runs, and rehearsals, on the sample estate's twin. */
class CompositesTest {

    private static final SiteName REDMOND = new SiteName("redmond");

    private final TwinLoop all = new TwinLoop();
    private final Composites composites = new Composites(all.loop);

    @Test
    void aLostSiteIsOnePageInTheOrderOfItsRuns() {
        loseRedmond();

        Composite composite = composites.site(all.loop.present().orElseThrow(), REDMOND);

        assertEquals(
                List.of(
                        "CMS_FAILOVER of pool:pool1.contoso.com",
                        "EDGE_NEXT_HOP_CHANGE of pool:edge1.contoso.com",
                        "POOL_FAILOVER of pool:pool1.contoso.com",
                        "POOL_FAILOVER of pool:pool3.contoso.com"),
                composite.parts().stream()
                        .map(p -> p.runbook().remediation() + " of " + p.runbook().target())
                        .toList());
        assertTrue(
                composite.parts().get(2).standing().startsWith("Comes after CMS_FAILOVER"),
                composite.parts().get(2).standing());
        String page = Handbook.markdown(composite);
        assertTrue(page.contains("**PSTN**"), page);
        assertTrue(page.contains("**Federation route**"), page);
    }

    @Test
    void aSiteWithoutTroubleSaysSoAndStillTellsTheOrder() {
        all.until("the loop has looked around", () -> all.passed(60));
        Composite composite = composites.site(all.loop.present().orElseThrow(), REDMOND);
        assertEquals(List.of(), composite.parts());
        assertTrue(composite.before().getLast().startsWith("Nothing is decided"));
        assertTrue(composite.before().toString().contains("Central Management store, Edge"));
    }

    @Test
    void aSwapTestFailsThePoolBackBeforeItFailsItsPairOver() {
        all.until("the loop has looked around", () -> all.passed(60));
        Present now = all.loop.present().orElseThrow();
        Pool pool = pool(now, "pool1.contoso.com");

        Composite test = composites.swapTest(now, pool).orElseThrow();

        assertEquals(
                List.of(
                        "POOL_FAILBACK of pool:pool1.contoso.com",
                        "POOL_FAILOVER of pool:pool2.contoso.com"),
                test.parts().stream()
                        .map(p -> p.runbook().remediation() + " of " + p.runbook().target())
                        .filter(part -> part.startsWith("POOL"))
                        .toList());
        assertTrue(test.parts().getFirst().standing().startsWith("Not decided"));
        assertTrue(
                test.parts().getLast().decision().isPresent(),
                "planned work of a healthy pool is decided when asked for");
        assertEquals(Optional.empty(), composites.swapTest(now, pool(now, "edge1.contoso.com")));
    }

    @Test
    void aDryRunOnTheTwinChangesNothingOfIt() {
        all.until("the loop has looked around", () -> all.passed(60));
        List<Effect> before = all.twin.effects();

        List<Rehearsed> rehearsed =
                all.people
                        .dryRun(
                                Remediation.MIRROR_FAILOVER,
                                ComponentId.parse("store:be1"),
                                _ -> {})
                        .rehearsed();

        assertEquals(Verdict.ALREADY_DONE, rehearsed.getFirst().verdict());
        rehearsed.stream()
                .skip(1)
                .forEach(step -> {
                    assertEquals(Verdict.WOULD_ACT, step.verdict(), step.message());
                    assertEquals(Optional.of("simulator"), step.executor());
                });
        assertEquals(List.of(), rehearsed.get(1).after());
        assertEquals(List.of(2, 3), rehearsed.get(3).after());
        assertEquals(List.of(), all.runs.open());
        assertEquals(before, all.twin.effects());
    }

    private void loseRedmond() {
        all.until("the loop has looked around", () -> all.passed(60));
        all.loop
                .present()
                .orElseThrow()
                .estate()
                .body()
                .componentsAt(REDMOND)
                .forEach(component -> {
                    switch (component.kind()) {
                        case SERVER, SQL -> all.twin.inject(new Fault.Kill(component));
                        case POOL, STORE, FILE_STORE, SITE, OBSERVER -> {}
                    }
                });
        all.until(
                "the site is lost",
                () ->
                        all.waiting(Remediation.CMS_FAILOVER).isPresent()
                                || all.waiting(Remediation.POOL_FAILOVER).isPresent());
    }

    private static Pool pool(Present now, String fqdn) {
        return now.estate().body().pool(new PoolFqdn(fqdn)).orElseThrow();
    }
}
