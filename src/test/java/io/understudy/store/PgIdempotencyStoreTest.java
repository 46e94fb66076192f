package io.understudy.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.understudy.control.IdempotencyStore;
import io.understudy.control.IdempotencyStore.Claim;
import io.understudy.run.Contention;
import io.understudy.run.Receipt;
import io.understudy.run.ReceiptRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgIdempotencyStoreTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);
    private static final Claim GRANTED = new Claim.Granted(AT);
    private static final Claim UNDER_WAY = new Claim.UnderWay();

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private IdempotencyStore claims;

    @BeforeEach
    void open() {
        claims =
                new PgIdempotencyStore(
                        database.database(),
                        new PgIdempotencyStore.Settings(REMEMBERED, ANSWERED_WITHIN, 2));
    }

    @Test
    void aKeyIsGrantedOnceThenUnderWayThenAnswered() {
        assertEquals(GRANTED, claims.claim("ann", "k", "hash", AT));
        assertEquals(UNDER_WAY, claims.claim("ann", "k", "hash", AT));

        answer(AT, 201, "{\"id\": \"r1\"}");

        assertEquals(
                new Claim.Answered(201, "{\"id\": \"r1\"}"), claims.claim("ann", "k", "hash", AT));
    }

    @Test
    void aKeyThatWasUsedForAnotherRequestIsAMismatch() {
        claims.claim("ann", "k", "hash", AT);
        assertEquals(new Claim.Mismatch(), claims.claim("ann", "k", "other", AT));
        answer(AT, 201, "");
        assertEquals(new Claim.Mismatch(), claims.claim("ann", "k", "other", AT));
    }

    @Test
    void theSameKeyOfAnotherActorIsAnother() {
        claims.claim("ann", "k", "hash", AT);

        assertEquals(GRANTED, claims.claim("bob", "k", "other", AT));
    }

    @Test
    void anAbandonedKeyIsGrantedAgainAndAnAnsweredOneCannotBeAbandoned() {
        claims.claim("ann", "k", "hash", AT);
        claims.abandon("ann", "k", AT);
        assertEquals(GRANTED, claims.claim("ann", "k", "other", AT));
        answer(AT, 200, "done");

        claims.abandon("ann", "k", AT);

        assertEquals(new Claim.Answered(200, "done"), claims.claim("ann", "k", "other", AT));
    }

    @Test
    void anAnswerIsNotReplaced() {
        claims.claim("ann", "k", "hash", AT);
        answer(AT, 200, "first");

        assertThrows(ReceiptRefusal.class, () -> answer(AT, 500, "second"));

        assertEquals(new Claim.Answered(200, "first"), claims.claim("ann", "k", "hash", AT));
    }

    @Test
    void aKeyIsRememberedForItsTimeAndNoLonger() {
        claims.claim("ann", "k", "hash", AT);
        answer(AT, 200, "done");
        Instant later = AT.plus(REMEMBERED).plusMillis(1);

        assertEquals(
                new Claim.Answered(200, "done"),
                claims.claim("ann", "k", "hash", AT.plus(REMEMBERED)));
        assertEquals(new Claim.Granted(later), claims.claim("ann", "k", "other", later));
    }

    @Test
    void whatIsNotAnsweredInTimeIsGrantedAnewToTheSameRequestAndTheOlderClaimIsWorthless() {
        claims.claim("ann", "k", "hash", AT);
        Instant last = AT.plus(ANSWERED_WITHIN);
        Instant late = last.plusNanos(1_000);

        assertEquals(UNDER_WAY, claims.claim("ann", "k", "hash", last));
        assertEquals(new Claim.Mismatch(), claims.claim("ann", "k", "other", late));
        assertEquals(new Claim.Granted(late), claims.claim("ann", "k", "hash", late));
        claims.abandon("ann", "k", AT);
        assertThrows(ReceiptRefusal.class, () -> answer(AT, 200, "too late"));
        answer(late, 200, "done");

        assertEquals(new Claim.Answered(200, "done"), claims.claim("ann", "k", "hash", late));
    }

    @Test
    void aClaimOfATimeThatTheDatabaseCannotKeepIsAnsweredAllTheSame() {
        Claim claim = claims.claim("ann", "k", "hash", AT.plusNanos(123_456_789));

        answer(assertInstanceOf(Claim.Granted.class, claim).claimedAt(), 200, "done");

        assertEquals(new Claim.Answered(200, "done"), claims.claim("ann", "k", "hash", AT));
    }

    @Test
    void oldKeysDoNotPileUp() throws Exception {
        for (int i = 0; i < 5; i++) {
            claims.claim("ann", "old " + i, "hash", AT);
        }
        Instant later = AT.plus(REMEMBERED).plusMillis(1);
        for (int i = 0; i < 3; i++) {
            claims.claim("ann", "new " + i, "hash", later);
        }

        assertEquals("3", database.text("select count(*) from idempotency"));
    }

    @Test
    void ofTwentyWhoClaimAtOnceOneIsGranted() throws Exception {
        List<Claim> answers = Contention.of(20, _ -> claims.claim("ann", "k", "hash", AT));

        assertEquals(1, answers.stream().filter(GRANTED::equals).count());
        assertEquals(19, answers.stream().filter(UNDER_WAY::equals).count());
    }

    private void answer(Instant claimedAt, int status, String body) {
        Receipt receipt = new Receipt("ann", "k", claimedAt, status, body);
        database.database().run("answer", s -> PgIdempotencyStore.keep(s, Optional.of(receipt)));
    }
}
