package io.understudy.simulation;

import io.understudy.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One seed: some replicas, one database, some incidents; a storm in which everything goes wrong,
 * then calm, in which every run has to come to its end (L2).
 */
final class Simulation {

    private static final long SHORTEST_STORM = 15 * VirtualTime.SECOND;
    private static final long LONGEST_STORM = 120 * VirtualTime.SECOND;

    /** How long after the storm every run may take to end, with people who answer. */
    static final long BOUND = 3_600 * VirtualTime.SECOND;

    private static final long LOOK = 5 * VirtualTime.SECOND;

    private final VirtualTime time;
    private final Scene scene;
    private final SharedDatabase database;
    private final Fleet fleet;
    private final People people;
    private final long storm;

    /** What came of one seed: how many runs, and how long after the storm they took. */
    record Story(int runs, int lines, long calm, Tally tally) {}

    private Simulation(long seed, Defect defect, @Nullable Consumer<String> trace) {
        SplittableRandom random = new SplittableRandom(seed);
        time = new VirtualTime(random.split());
        Chance chance = new Chance(random);
        Tally tally = new Tally();
        scene = new Scene(time, chance, defect, new Oracle(time, chance, tally), tally, trace);
        scene.note(() -> "seed " + seed + ": " + chance.weather());
        storm = chance.between(SHORTEST_STORM, LONGEST_STORM);
        database = new SharedDatabase(scene);
        OtherSide otherSide = new OtherSide(scene);
        fleet = new Fleet(scene, database, otherSide, new Incidents(scene, storm));
        people = new People(scene, otherSide, fleet);
    }

    /**
     * Plays one seed.
     *
     * @throws AssertionError when something that must hold did not
     */
    static Story play(long seed, Defect defect, @Nullable Consumer<String> trace) {
        return new Simulation(seed, defect, trace).play();
    }

    private Story play() {
        fleet.suffer(storm);
        people.come();
        time.after(storm, this::clearUp);
        try {
            time.play();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
        List<Run> runs = runs();
        int lines = runs.stream().mapToInt(r -> database.truth().journal(r.id(), 0).size()).sum();
        return new Story(runs.size(), lines, time.now() - storm, scene.tally());
    }

    private void clearUp() {
        scene.note(() -> "the storm is over");
        scene.chance().clearUp();
        people.help();
        lookForTheEnd();
    }

    private void lookForTheEnd() {
        List<Run> open = database.truth().open();
        if (open.isEmpty()) {
            time.stop();
            return;
        }
        if (time.now() > storm + BOUND) {
            throw new AssertionError("L2: still open long after the storm: " + open.getFirst());
        }
        time.after(LOOK, this::lookForTheEnd);
    }

    private List<Run> runs() {
        return database.truth().newest(Integer.MAX_VALUE, Optional.empty());
    }
}
