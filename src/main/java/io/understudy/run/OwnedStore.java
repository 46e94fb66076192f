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
     * Makes sure that the run is still ours, with the whole lease time ahead. How much of it passed
     * on the way is measured here: the database's clock, which another server may carry on, can be
     * away from ours.
     *
     * @throws RunRefusal LEASE_LOST when it is not
     */
    void requireOwned() {
        long asked = nanoTime.getAsLong();
        Optional<Lease> renewed = store.acquire(lease.runId(), holder, pace.leaseTime());
        if (renewed.filter(newest -> newest.token() == lease.token())
                // a process that was paused on the way must not believe an old answer
                .filter(_ -> nanoTime.getAsLong() - asked < pace.leaseTime().toNanos())
                .isEmpty()) {
            throw new RunRefusal(
                    RunRefusal.Reason.LEASE_LOST,
                    "run " + lease.runId() + " is no longer owned by " + holder,
                    "nothing: its owner carries on");
        }
    }
}
