package io.understudy.anchor;

import io.understudy.audit.ChainHead;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where heads of the chain are kept outside of the database. */
public interface AnchorPlace {

    /** What people call it: file, webhook. */
    String name();

    /** The newest that it is known to have, and since when; empty when that is not known. */
    Optional<Anchored> newest() throws IOException;

    /** A head that was kept at a time. */
    record Anchored(ChainHead head, Instant at) {}

    /**
     * Keeps a head; durable when this returns. The same head twice does no harm.
     *
     * @throws IOException when it was not kept for sure; the message says what to do
     */
    void keep(ChainHead head, Instant at) throws IOException;
}
