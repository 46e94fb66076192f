package io.understudy.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.EstateDocument;
import io.understudy.document.EvaluationDocument;
import io.understudy.document.Json;
import io.understudy.document.ObservationDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Conditions;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import io.understudy.testing.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What holds of decisions whatever the evidence. Looks are drawn; {@code -Dlook.seed=N} draws them
 * again from the seed that a failure names, that one first.
 */
class EvidencePropertiesTest {

    private static final long SEED = Long.getLong("look.seed", 20_261_121L);
    private static final int LOOKS = Integer.getInteger("understudy.seeds", 400);

    /** Every so many looks are read back from documents, which takes its time. */
    private static final int RENAMED = 4;

    private static void forEachSeed(BiConsumer<Long, Random> property) {
        for (long seed = SEED; seed < SEED + LOOKS; seed++) {
            property.accept(seed, new Random(seed));
        }
    }

    @Test
    void theOrderOfObservationsDoesNotMatter() {
        forEachSeed((seed, random) -> {
            Look look = Look.drawn(random);
            List<Observation> shuffled = new ArrayList<>(look.observations());
            Collections.shuffle(shuffled, random);
            assertEquals(look.document(), look.with(shuffled).document(), "look.seed=" + seed);
        });
    }

    @Test
    void theSameSnapshotGivesTheSameBytes() {
        forEachSeed((seed, random) -> {
            Look look = Look.drawn(random);
            Snapshot snapshot = look.snapshot();
            Conditions conditions = snapshot.conditions();
            Snapshot other =
                    new Snapshot(
                            look.estate(),
                            Conditions.of(
                                    look.estate(),
                                    shuffled(conditions.byComponent(), random),
                                    shuffled(conditions.factsOf(), random),
                                    conditions.at()),
                            snapshot.runs(),
                            snapshot.policy(),
                            snapshot.takenAt());
            String first = EvaluationDocument.write(Decider.decide(snapshot)).toString();
            assertEquals(first, look.document(), "look.seed=" + seed);
            assertEquals(
                    first,
                    EvaluationDocument.write(Decider.decide(other)).toString(),
                    "look.seed=" + seed);
        });
    }

