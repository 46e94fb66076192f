package io.understudy.control;

import io.understudy.audit.AuditEvent;
import io.understudy.run.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A versioned document: the estate, the policy, a mapping. Versions count from 1 and are never
 * changed.
 */
public interface DocumentStore<T> {

    /** A document and where it came from. */
    record Version<T>(int version, T body, String savedBy, Instant savedAt) {}

    /** The document has another version than the writer thinks; nothing was saved. */
    final class VersionConflict extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int current;

        public VersionConflict(int current) {
            super("the document is at version " + current);
            this.current = current;
        }

        public int current() {
            return current;
        }
    }

    Optional<Version<T>> current();

    Optional<Version<T>> version(int version);

    /** Newest first. */
    List<Version<T>> versions();

    /**
     * Saves a new version, and what the audit says of it: both or neither.
     *
     * @param expected the version that the writer has read; 0 for none yet; empty to overwrite
     *     whatever is there
     * @param audit what the audit says of the version that is saved
     * @throws VersionConflict when it is not the newest
     */
    default Version<T> save(
            T body,
            Optional<Integer> expected,
            String savedBy,
            Instant savedAt,
            Function<Version<T>, AuditEvent> audit) {
        return save(body, expected, savedBy, savedAt, audit, _ -> Optional.empty());
    }

    /**
     * The same for a request, which is answered with it: both or neither.
     *
     * @param receipt what is answered for the version that is saved
     * @throws io.understudy.run.ReceiptRefusal when it is no longer the request that is to be
     *     answered
     */
    Version<T> save(
            T body,
            Optional<Integer> expected,
            String savedBy,
            Instant savedAt,
            Function<Version<T>, AuditEvent> audit,
            Function<Version<T>, Optional<Receipt>> receipt);
}
