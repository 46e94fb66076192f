package io.understudy.store;

import io.understudy.control.IdempotencyStore;
import io.understudy.run.Receipt;
import io.understudy.run.ReceiptRefusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Claims in PostgreSQL: of two that claim a key at once, on any two replicas, one is granted it.
 */
public final class PgIdempotencyStore implements IdempotencyStore {

    /**
     * Limits.
     *
     * @param remembered for how long a key is remembered, by the time given with each claim
     * @param answeredWithin after which a claim without an answer may be made anew: its process may
     *     have died, or never have heard that it was granted. What is done for the older claim is
     *     refused from then on, so that this may be as short as it likes
     * @param forgottenAtOnce how many older keys each claim removes at most; more than one, so that
     *     they cannot pile up
     */
    public record Settings(Duration remembered, Duration answeredWithin, int forgottenAtOnce) {

        public static final Settings DEFAULT =
                new Settings(Duration.ofHours(24), Duration.ofSeconds(15), 20);

        public Settings {
            if (!answeredWithin.isPositive()
                    || remembered.compareTo(answeredWithin) < 0
                    || forgottenAtOnce < 2) {
                throw new IllegalArgumentException(
                        "answeredWithin is more than nothing, remembered at least as long, and"
                                + " forgottenAtOnce at least 2");
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
                 or kept.status is null and kept.request_hash = excluded.request_hash
                    and kept.claimed_at < ?
            """;
    private static final String FIND =
            "select request_hash, status, body from idempotency where actor = ? and key = ?";

    /** Until the transaction ends, nobody can claim it anew. */
    private static final String KEEP =
            """
            update idempotency set status = ?, body = ?
            where actor = ? and key = ? and claimed_at = ? and status is null
            """;

    private static final String ABANDON =
            """
            delete from idempotency
            where actor = ? and key = ? and claimed_at = ? and status is null
            """;

    private final Database database;
    private final Settings settings;

    public PgIdempotencyStore(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Claim claim(String actor, String key, String requestHash, Instant at) {
        Instant forgotten = at.minus(settings.remembered());
        Instant unanswered = at.minus(settings.answeredWithin());
        return database.call(
                "claim an idempotency key",
                session -> {
                    session.update(FORGET, forgotten, settings.forgottenAtOnce());
                    int claimed =
                            session.update(
                                    CLAIM, actor, key, requestHash, at, forgotten, unanswered);
                    if (claimed == 1) {
                        return new Claim.Granted(Session.kept(at));
                    }
                    Optional<Claim> known =
                            session.first(FIND, row -> known(row, requestHash), actor, key);
                    // abandoned since: whoever asks again is granted it
                    return known.orElseGet(Claim.UnderWay::new);
                });
    }

    @Override
    public void abandon(String actor, String key, Instant claimedAt) {
        database.run(
                "abandon an idempotent request", s -> s.update(ABANDON, actor, key, claimedAt));
    }

    /**
     * Answers a request in the transaction that does what it asks.
     *
     * @throws ReceiptRefusal when it was abandoned or claimed anew, which rolls the transaction
     *     back
     */
    static void keep(Session session, Optional<Receipt> receipt) throws SQLException {
        if (receipt.isEmpty()) {
            return;
        }
        Receipt kept = receipt.get();
        int answered =
                session.update(
                        KEEP,
                        kept.status(),
                        kept.body(),
                        kept.actor(),
                        kept.key(),
                        kept.claimedAt());
        if (answered == 0) {
            throw new ReceiptRefusal(kept);
        }
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
