package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.SiteName;
import io.understudy.health.Conditions;
import io.understudy.health.ExportStatus;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What holds for whatever is seen: thousands of random scenes, each by the seed that a failure
 * prints. The mutation run looks at fewer, since it looks at them for every mutant.
 */
class DecisionPropertiesTest {

    private static final int SEEDS = Integer.getInteger("understudy.seeds", 2_000);

    private static void forAllScenes(BiConsumer<Random, Scene> property) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            try {
                property.accept(random, scene(random));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static Scene scene(Random random) {
        Contoso contoso = Contoso.USUAL.frontEnds(1 + random.nextInt(5));
        Scene scene = new Scene(random.nextBoolean() ? contoso.withWitness() : contoso);
        List<ComponentId> components = scene.estate().components().stream().sorted().toList();
        int changes = random.nextInt(7);
        for (int i = 0; i < changes; i++) {
            String component = components.get(random.nextInt(components.size())).toString();
            if (component.startsWith("observer:")) {
                continue;
            }
            Status status = Status.values()[random.nextInt(4)];
            if (random.nextInt(3) > 0) {
                scene.down(component);
            } else {
                scene.by(Scene.ALL[random.nextInt(3)], status, component);
            }
        }
        if (random.nextInt(4) == 0) {
            scene.silent(Scene.ALL[random.nextInt(3)]);
        }
        if (random.nextInt(4) == 0) {
            scene.mirroring(
                    "be1",
                    MirroringState.values()[random.nextInt(7)],
                    Position.values()[random.nextInt(2)]);
        }
        if (random.nextInt(4) == 0) {
            scene.pool(
                    "pool2.contoso.com",
                    PoolState.values()[random.nextInt(4)],
                    ExportStatus.values()[random.nextInt(6)]);
        }
        return scene;
    }

    private static Evaluation decide(Scene scene, List<Observation> observations) {
        Policy policy = Policy.DEFAULT;
        return Decider.decide(
                new Snapshot(
                        scene.estate(),
                        Conditions.of(
                                scene.estate(), observations, policy.thresholds(), Scene.NOON),
                        List.of(),
                        policy,
                        Scene.NOON));
    }

    @Test
    void theOrderOfObservationsDoesNotMatter() {
        forAllScenes((random, scene) -> {
            List<Observation> shuffled = new ArrayList<>(scene.observations());
            Collections.shuffle(shuffled, random);
            assertEquals(scene.evaluate().toString(), decide(scene, shuffled).toString());
        });
    }

    @Test
    void whatIsActedUponIsSeenDownFromTwoSitesAndUpFromNone() {
        forAllScenes((_, scene) ->
                acting(scene.evaluate())
                        .forEach(decision -> {
                            if (decision.remedy() instanceof Remedy.MirrorFailover failover) {
                                ComponentId lost =
                                        ComponentId.of(
                                                scene.estate()
                                                        .store(failover.store())
                                                        .orElseThrow()
                                                        .at(failover.newPrincipal().other())
                                                        .orElseThrow());
                                assertCondemned(scene, lost);
                                assertTrue(
                                        says(scene, ComponentId.of(failover.to()), Status.DOWN)
                                                .isEmpty());
                            }
                        }));
    }

    @Test
    void aPoolFailsOverOnlyWhenItsServersItsWholeOrItsSiteAreSeenDownFromTwoSites() {
        forAllScenes((_, scene) ->
                acting(scene.evaluate())
                        .forEach(decision -> {
                            if (decision.remedy() instanceof Remedy.PoolFailover failover) {
                                Pool pool = scene.estate().pool(failover.pool()).orElseThrow();
                                boolean condemned =
                                        isCondemned(scene, pool.id())
                                                || isCondemned(scene, ComponentId.of(pool.site()))
                                                || pool.servers().stream()
                                                        .map(s -> ComponentId.of(s.fqdn()))
                                                        .anyMatch(s -> isCondemned(scene, s));
                                assertTrue(condemned, decision::toString);
                            }
                        }));
    }

    @Test
    void everyRequiredClauseOfWhatIsActedUponIsProven() {
        forAllScenes((_, scene) ->
                acting(scene.evaluate())
                        .forEach(decision ->
                                assertTrue(
                                        decision.gate().stream()
                                                .filter(GateClause::required)
                                                .allMatch(clause ->
                                                        clause.result() == ClauseResult.PASSED),
                                        decision::toString)));
    }

    @Test
    void silenceNeverMakesAPoolFailOver() {
        forAllScenes((random, scene) -> {
            List<Observation> observations = scene.observations();
            List<Observation> down =
                    observations.stream().filter(o -> o.status() == Status.DOWN).toList();
            if (down.isEmpty()) {
                return;
            }
            Observation dropped = down.get(random.nextInt(down.size()));
            List<Observation> fewer =
                    observations.stream()
                            .filter(o ->
                                    !(o.component().equals(dropped.component())
                                            && o.observer().equals(dropped.observer())))
                            .toList();
            Set<String> before = failovers(decide(scene, observations));
            assertTrue(before.containsAll(failovers(decide(scene, fewer))), dropped::toString);
        });
    }

    @Test
    void everyConfirmedCriticalFindingIsAnsweredByADecision() {
        forAllScenes((_, scene) -> {
            Evaluation evaluation = scene.evaluate();
            evaluation.findings().stream()
                    .filter(finding -> finding.severity() == Severity.CRITICAL)
                    .forEach(finding ->
                            assertTrue(
                                    evaluation.decisions().stream()
                                            .anyMatch(d ->
                                                    d.target().equals(finding.target())
                                                            || d.isActed()),
                                    finding::toString));
        });
    }

    @Test
    void cmsAndEdgeComeBeforeThePool() {
        forAllScenes((_, scene) -> {
            List<Remediation> order =
                    scene.evaluate().decisions().stream().map(Decision::remediation).toList();
            int pool = order.indexOf(Remediation.POOL_FAILOVER);
            if (pool >= 0) {
                assertTrue(order.lastIndexOf(Remediation.CMS_FAILOVER) < pool);
                assertTrue(order.lastIndexOf(Remediation.EDGE_NEXT_HOP_CHANGE) < pool);
            }
        });
    }

    private static List<Decision> acting(Evaluation evaluation) {
        return evaluation.decisions().stream().filter(d -> d.isActed() && !d.blocked()).toList();
    }

    private static Set<String> failovers(Evaluation evaluation) {
        return acting(evaluation).stream()
                .filter(d -> d.remediation() == Remediation.POOL_FAILOVER)
                .map(d -> d.target().toString())
                .collect(Collectors.toSet());
    }

    private static void assertCondemned(Scene scene, ComponentId component) {
        assertTrue(isCondemned(scene, component), component::toString);
    }

    private static boolean isCondemned(Scene scene, ComponentId component) {
        return says(scene, component, Status.DOWN).size() >= 2
                && says(scene, component, Status.UP).isEmpty()
                && says(scene, component, Status.DEGRADED).isEmpty();
    }

    /**
     * The sites from which somebody says so: each observer of the scene sits at a site of its own.
     */
    private static Set<SiteName> says(Scene scene, ComponentId component, Status status) {
        return scene.observations().stream()
                .filter(o -> o.component().equals(component) && o.status() == status)
                .map(o -> scene.estate().observer(o.observer()).orElseThrow().site())
                .collect(Collectors.toSet());
    }
}
