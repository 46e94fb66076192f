package io.understudy.run;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Writes of one owner to one run: each is refused once the lease is somebody else's. */
record OwnedStore(
        RunStore store,
        Lease lease,
        String holder,
        RunnerSettings pace,
        InstantSource clock,
        LongSupplier nanoTime) {

    Run write(Function<OwnedRun, RunStore.Change> transition) {
        return store.change(
                lease.runId(),
                Optional.of(lease),
                run -> transition.apply(new OwnedRun(run, lease.token(), clock.instant())));
    }

    List<JournalEntry> journal() {
        return store.journal(lease.runId(), 0);
    }

    /**
     * Makes sure that the run is still ours, and that a process that was paused on the way does not
     * believe an old answer. Either measure may tell: what has passed here since it was asked, into
     * which waits for a connection count; or the database's time, from which ours can be away after
     * another server has taken over.
     *
     * @throws RunRefusal LEASE_LOST when it is not
     */
    void requireOwned() {
        long asked = nanoTime.getAsLong();
        Optional<Lease> renewed = store.acquire(lease.runId(), holder, pace.leaseTime());
        if (renewed.filter(newest -> newest.token() == lease.token())
                .filter(newest ->
                        nanoTime.getAsLong() - asked < pace.leaseTime().toNanos()
                                || clock.instant().isBefore(newest.until()))
                .isEmpty()) {
            throw new RunRefusal(
                    RunRefusal.Reason.LEASE_LOST,
                    "run " + lease.runId() + " is no longer owned by " + holder,
                    "nothing: its owner carries on");
        }
    }
}
