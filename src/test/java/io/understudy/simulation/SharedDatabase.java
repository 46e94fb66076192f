package io.understudy.simulation;

import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.MemoryRunStore;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The one database: what is done on it is done at once and wholly or not at all, by its own clock.
 * Everything that it lets happen is shown to the oracle.
 */
final class SharedDatabase {

    /** After which whoever waits for a row is refused. */
    static final long LOCK_TIMEOUT = 5 * VirtualTime.SECOND;

    /** After which a transaction that says nothing is ended. */
    static final long IDLE_TIMEOUT = 10 * VirtualTime.SECOND;

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Scene scene;
    private final MemoryRunStore truth;
    private final Map<String, Object> rows = new HashMap<>();
    private Instant wallOfCaller = VirtualTime.BEGIN;
    private boolean down;

    SharedDatabase(Scene scene) {
        this.scene = scene;
        boolean byWall = scene.defect() == Defect.LEASE_BY_WALL_CLOCK;
        truth = new MemoryRunStore(byWall ? () -> wallOfCaller : scene.time());
    }

    /** To look at without anything going wrong. */
    MemoryRunStore truth() {
        return truth;
    }

    boolean isDown() {
        return down;
    }

    /** Whatever was not committed is gone, with its row locks. */
    void goDown() {
        down = true;
        rows.clear();
    }

    void comeBack() {
        down = false;
    }

    /** Whether a transaction that is none of this one's holds the row. */
    boolean isLocked(String run, Object transaction) {
        Object holder = rows.get(run);
        return holder != null && holder != transaction;
    }

    void lock(String run, Object transaction) {
        rows.put(run, transaction);
        scene.time().after(IDLE_TIMEOUT, () -> unlock(run, transaction));
    }

    void unlock(String run, Object transaction) {
        rows.remove(run, transaction);
    }

    boolean holds(String run, Object transaction) {
        return rows.get(run) == transaction;
    }

    void open(Run run, Set<String> locks, List<JournalEntry> journal) {
        truth.open(run, scene.defect() == Defect.LOCKS_NOT_TAKEN ? Set.of() : locks, journal);
        scene.oracle().opened(run, locks, journal);
    }

    Optional<Lease> acquire(Instant wall, String id, String holder, Duration time) {
        wallOfCaller = wall;
        Duration granted = scene.defect() == Defect.LEASE_WITHOUT_END ? FOR_EVER : time;
        Optional<Lease> lease = truth.acquire(id, holder, granted);
        lease.ifPresent(taken -> scene.oracle().leased(taken, scene.time().instant().plus(time)));
        return lease;
    }

    void release(Lease lease) {
        truth.release(lease);
        scene.oracle().released(lease);
    }

    private static boolean isStale(RunRefusal refusal) {
        return refusal.reason() == RunRefusal.Reason.LEASE_LOST;
    }

    Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        try {
            return changed(id, lease, change);
        } catch (RunRefusal refusal) {
            if (isStale(refusal)) {
                scene.count(Happening.STALE_WRITE_REFUSED);
            }
            throw refusal;
        }
    }

    private Run changed(String id, Optional<Lease> lease, Function<Run, Change> change) {
        AtomicReference<List<JournalEntry>> lines = new AtomicReference<>(List.of());
        Optional<Lease> shown =
                scene.defect() == Defect.STORE_WITHOUT_TOKENS ? Optional.empty() : lease;
        Run after =
                truth.change(
                        id,
                        shown,
                        run -> {
                            Change made = change.apply(run);
                            lines.set(made.journal());
                            return made;
                        });
        scene.oracle().changed(after, lines.get(), lease);
        return after;
    }
}
