package io.understudy.simulation;

import io.understudy.run.ExecutorRouting;
import io.understudy.run.Renewal;
import io.understudy.run.RunStore;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One process, from its start to its death: the real run engine, threads that tick runs, and the
 * lines to what it needs. A process that was stopped goes on where it was, with what it believed
 * then.
 */
final class Replica {

    /** After how long a run is looked at again although nobody told. */
    private static final long PATIENCE = 5 * VirtualTime.SECOND;

    private final Scene scene;
    private final String name;
    private final ReplicaStore store;
    private final Runner runner;
    private final Set<Fiber> fibers = new LinkedHashSet<>();
    private final Map<String, Hand> hands = new LinkedHashMap<>();
    private final long clockError;
    private boolean dead;
    private long stoppedUntil;
    private boolean cutOffFromDatabase;
    private boolean cutOffFromExecutors;
    private Duration wallError = Duration.ZERO;

    /** Whoever carries one run out. */
    private static final class Hand {
        private final String run;
        private boolean ticking;
        private boolean rung;
        private long turn;

        private Hand(String run) {
            this.run = run;
        }
    }

    Replica(Scene scene, String name, SharedDatabase database, OtherSide otherSide) {
        this.scene = scene;
        this.name = name;
        clockError = scene.chance().between(-200, 200) * VirtualTime.MILLISECOND;
        Line toDatabase = new Line(scene, this, () -> !cutOffFromDatabase && !database.isDown());
        store = new ReplicaStore(scene, this, database, toDatabase);
        Line toExecutors = new Line(scene, this, () -> !cutOffFromExecutors);
        Remedies remedies = new Remedies(scene, this, otherSide, toExecutors);
        runner =
                new Runner(
                        name,
                        store,
                        new ExecutorRouting(List.of(remedies), Map.of()),
                        run -> Incidents.reassess(run, store),
                        remedies,
                        this::renewing,
                        this::clock,
                        () -> scene.time().now() * 1_000,
                        RunnerSettings.DEFAULT);
        lookForRuns();
    }

    String name() {
        return name;
    }

    RunStore store() {
        return store;
    }

    /** The database's time, carried on by a clock that only runs forward: nearly right. */
    Instant clock() {
        return scene.defect() == Defect.ENGINE_BY_WALL_CLOCK
                ? wall()
                : scene.time().instant().plusNanos(clockError * 1_000);
    }

    /** What its wall clock says, which somebody may have set. */
    Instant wall() {
        return scene.time().instant().plus(wallError);
    }

    void setWall(Duration error) {
        wallError = error;
    }

    boolean isDead() {
        return dead;
    }

    /** Like SIGKILL. */
    void die() {
        scene.note(() -> name + " dies");
        scene.count(Happening.DEATH);
        dead = true;
        fibers.forEach(scene.time()::kill);
    }

    /** Like SIGSTOP, and SIGCONT after so long. */
    void stop(long micros) {
        scene.count(Happening.STANDSTILL);
        scene.note(() -> name + " stands still for " + micros / 1e6 + " s");
        stoppedUntil = Math.max(stoppedUntil, scene.time().now() + micros);
    }

    void cutOff(boolean fromDatabase, boolean fromExecutors) {
        cutOffFromDatabase = fromDatabase;
        cutOffFromExecutors = fromExecutors;
    }

    /** Begins a thread of this process. */
    void begin(String what, Runnable body) {
        if (dead) {
            return;
        }
        fibers.removeIf(Fiber::isOver);
        fibers.add(scene.time().begin(name + " " + what, body));
    }

    /** Something happens in this process after this time, or later while it stands still. */
    void after(long micros, Runnable what) {
        scene.time()
                .after(
                        micros,
                        () -> {
                            if (dead) {
                                return;
                            }
                            long left = stoppedUntil - scene.time().now();
                            if (left > 0) {
                                after(left + scene.chance().delay(), what);
                            } else {
                                what.run();
                            }
                        });
    }

    /** A place where the process may die or stand still. */
    void crossBorder() {
        requireAlive();
        if (scene.chance().oneIn(scene.weather().oneCrashIn())) {
            die();
            throw new Killed();
        }
        if (scene.chance().oneIn(scene.weather().onePauseIn())) {
            stop(scene.chance().between(0, 40 * VirtualTime.SECOND));
            rest(0);
        }
    }

    /** The calling thread rests this long, and longer while the process stands still. */
    void rest(long micros) {
        Runnable rested = scene.time().alarm();
        after(micros, rested);
        scene.time().await();
        requireAlive();
    }

    private void requireAlive() {
        if (dead) {
            throw new Killed();
        }
    }

    /** A thread that was woken goes on only when its process does. */
    void standStill() {
        requireAlive();
        if (stoppedUntil > scene.time().now()) {
            rest(0);
        }
    }

    private void lookForRuns() {
        after(
                scene.chance().between(0, 3 * PATIENCE),
                () -> {
                    begin("look", this::takeUp);
                    lookForRuns();
                });
    }

    private void takeUp() {
        try {
            store.open().forEach(run -> wake(run.id()));
        } catch (Away away) {
            // the next look will do
        }
    }

    /** Something about the run has changed: it is looked at now. */
    void wake(String run) {
        Hand hand = hands.computeIfAbsent(run, Hand::new);
        if (hand.ticking) {
            hand.rung = true;
            if (scene.defect() == Defect.TWO_HANDS_IN_ONE_PROCESS) {
                turn(new Hand(run), 0);
            }
        } else {
            turn(hand, 0);
        }
    }

    private void turn(Hand hand, long micros) {
        long turn = ++hand.turn;
        after(
                micros,
                () -> {
                    if (turn == hand.turn && !hand.ticking) {
                        hand.ticking = true;
                        begin(hand.run, () -> tick(hand));
                    }
                });
    }

    private void tick(Hand hand) {
        long pause = pause(hand);
        hand.ticking = false;
        if (pause < 0) {
            hands.remove(hand.run);
            return;
        }
        turn(hand, hand.rung ? 0 : pause);
        hand.rung = false;
    }

    private long pause(Hand hand) {
        try {
            return switch (runner.tick(hand.run)) {
                case Tick.Continue _ -> 0;
                case Tick.WaitUntil wait ->
                        Duration.between(clock(), wait.instant()).toNanos() / 1_000;
                case Tick.AwaitsPerson _, Tick.NotOurs _ -> PATIENCE;
                case Tick.Ended _ -> -1;
            };
        } catch (Away away) {
            return PATIENCE;
        }
    }

    private Renewal.Ticket renewing(Duration pause, Runnable renew) {
        boolean[] closed = {false};
        renewAgain(pause.toNanos() / 1_000, renew, closed);
        return () -> closed[0] = true;
    }

    private void renewAgain(long pause, Runnable renew, boolean[] closed) {
        after(
                pause,
                () -> {
                    if (!closed[0]) {
                        begin("renewal", () -> renewed(renew));
                        renewAgain(pause, renew, closed);
                    }
                });
    }

    private static void renewed(Runnable renew) {
        try {
            renew.run();
        } catch (Away away) {
            // the next one may succeed; if none does, the lease is lost
        }
    }
}
