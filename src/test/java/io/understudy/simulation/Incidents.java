package io.understudy.simulation;

import io.understudy.decision.Mode;
import io.understudy.decision.RunState;
import io.understudy.run.Reassessment.Verdict;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.run.TestRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes wrong in the estate, and every replica deciding on its own that a run must mend it:
 * from what it has read, which may be old by the time that it opens the run.
 */
final class Incidents {

    /**
     * A pool fails over with its pair and the CMS, the CMS alone, a store with or without a pool.
     */
    private static final List<Set<String>> LOCKS =
            List.of(
                    Set.of("pool:1", "pool:2", "cms"),
                    Set.of("cms"),
                    Set.of("store:1", "pool:1"),
                    Set.of("store:2"));

    private static final int MOST = 100;
    private static final int MOST_RUNS_OF_ONE = 3;
    private static final long PAUSE = 20 * VirtualTime.SECOND;

    private record Incident(String id, Set<String> locks, Mode mode, int approvals, long since) {}

    private final Scene scene;
    private final List<Incident> incidents = new ArrayList<>();
    private int opened;

    Incidents(Scene scene, long storm) {
        this.scene = scene;
        Chance chance = scene.chance();
        int count = 1 + chance.below(3);
        for (int i = 1; i <= count; i++) {
            incidents.add(
                    new Incident(
                            "incident-" + i,
                            chance.of(LOCKS),
                            chance.oneIn(3) ? Mode.ADVISE : Mode.AUTOMATE,
                            chance.below(3),
                            chance.between(0, storm / 2)));
        }
    }

    /** Has this replica evaluate now and then. */
    void watchedBy(Replica replica) {
        replica.after(
                scene.chance().between(0, PAUSE),
                () -> {
                    replica.begin("evaluation", () -> evaluate(replica));
                    watchedBy(replica);
                });
    }

    private void evaluate(Replica replica) {
        try {
            List<Run> known = replica.store().newest(MOST, Optional.empty());
            for (Incident incident : incidents) {
                if (incident.since() <= scene.time().now() && isToBeMended(incident, known)) {
                    open(replica, incident);
                }
            }
        } catch (Away away) {
            // the next evaluation will do
        }
    }

    private static boolean isToBeMended(Incident incident, List<Run> known) {
        List<Run> before = known.stream().filter(run -> isOf(run, incident.id())).toList();
        return before.size() < MOST_RUNS_OF_ONE
                && before.stream()
                        .allMatch(run -> run.state().ended() && run.state() != RunState.SUCCEEDED);
    }

    private void open(Replica replica, Incident incident) {
        String id = "r" + ++opened;
        RunStore.Change change =
                Run.open(
                        id,
                        TestRuns.decision(incident.mode(), incident.approvals()),
                        Runbooks.of(scene.chance(), id),
                        Run.UNDERSTUDY,
                        replica.clock(),
                        Optional.of(incident.id()));
        try {
            replica.store().open(change.run(), incident.locks(), change.journal());
            replica.wake(id);
        } catch (RunRefusal refusal) {
            if (refusal.reason() != RunRefusal.Reason.LOCKED) {
                throw refusal;
            }
            scene.count(Happening.LOCK_REFUSED);
        }
    }

    /** The re-check under the lock: whether another run has mended it meanwhile. */
    static Verdict reassess(Run run, RunStore store) {
        boolean mended =
                store.newest(MOST, Optional.empty()).stream()
                        .filter(other -> isOf(other, run.incident().orElseThrow()))
                        .anyMatch(other -> other.state() == RunState.SUCCEEDED);
        return mended
                ? new Verdict.Changed("another run has mended it")
                : new Verdict.StillRight("it is still so");
    }

    private static boolean isOf(Run run, String incident) {
        return run.incident().equals(Optional.of(incident));
    }
}
