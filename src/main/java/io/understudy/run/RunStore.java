package io.understudy.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where runs are kept. Every method is durable when it returns, and what is audited of a change
 * ({@link RunAudit}) is written with it: both or neither.
 */
public interface RunStore {

    /** A run's next state and the lines that its journal gains, written together. */
    record Change(Run run, List<JournalEntry> journal) {
        public Change {
            journal = List.copyOf(journal);
        }
    }

    /**
     * Adds a run and takes its locks, both or neither; the locks are held until the run ends.
     *
     * @throws RunRefusal LOCKED when another open run holds one of them, naming that lock
     */
    default void open(Run run, Set<String> locks, List<JournalEntry> journal) {
        open(run, locks, journal, Optional.empty());
    }

    /**
     * The same for who evaluates on behalf of all replicas.
     *
     * @throws FenceRefusal when it is no longer the one that does
     */
    default void open(
            Run run, Set<String> locks, List<JournalEntry> journal, Optional<Fence> fence) {
        open(run, locks, journal, fence, Optional.empty());
    }

    /**
     * The same for a request, which is answered with it: both or neither.
     *
     * @throws ReceiptRefusal when it is no longer the request that is to be answered
     */
    void open(
            Run run,
            Set<String> locks,
            List<JournalEntry> journal,
            Optional<Fence> fence,
            Optional<Receipt> receipt);

    Optional<Run> find(String id);

    /** The open runs, oldest first. */
    List<Run> open();

    /** Runs that ended at or after {@code since}. */
    List<Run> endedSince(Instant since);

    /**
     * The newest runs first, at most {@code limit}, opened before the run {@code before} where it
     * is given.
     */
    List<Run> newest(int limit, Optional<String> before);

    /** The journal of a run from the entry with this index on, counted from 0. */
    List<JournalEntry> journal(String id, int from);

    /**
     * Takes or renews the right to act on an open run: free, expired, or held by the same holder. A
     * new holder gets a greater token. Empty when somebody else holds it.
     */
    Optional<Lease> acquire(String id, String holder, Duration time);

    /** Lets another process take the run at once. */
    void release(Lease lease);

    /**
     * Ends every lease, so that runs can be taken at once instead of when the leases of dead
     * processes run out. Tokens go on growing. Only for a process that knows that it is alone on
     * this database, as on the embedded one.
     */
    void endLeases();

    /**
     * Changes a run under its row lock: {@code change} sees the newest state and may throw {@link
     * RunRefusal}, in which case nothing is changed. Without a lease for what people do; with one
     * for what the owner does.
     *
     * @return the run after the change
     * @throws RunRefusal NOT_FOUND, or LEASE_LOST when the lease's token is not the newest
     */
    Run change(String id, Optional<Lease> lease, Function<Run, Change> change);

    /**
     * Changes a run as who evaluates on behalf of all replicas.
     *
     * @throws FenceRefusal when it is no longer the one that does
     */
    Run change(String id, Fence fence, Function<Run, Change> change);
}
