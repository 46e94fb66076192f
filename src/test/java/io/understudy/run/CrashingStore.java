package io.understudy.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A store on the other side of a border at which the process may die, before and after each call.
 */
record CrashingStore(RunStore store, Consumer<String> border) implements RunStore {

    @Override
    public void open(
            Run run,
            Set<String> locks,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt) {
        store.open(run, locks, journal, fence, receipt);
    }

    @Override
    public Optional<Run> find(String id) {
        border.accept("find");
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
        border.accept("acquire");
        Optional<Lease> lease = store.acquire(id, holder, time);
        border.accept("acquired");
        return lease;
    }

    @Override
    public void release(Lease lease) {
        border.accept("release");
        store.release(lease);
    }

    @Override
    public void endLeases() {
        store.endLeases();
    }

    @Override
    public Run change(String id, Fence fence, Function<Run, Change> change) {
        return store.change(id, fence, change);
    }

    @Override
    public Run change(String id, Optional<Lease> lease, Function<Run, Change> change) {
        border.accept("change");
        Run run = store.change(id, lease, change);
        border.accept("changed");
        return run;
    }
}
