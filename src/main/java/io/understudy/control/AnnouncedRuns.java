package io.understudy.control;

import io.understudy.run.Fence;
import io.understudy.run.JournalEntry;
import io.understudy.run.Lease;
import io.understudy.run.Receipt;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Runs whose every change is told, once it is durable, whoever makes it. A process that dies
 * between the two leaves the journal, which is the truth.
 */
public final class AnnouncedRuns implements RunStore {

    private final RunStore store;
    private final ControlListener listener;

    public AnnouncedRuns(RunStore store, ControlListener listener) {
        this.store = store;
        this.listener = listener;
    }

    @Override
    public void open(
            Run run,
            Set<String> locks,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt) {
        store.open(run, locks, journal, fence, receipt);
        announce(run, journal);
    }

    @Override
    public Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        return announced(change, noted -> store.change(id, lease, noted));
    }

    @Override
    public Run change(String id, Fence fence, Function<Run, Change> change) {
        return announced(change, noted -> store.change(id, fence, noted));
    }

    private Run announced(
            Function<Run, Change> change, Function<Function<Run, Change>, Run> apply) {
        AtomicReference<List<JournalEntry>> lines = new AtomicReference<>(List.of());
        Run run =
                apply.apply(before -> {
                    Change made = change.apply(before);
                    lines.set(made.journal());
                    return made;
                });
        announce(run, lines.get());
        return run;
    }

    private void announce(Run run, List<JournalEntry> lines) {
        if (!lines.isEmpty()) {
            listener.runChanged(run, lines);
        }
    }

    @Override
    public Optional<Run> find(String id) {
        return store.find(id);
    }

    @Override
    public List<Run> open() {
        return store.open();
    }

    @Override
    public List<Run> endedSince(Instant since) {
        return store.endedSince(since);
    }

    @Override
    public List<Run> newest(int limit, Optional<String> before) {
        return store.newest(limit, before);
    }

    @Override
    public List<JournalEntry> journal(String id, int from) {
        return store.journal(id, from);
    }

    @Override
    public Optional<Lease> acquire(String id, String holder, Duration time) {
        return store.acquire(id, holder, time);
    }

    @Override
    public void release(Lease lease) {
        store.release(lease);
    }

    @Override
    public void endLeases() {
        store.endLeases();
    }
}