    private static <K, V> Map<K, V> shuffled(Map<K, V> map, Random random) {
        List<K> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        Map<K, V> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, map.get(key)));
        return shuffled;
    }

    /**
     * Where somebody else says UP, a DOWN that falls silent ends a dispute: that component is
     * better known then, not worse, so only undisputed statements are taken away.
     */
    @Test
    void anUndisputedDownThatFallsSilentLeadsToNothingLarger() {
        forEachSeed((seed, random) -> {
            Look look = Look.drawn(random);
            Set<ComponentId> serving =
                    look.observations().stream()
                            .filter(o -> o.facts() instanceof Facts.None)
                            .filter(o -> o.status() == Status.UP || o.status() == Status.DEGRADED)
                            .map(Observation::component)
                            .collect(Collectors.toSet());
            List<Observation> down =
                    look.observations().stream()
                            .filter(o -> o.status() == Status.DOWN)
                            .filter(o -> !serving.contains(o.component()))
                            .toList();
            if (!down.isEmpty()) {
                Observation silenced = down.get(random.nextInt(down.size()));
                Look worse =
                        look.without(o ->
                                o.component().equals(silenced.component())
                                        && o.observer().equals(silenced.observer())
                                        && o.facts() instanceof Facts.None);
                notLarger(look, worse, "look.seed=" + seed + " without " + silenced.id());
            }
        });
    }

    /** One who contradicted the others held them back, so this is of observers of one mind. */
    @Test
    void losingAnObserverWhoAgreedLeadsToNothingLarger() {
        forEachSeed((seed, random) -> {
            Look look = Look.agreed(random, c -> true);
            List<ObserverName> names =
                    new ArrayList<>(look.estate().observers().stream().map(o -> o.name()).toList());
            Collections.shuffle(names, random);
            Look worse = look;
            for (ObserverName lost : names) {
                Look before = worse;
                worse = worse.without(o -> o.observer().equals(lost));
                notLarger(before, worse, "look.seed=" + seed + " without " + lost);
            }
        });
    }

    private static void notLarger(Look better, Look worse, String where) {
        int before = Size.largest(better.evaluate());
        int after = Size.largest(worse.evaluate());
        assertTrue(
                after <= before,
                () ->
                        where
                                + ": "
                                + Size.open(better.evaluate())
                                + " becomes "
                                + Size.open(worse.evaluate()));
    }

    /** What fails at the other site, or at the Edge, can only stand in the way. */
    @Test
    void anUnrelatedFailureUnlocksNothingThatIsForcedOrLossy() {
        forEachSeed((seed, random) -> {
            Look look = Look.agreed(random, EvidencePropertiesTest::isHome);
            List<ComponentId> unrelated =
                    look.estate().components().stream()
                            .filter(c -> c.name().matches("(fe2|sql2|sqlw2|pool2|edge1|e11).*"))
                            .toList();
            ComponentId failing = unrelated.get(random.nextInt(unrelated.size()));
            Look worse =
                    look.with(
                            look.observations().stream()
                                    .map(o ->
                                            o.component().equals(failing)
                                                            && o.facts() instanceof Facts.None
                                                    ? down(o)
                                                    : o)
                                    .toList());
            Set<String> before = riskyAtHome(look.evaluate());
            Set<String> after = riskyAtHome(worse.evaluate());
            assertTrue(
                    before.containsAll(after),
                    () ->
                            "look.seed="
                                    + seed
                                    + ": "
                                    + failing
                                    + " turns "
                                    + before
                                    + " into "
                                    + after);
        });
    }

    private static boolean isHome(ComponentId component) {
        return component.name().matches("(fe1|sql1|sqlw1|pool1).*");
    }

    private static Observation down(Observation o) {
        return new Observation(
                o.id(), o.component(), Status.DOWN, o.observer(), o.observedAt(), o.facts());
    }

    private static Set<String> riskyAtHome(Evaluation evaluation) {
        return evaluation.decisions().stream()
                .filter(d -> !d.blocked() && d.isActed())
                .filter(d -> !(d.dataLoss() instanceof DataLoss.None))
                .filter(d -> d.target().name().matches("(pool1|be1).*"))
                .map(d -> d.remediation() + " of " + d.target())
                .collect(Collectors.toSet());
    }

    /** The new names sort as the old ones did, so even the order stays. */
    @Test
    void namesAreOnlyNames() {
        forEachSeed((seed, random) -> {
            if (seed % RENAMED != 0) {
                return;
            }
            Look look = Look.drawn(random);
            ObjectNode request = Json.mapper().createObjectNode();
            request.set("estate", EstateDocument.write(look.estate()));
            look.observations()
                    .forEach(o ->
                            request.withArray("/observations").add(ObservationDocument.write(o)));
            request.put("at", Scene.NOON.toString());
            String renamed = evaluated(renamed(request.toString()));
            assertEquals(renamed(look.document()), renamed, "look.seed=" + seed);
        });
    }

    private static String evaluated(String request) {
        try {
            return EvaluationDocument.write(
                            Decider.decide(
                                    EvaluationDocument.readRequest(
                                            Json.mapper().readTree(request))))
                    .toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(request, e);
        }
    }

    private static String renamed(String text) {
        return text.replaceAll("\\bedge1\\b", "access7")
                .replaceAll("\\be11\\b", "border7")
                .replaceAll("\\bfe(\\d\\d)\\b", "front$1")
                .replaceAll("\\bpool(\\d)\\.", "users$1.")
                .replaceAll("\\bsql(w?\\d+)\\.", "tables$1.")
                .replaceAll("\\bbe(\\d)\\b", "data$1")
                .replace("contoso", "fabrikam")
                .replace("dublin", "paris")
                .replace("lisbon", "quito")
                .replace("redmond", "rome");
    }
}
