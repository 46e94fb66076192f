package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.health.Observation;
import io.understudy.replay.Heard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Every accepted observation. */
public interface ObservationLog {

    /**
     * What became of a batch: those that were new, and those whose id was known already. A known
     * observation that now says that it is valid for longer is among {@code renewed}.
     */
    record Appended(List<Observation> fresh, List<Observation> renewed, int repeated) {}

    /**
     * A place in all that is accepted, by whomever: past are the transactions that are numbered
     * before {@code end}, but for those that were still open.
     */
    record Place(long end, Set<Long> open) {
        public Place {
            open = Set.copyOf(open);
        }
    }

    /**
     * What was accepted or renewed from one place on.
     *
     * @param observations those of others, oldest first; what this log has accepted itself may be
     *     left out
     * @param next where to read on
     * @param more whether there is more to read now
     */
    record Others(List<Observation> observations, Place next, boolean more) {
        public Others {
            observations = List.copyOf(observations);
        }
    }

    /**
     * Saves a batch, all or nothing; committed when it returns. The same id twice counts once,
     * within the batch too.
     */
    Appended append(List<Observation> observations, Instant receivedAt);

    /**
     * What was observed at or after {@code since}, or is still valid then, oldest first; in parts,
     * and nothing is held meanwhile in the database: whoever starts has much to take in.
     */
    void since(Instant since, Consumer<List<Observation>> take);

    /**
     * What was observed from one time to another and heard by then, or was still valid at the first
     * of them, in the order in which it was heard; at most {@code limit}.
     */
    List<Heard> heard(Instant from, Instant to, int limit);

    /** The newest observations of a component, newest first. */
    List<Observation> newest(Optional<ComponentId> component, int limit);

    /** The newest observations of these components, newest first. */
    List<Observation> newest(Set<ComponentId> components, int limit);

    /** Where reading goes on that has read everything that can be read now. */
    Place place();

    /**
     * What others have accepted that is not past at a place: all that is committed, whatever else
     * is still open, and once for whoever goes on from where this leads.
     *
     * @param most how many at once; what was accepted together is not parted
     */
    Others others(Place from, int most);

    /**
     * From here on {@link #others} leaves out nothing that was accepted before, though it be this
     * log's own: a database that has taken over may give the same number to another's transaction.
     */
    void forgetOwn();
}
