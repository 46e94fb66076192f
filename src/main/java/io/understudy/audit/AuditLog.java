package io.understudy.audit;

import java.util.List;
import java.util.OptionalLong;

/** The append-only record. */
public interface AuditLog {

    /** An event and its place in the record, counted from 1 and growing. */
    record Entry(long number, AuditEvent event) {}

    /** Durable when this returns. */
    void append(AuditEvent event);

    /**
     * The newest entries first, at most {@code limit}, older than the entry {@code before} where it
     * is given.
     */
    List<Entry> newest(int limit, OptionalLong before);
}
