package io.understudy.simulation;

import io.understudy.run.Fence;
import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.Receipt;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The database as one replica reaches it, or does not. */
final class ReplicaStore implements RunStore {

    private static final BooleanSupplier AT_ONCE = () -> true;

    private final Scene scene;
    private final Replica replica;
    private final SharedDatabase database;
    private final Line line;

    /** With {@link Defect#INTENT_AFTER_ACT}: what is kept back until the next write. */
    private final Map<String, Change> keptBack = new HashMap<>();

    ReplicaStore(Scene scene, Replica replica, SharedDatabase database, Line line) {
        this.scene = scene;
        this.replica = replica;
        this.database = database;
        this.line = line;
    }

    private <T> T ask(String what, Supplier<T> there) {
        return line.ask(what, AT_ONCE, there);
    }

    @Override
    public void open(
            Run run,
            Set<String> locks,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt) {
        ask(
                "open " + run.id(),
                () -> {
                    database.open(run, locks, journal);
                    scene.note(() ->
                            replica.name() + " opened " + run.id() + " " + new TreeSet<>(locks));
                    return true;
                });
    }

    @Override
    public Optional<Run> find(String id) {
        Change kept = keptBack.get(id);
        return kept != null
                ? Optional.of(kept.run())
                : ask("find " + id, () -> database.truth().find(id));
    }

    @Override
    public List<Run> open() {
        return ask("list open runs", database.truth()::open);
    }

    @Override
    public List<Run> endedSince(Instant since) {
        return ask("list ended runs", () -> database.truth().endedSince(since));
    }

    @Override
    public List<Run> newest(int limit, Optional<String> before) {
        return ask("list runs", () -> database.truth().newest(limit, before));
    }

    @Override
    public List<JournalEntry> journal(String id, int from) {
        return ask("read journal of " + id, () -> database.truth().journal(id, from));
    }

    @Override
    public Optional<Lease> acquire(String id, String holder, Duration time) {
        return line.ask(
                "acquire " + id,
                () -> !database.isLocked(id, this),
                () -> {
                    Optional<Lease> lease = database.acquire(replica.wall(), id, holder, time);
                    scene.note(() -> replica.name() + " acquires " + id + ": " + token(lease));
                    return lease;
                });
    }

    private static String token(Optional<Lease> lease) {
        return lease.map(had -> "token " + had.token()).orElse("refused");
    }

    @Override
    public void release(Lease lease) {
        line.ask(
                "release " + lease.runId(),
                () -> !database.isLocked(lease.runId(), this),
                () -> {
                    database.release(lease);
                    return true;
                });
    }

    @Override
    public void endLeases() {
        throw new UnsupportedOperationException("nobody is alone here");
    }

    @Override
    public Run change(String id, Fence fence, Function<Run, Change> change) {
        return change(id, Optional.empty(), change);
    }

    @Override
    public Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        if (scene.defect() == Defect.INTENT_AFTER_ACT && lease.isPresent()) {
            return changeLate(id, lease, change);
        }
        return scene.chance().oneIn(scene.weather().oneSlowIn())
                ? changeSlowly(id, lease, change)
                : line.ask(
                        "change " + id,
                        () -> !database.isLocked(id, this),
                        () -> committed(id, lease, change));
    }

    /** Others come while the row is locked; the transaction may be ended meanwhile. */
    private Run changeSlowly(String id, Optional<Lease> lease, Function<Run, Change> change) {
        Object transaction = new Object();
        try {
            line.ask(
                    "lock " + id,
                    () -> !database.isLocked(id, transaction),
                    () -> {
                        database.lock(id, transaction);
                        computeInVain(id, change);
                        return true;
                    });
            replica.rest(scene.chance().between(0, SharedDatabase.IDLE_TIMEOUT * 11 / 10));
            return line.ask(
                    "commit " + id,
                    AT_ONCE,
                    () -> {
                        if (!database.holds(id, transaction)) {
                            scene.count(Happening.ENDED_TRANSACTION);
                            throw new Away("the transaction was ended");
                        }
                        return committed(id, lease, change);
                    });
        } finally {
            long notice = line.isOpen() ? 0 : SharedDatabase.IDLE_TIMEOUT;
            scene.time().after(notice, () -> database.unlock(id, transaction));
        }
    }

    /**
     * A transaction that meets a conflict computes its change again; the first must leave no trace.
     */
    private void computeInVain(String id, Function<Run, Change> change) {
        try {
            Optional<Change> _ = database.truth().find(id).map(change);
        } catch (RunRefusal refusal) {
            scene.note(() -> replica.name() + " would be refused: " + refusal.getMessage());
        }
    }

    private Run committed(String id, Optional<Lease> lease, Function<Run, Change> change) {
        Run run = database.change(id, lease, change);
        scene.note(() -> replica.name() + " changed " + id + ": " + lastLine(id));
        return run;
    }

    private String lastLine(String id) {
        List<JournalEntry> lines = database.truth().journal(id, 0);
        return lines.isEmpty() ? "" : lines.getLast().toString();
    }

    private Run changeLate(String id, Optional<Lease> lease, Function<Run, Change> change) {
        Change before = keptBack.remove(id);
        if (before == null) {
            Run known = ask("find " + id, () -> database.truth().find(id)).orElseThrow();
            Change made = change.apply(known);
            if (made.journal().stream().anyMatch(l -> l.kind() == JournalEntry.Kind.INTENT)) {
                keptBack.put(id, made);
                return made.run();
            }
            return ask("change " + id, () -> committed(id, lease, change));
        }
        return ask(
                "change " + id,
                () ->
                        committed(
                                id,
                                lease,
                                _ -> {
                                    Change made = change.apply(before.run());
                                    List<JournalEntry> lines = new ArrayList<>(before.journal());
                                    lines.addAll(made.journal());
                                    return new Change(made.run(), lines);
                                }));
    }
}
