package io.understudy.control;

import io.understudy.run.Lease;
import java.time.Duration;
import java.util.List;

/** The replicas that work on one database, and what each of them has in hand. */
public interface Replicas {

    /** A task that a replica has picked: {@code evaluation}, or a slice of {@code probing}. */
    record Held(String replica, String task, String instance) {}

    /** Says that a replica is there; the times of the record do not count. */
    void beat(Replica replica);

    /** A replica says good-bye. */
    void leave(String name);

    /**
     * All that are known, by name.
     *
     * @param patience for how long one may not have been seen and still be alive
     */
    List<Replica> all(Duration patience);

    /** What is picked now. */
    List<Held> held();

    /** The leases of runs that have not run out. */
    List<Lease> leases();

    /** Running runs that nobody is to carry on, since whoever opened them died before saying so. */
    List<String> forsakenRuns();

    /** Forgets replicas that were not seen for so long. */
    void forget(Duration unseen);

    /**
     * Gives back whatever is picked, and forgets all replicas. Only for a process that knows that
     * it is alone on this database, as on the embedded one.
     */
    void clear();
}
