package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.SiteName;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Policies;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Rows P6 to P8: what looks like a failure and may be a partition, or the observer's own trouble.
 */
class PartitionRowsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Scene usual() {
        return new Scene(Contoso.USUAL).policy(Policies.AUTOMATE);
    }

    /** All that stands at a site, but the observers. */
    private static String[] at(Scene scene, String site) {
        return scene.estate().componentsAt(new SiteName(site)).stream()
                .filter(c -> c.kind() != ComponentKind.OBSERVER)
                .map(ComponentId::toString)
                .toArray(String[]::new);
    }

    /** An observer says that all of a site is dead. */
    private static Scene blind(Scene scene, String observer, String... sites) {
        for (String site : sites) {
            scene.by(observer, Status.DOWN, at(scene, site));
        }
        return scene;
    }

    private static Scene linkCut() {
        Scene scene = usual();
        blind(scene, "o-redmond", "dublin");
        blind(scene, "o-dublin", "redmond");
        return scene.since(MINUTE);
    }

    @Test
    void p6LeavesBothSidesOfACutLinkAlone() {
        Evaluation evaluation = linkCut().evaluate();
        Expect.nothingActs(evaluation);
        Finding finding = Expect.finding(evaluation, FindingCode.SITE_PARTITIONED);
        assertEquals("P6", finding.rule());
        assertEquals("site:redmond", finding.target().toString());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        assertTrue(finding.confirmed());
        assertEquals(1, evaluation.findings().size(), evaluation::toString);
        Decision decision = evaluation.decisions().getFirst();
        assertEquals("P6", decision.rule());
        assertEquals(new Remedy.None(), decision.remedy());
        assertTrue(
                decision.reason().endsWith("Cut is the link between dublin and redmond."),
                decision::reason);
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
        assertEquals(1, evaluation.decisions().size());
    }

    @Test
    void p6HoldsWhereTheThirdObserverIsSilent() {
        Scene scene = usual().silent("o-lisbon");
        blind(scene, "o-redmond", "dublin");
        blind(scene, "o-dublin", "redmond").unheard("site:lisbon");
        Evaluation evaluation = scene.evaluate();
        Expect.nothingActs(evaluation);
        assertEquals("P6", Expect.finding(evaluation, FindingCode.SITE_PARTITIONED).rule());
        Expect.none(evaluation, Remediation.POOL_FAILOVER);
    }

    private static Scene dublinCutOff() {
        Scene scene = usual();
        blind(scene, "o-redmond", "dublin");
        blind(scene, "o-lisbon", "dublin");
        blind(scene, "o-dublin", "redmond", "lisbon");
        return scene.since(MINUTE);
    }

    @Test
    void p7RepairsTheNetworkOfASiteThatLivesAndIsCutOff() {
        Evaluation evaluation = dublinCutOff().evaluate();
        Expect.nothingActs(evaluation);
        Decision decision = Expect.forTarget(evaluation, "site:dublin");
        assertEquals("P7", decision.rule());
        assertEquals(
                new Remedy.Repair(
                        "repair the network of dublin; if that takes long, stop its services through the management path before its pools fail over",
                        Optional.empty()),
                decision.remedy());
        Expect.rejected(decision, Remediation.POOL_FAILOVER);
        Finding finding = Expect.finding(evaluation, FindingCode.SITE_PARTITIONED);
        assertEquals("P7", finding.rule());
        assertEquals("site:dublin", finding.target().toString());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        String evidence = finding.evidence().getFirst();
        assertTrue(evidence.startsWith("o-lisbon at lisbon says DOWN of server:fe21"), evidence);
        assertTrue(evidence.endsWith("site:dublin, and others say that they serve"), evidence);
    }

    @Test
    void aSiteThatIsDeadToAllAndHeardByNobodyIsNotCalledIsolated() {
        Scene scene = usual().silent("o-dublin");
        blind(scene, "o-redmond", "dublin");
        blind(scene, "o-lisbon", "dublin");
        Evaluation evaluation = scene.evaluate();
        assertTrue(
                evaluation.findings().stream()
                        .noneMatch(f -> f.code() == FindingCode.SITE_PARTITIONED));
        assertEquals("P5", Expect.finding(evaluation, FindingCode.SITE_DOWN).rule());
        Expect.only(evaluation, Remediation.POOL_FAILOVER);
    }

    @Test
    void p8DoesNotBelieveAnObserverToWhichEverythingIsDead() {
        for (String observer : Scene.ALL) {
            Scene scene = usual();
            blind(scene, observer, "redmond", "dublin", "lisbon").since(MINUTE);
            Evaluation evaluation = scene.evaluate();
            Expect.nothingActs(evaluation);
            Finding finding = Expect.finding(evaluation, FindingCode.OBSERVER_ISOLATED);
            assertEquals("P8", finding.rule());
            assertEquals("observer:" + observer, finding.target().toString());
            assertEquals(Severity.WARNING, finding.severity());
            assertEquals(Scene.NOON.minus(MINUTE), finding.since());
            assertEquals(1, evaluation.findings().size(), evaluation::toString);
            Decision decision = evaluation.decisions().getFirst();
            assertEquals(new Remedy.None(), decision.remedy());
            Expect.rejected(decision, Remediation.POOL_FAILOVER);
            Expect.rejected(decision, Remediation.MIRROR_FAILOVER);
            assertEquals(1, evaluation.decisions().size());
        }
    }

    @Test
    void anObserverThatSeesAnythingServeIsNotCalledIsolated() {
        Scene scene = usual();
        blind(scene, "o-lisbon", "redmond", "dublin", "lisbon");
        scene.by("o-lisbon", Status.UP, "server:fe11.contoso.com");
        Evaluation evaluation = scene.evaluate();
        Expect.nothingActs(evaluation);
        assertTrue(
                evaluation.findings().stream()
                        .noneMatch(f -> f.code() == FindingCode.OBSERVER_ISOLATED));
    }

    /** What one observer alone says is named, with what would settle it, and nothing is done. */
    private static void unconfirmed(
            String component, FindingCode code, String target, Remediation refused) {
        Scene alone = usual();
        alone.unheard(component).by("o-lisbon", Status.DOWN, component).since(MINUTE);
        Evaluation evaluation = alone.evaluate();
        Finding finding = Expect.finding(evaluation, code);
        assertEquals("P8", finding.rule());
        assertEquals(target, finding.target().toString());
        assertFalse(finding.confirmed());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        assertEquals(1, finding.evidence().size());
        Decision decision =
                evaluation.decisions().stream()
                        .filter(d -> d.rule().equals("P8"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(new Remedy.None(), decision.remedy());
        assertTrue(decision.reason().contains("2 different sites are needed"), decision::reason);
        Expect.rejected(decision, refused);

        Evaluation against = usual().by("o-lisbon", Status.DOWN, component).evaluate();
        Finding disputed = Expect.finding(against, code);
        assertEquals("P6", disputed.rule());
        assertFalse(disputed.confirmed());
        assertEquals(3, disputed.evidence().size());
        Expect.nothingActs(against);
    }

    @Test
    void whatNobodyConfirmsIsNamedAndLeftAlone() {
        String pool = "pool:pool1.contoso.com";
        Remediation failover = Remediation.POOL_FAILOVER;
        Remediation mirror = Remediation.MIRROR_FAILOVER;
        unconfirmed("server:fe11.contoso.com", FindingCode.FRONT_END_SERVER_LOST, pool, failover);
        unconfirmed(pool, FindingCode.POOL_DOWN, pool, failover);
        unconfirmed(
                "pool:edge1.contoso.com",
                FindingCode.EDGE_POOL_DOWN,
                "pool:edge1.contoso.com",
                failover);
        unconfirmed("store:be1", FindingCode.STORE_LOST, "store:be1", mirror);
        unconfirmed("sql:sql11.contoso.com/rtc", FindingCode.PRINCIPAL_LOST, "store:be1", mirror);
        unconfirmed("sql:sql12.contoso.com/rtc", FindingCode.MIRROR_LOST, "store:be1", mirror);
        unconfirmed(
                "fileStore:pool1.contoso.com",
                FindingCode.FILE_STORE_LOST,
                "fileStore:pool1.contoso.com",
                failover);
        unconfirmed("site:redmond", FindingCode.SITE_DOWN, "site:redmond", failover);
    }

    @Test
    void p5NamesALostSiteAndSendsEveryPoolToItsOwnPair() {
        Scene scene = usual().silent("o-redmond");
        scene.by(Scene.OUTSIDE, Status.DOWN, at(scene, "redmond")).since(MINUTE);
        Evaluation evaluation = scene.policy(Policy.DEFAULT).evaluate();
        Finding finding = Expect.finding(evaluation, FindingCode.SITE_DOWN);
        assertEquals("P5", finding.rule());
        assertEquals("site:redmond", finding.target().toString());
        assertEquals(Severity.CRITICAL, finding.severity());
        assertEquals(Scene.NOON.minus(MINUTE), finding.since());
        Decision site = Expect.forTarget(evaluation, "site:redmond");
        assertEquals("P5", site.rule());
        assertEquals(new Remedy.None(), site.remedy());
        assertTrue(site.reason().contains("make sure that it is dead or fenced"), site::reason);
        Expect.rejected(site, Remediation.MIRROR_FAILOVER);
        assertEquals(
                List.of(
                        Remediation.CMS_FAILOVER,
                        Remediation.EDGE_NEXT_HOP_CHANGE,
                        Remediation.POOL_FAILOVER),
                evaluation.decisions().stream()
                        .filter(Decision::isActed)
                        .map(Decision::remediation)
                        .toList());
    }
}
