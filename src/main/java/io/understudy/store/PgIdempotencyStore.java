package io.understudy.store;

import io.understudy.control.IdempotencyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Claims in PostgreSQL: of two that claim a key at once, on any two replicas, one is granted it. */
public final class PgIdempotencyStore implements IdempotencyStore {

    /**
     * Limits.
     *
     * @param remembered for how long a key is remembered, by the time given with each claim. A
     *     request whose process died is under way for as long, since nobody knows what it started
     * @param forgottenAtOnce how many older keys each claim removes at most; more than one, so
     *     that they cannot pile up
     */
    public record Settings(Duration remembered, int forgottenAtOnce) {

        public static final Settings DEFAULT = new Settings(Duration.ofHours(24), 20);

        public Settings {
            if (!remembered.isPositive() || forgottenAtOnce < 2) {
                throw new IllegalArgumentException(
                        "remembered is more than nothing and forgottenAtOnce at least 2");
            }
        }
    }

    private static final String FORGET =
            """
            delete from idempotency where (actor, key) in
              (select actor, key from idempotency where claimed_at < ? order by claimed_at
               limit ? for update skip locked)
            """;
    private static final String CLAIM =
            """
            insert into idempotency as kept (actor, key, request_hash, claimed_at) values (?, ?, ?, ?)
            on conflict (actor, key) do update
              set request_hash = excluded.request_hash, claimed_at = excluded.claimed_at,
                  status = null, body = null
              where kept.claimed_at < ?
            """;
    private static final String FIND =
            "select request_hash, status, body from idempotency where actor = ? and key = ?";
    private static final String COMPLETE =
            """
            update idempotency set status = ?, body = ?
            where actor = ? and key = ? and status is null
            """;
    private static final String ABANDON =
            "delete from idempotency where actor = ? and key = ? and status is null";

    private final Database database;
    private final Settings settings;

    public PgIdempotencyStore(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Claim claim(String actor, String key, String requestHash, Instant at) {
        Instant forgotten = at.minus(settings.remembered());
        return database.call(
                "claim an idempotency key",
                session -> {
                    session.update(FORGET, forgotten, settings.forgottenAtOnce());
                    if (session.update(CLAIM, actor, key, requestHash, at, forgotten) == 1) {
                        return new Claim.Granted();
                    }
                    Optional<Claim> known =
                            session.first(FIND, row -> known(row, requestHash), actor, key);
                    // abandoned since: whoever asks again is granted it
                    return known.orElseGet(Claim.UnderWay::new);
                });
    }

    @Override
    public void complete(String actor, String key, int status, String body) {
        database.run(
                "complete an idempotent request",
                s -> s.update(COMPLETE, status, body, actor, key));
    }

    @Override
    public void abandon(String actor, String key) {
        database.run("abandon an idempotent request", s -> s.update(ABANDON, actor, key));
    }

    private static Claim known(ResultSet row, String requestHash) throws SQLException {
        if (!row.getString("request_hash").equals(requestHash)) {
            return new Claim.Mismatch();
        }
        int status = row.getInt("status");
        return row.wasNull()
                ? new Claim.UnderWay()
                : new Claim.Answered(status, row.getString("body"));
    }
}
