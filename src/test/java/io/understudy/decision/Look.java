package io.understudy.decision;

import io.understudy.document.EvaluationDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.estate.Pool;
import io.understudy.estate.Position;
import io.understudy.estate.Store;
import io.understudy.health.Conditions;
import io.understudy.health.ExportStatus;
import io.understudy.health.Facts;
import io.understudy.health.MirroringState;
import io.understudy.health.Observation;
import io.understudy.health.PoolState;
import io.understudy.health.Status;
import io.understudy.testing.Contoso;
import io.understudy.testing.PoolTold;
import io.understudy.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** A look at an estate, drawn by chance: what every observer says of every component. */
record Look(Estate estate, List<Observation> observations) {

    private static final List<MirroringState> STATES =
            List.of(
                    MirroringState.SYNCHRONIZED,
                    MirroringState.SYNCHRONIZED,
                    MirroringState.SYNCHRONIZING,
                    MirroringState.SUSPENDED,
                    MirroringState.DISCONNECTED);
    private static final List<ExportStatus> EXPORTS =
            List.of(
                    ExportStatus.STEADY_STATE,
                    ExportStatus.FINAL_STATE,
                    ExportStatus.NON_STEADY_STATE,
                    ExportStatus.ERROR_STATE);
    private static final List<Duration> AGES =
            List.of(Duration.ZERO, Duration.ofSeconds(61), Duration.ofMinutes(31));

    Look {
        observations = List.copyOf(observations);
    }

    /** Every observer has a mind of his own. */
    static Look drawn(Random random) {
        Estate estate = estate(random);
        List<Observation> all = facts(estate, random);
        for (ComponentId component : watched(estate)) {
            Status usual = usual(component, random);
            Duration age = of(AGES, random);
            for (var observer : estate.observers()) {
                int chance = random.nextInt(12);
                if (chance > 0) {
                    Status said = chance == 1 ? of(List.of(Status.values()), random) : usual;
                    say(all, observer.name(), component, said, age);
                }
            }
        }
        return new Look(estate, all);
    }

    /** All observers are of one mind, and of every component all of them speak. */
    static Look agreed(Random random, Predicate<ComponentId> mayBeDown) {
        Estate estate = estate(random);
        List<Observation> all = facts(estate, random);
        Duration age = of(AGES, random);
        for (ComponentId component : watched(estate)) {
            Status usual = mayBeDown.test(component) ? usual(component, random) : Status.UP;
            for (var observer : estate.observers()) {
                say(all, observer.name(), component, usual, age);
            }
        }
        return new Look(estate, all);
    }

    private static Estate estate(Random random) {
        Contoso contoso = Contoso.USUAL.frontEnds(2 + random.nextInt(3));
        contoso = random.nextBoolean() ? contoso.withWitness() : contoso;
        return (random.nextInt(4) == 0 ? contoso.withoutEdge() : contoso).estate();
    }

    private static List<ComponentId> watched(Estate estate) {
        return estate.components().stream()
                .filter(c ->
                        estate.observers().stream()
                                .noneMatch(o -> ComponentId.of(o.name()).equals(c)))
                .toList();
    }

    /** Some parts are down more often than others, or no pool would ever be lost. */
    private static Status usual(ComponentId component, Random random) {
        boolean atRedmond = component.name().matches("(fe1|sql1|pool1|sqlw1).*");
        return random.nextInt(atRedmond ? 2 : 8) == 0 ? Status.DOWN : Status.UP;
    }

    private static List<Observation> facts(Estate estate, Random random) {
        List<Observation> all = new ArrayList<>();
        ObserverName reader = estate.observers().getLast().name();
        for (Store store : estate.stores()) {
            Position side = random.nextInt(5) == 0 ? Position.MIRROR : Position.PRIMARY;
            Facts told = Scene.mirroring(store, of(STATES, random), side);
            if (random.nextInt(8) > 0) {
                all.add(observation(reader, store.id(), Status.UP, Scene.NOON, told));
            }
        }
        for (Pool pool : estate.pools()) {
            PoolState state =
                    random.nextInt(6) == 0
                            ? of(List.of(PoolState.values()), random)
                            : PoolState.ACTIVE;
            Facts told = PoolTold.of(state, of(EXPORTS, random)).facts();
            if (pool.isFrontEnd() && random.nextInt(8) > 0) {
                all.add(observation(reader, pool.id(), Status.UNKNOWN, Scene.NOON, told));
            }
        }
        return all;
    }

    private static void say(
            List<Observation> all,
            ObserverName observer,
            ComponentId component,
            Status status,
            Duration age) {
        Facts none = new Facts.None();
        if (status == Status.DOWN && !age.isZero()) {
            all.add(observation(observer, component, status, Scene.NOON.minus(age), none));
        }
        all.add(observation(observer, component, status, Scene.NOON, none));
    }

    private static Observation observation(
            ObserverName observer, ComponentId component, Status status, Instant at, Facts facts) {
        String kind = facts instanceof Facts.None ? "" : "facts";
        return new Observation(
                observer + " " + component + " " + at + kind,
                component,
                status,
                observer,
                at,
                facts,
                kind,
                1,
                Optional.empty());
    }

    private static <T> T of(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    Look with(List<Observation> others) {
        return new Look(estate, others);
    }

    Look without(Predicate<Observation> dropped) {
        return with(observations.stream().filter(dropped.negate()).toList());
    }

    Snapshot snapshot() {
        Policy policy = Policy.DEFAULT;
        return new Snapshot(
                estate,
                Conditions.of(estate, observations, policy.thresholds(), Scene.NOON),
                List.of(),
                policy,
                Scene.NOON);
    }

    Evaluation evaluate() {
        return Decider.decide(snapshot());
    }

    String document() {
        return EvaluationDocument.write(evaluate()).toString();
    }
}
