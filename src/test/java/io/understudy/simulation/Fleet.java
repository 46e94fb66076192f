package io.understudy.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The replicas, and whoever starts the dead ones again; and what befalls them. */
final class Fleet {

    private static final long START = 5 * VirtualTime.SECOND;

    private final Scene scene;
    private final SharedDatabase database;
    private final OtherSide otherSide;
    private final Incidents incidents;
    private final List<Replica> replicas = new ArrayList<>();
    private int started;

    Fleet(Scene scene, SharedDatabase database, OtherSide otherSide, Incidents incidents) {
        this.scene = scene;
        this.database = database;
        this.otherSide = otherSide;
        this.incidents = incidents;
        int size = 2 + scene.chance().below(3);
        for (int i = 0; i < size; i++) {
            replicas.add(start());
            keepUp(i);
        }
    }

    private Replica start() {
        Replica replica = new Replica(scene, "replica-" + ++started, database, otherSide);
        scene.note(() -> replica.name() + " starts");
        incidents.watchedBy(replica);
        return replica;
    }

    private void keepUp(int place) {
        scene.time()
                .after(
                        scene.chance().between(0, START),
                        () -> {
                            if (replicas.get(place).isDead()) {
                                replicas.set(place, start());
                            }
                            keepUp(place);
                        });
    }

    Replica any() {
        return scene.chance().of(replicas);
    }

    /** Spreads what is to go wrong over this time. */
    void suffer(long storm) {
        Weather weather = scene.weather();
        befall(weather.partitions(), storm, this::partition);
        befall(weather.outages(), storm, this::outage);
        befall(weather.jumps(), storm, this::jump);
        befall(weather.oneCrashIn() > 0 ? 3 : 0, storm, () -> any().die());
    }

    private void befall(int times, long storm, Runnable what) {
        for (int i = 0; i < times; i++) {
            scene.time().after(scene.chance().between(0, storm), what);
        }
    }

    private void partition() {
        Replica parted = any();
        int which = scene.chance().below(3);
        scene.count(Happening.PARTITION);
        scene.note(() -> parted.name() + " is cut off, case " + which);
        parted.cutOff(which != 1, which != 0);
        scene.time()
                .after(
                        scene.chance().between(0, 40 * VirtualTime.SECOND),
                        () -> parted.cutOff(false, false));
    }

    private void outage() {
        scene.count(Happening.OUTAGE);
        scene.note(() -> "the database goes down");
        database.goDown();
        scene.time().after(scene.chance().between(0, 20 * VirtualTime.SECOND), database::comeBack);
    }

    private void jump() {
        Replica jumping = any();
        Duration error = Duration.ofMinutes(scene.chance().between(-600, 600));
        scene.count(Happening.CLOCK_JUMP);
        scene.note(() -> jumping.name() + " sets its wall clock wrong by " + error);
        jumping.setWall(error);
    }
}
