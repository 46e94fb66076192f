package io.understudy.store;

import io.understudy.access.SeenSignatures;
import java.time.Instant;

/** Signatures in PostgreSQL: its primary key tells which of two comes first. */
public final class PgSeenSignatures implements SeenSignatures {

    /** More than one, so that they cannot pile up. */
    private static final int FORGOTTEN_AT_ONCE = 20;

    private static final String FORGET =
            """
            delete from seen_signature where signature in
              (select signature from seen_signature where valid_until < ? order by valid_until
               limit ? for update skip locked)
            """;
    private static final String NOTE =
            """
            insert into seen_signature (signature, valid_until) values (?, ?)
            on conflict (signature) do nothing
            """;

    private final Database database;

    public PgSeenSignatures(Database database) {
        this.database = database;
    }

    @Override
    public boolean first(String signature, Instant until, Instant now) {
        return database.call(
                "note a signature",
                session -> {
                    session.update(FORGET, now, FORGOTTEN_AT_ONCE);
                    return session.update(NOTE, signature, until) == 1;
                });
    }
}
