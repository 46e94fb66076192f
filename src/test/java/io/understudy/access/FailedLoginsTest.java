package io.understudy.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final FailedLogins.Limits LIMITS = new FailedLogins.Limits(6, 3, WINDOW, 100);

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final FailedLogins logins = new FailedLogins(LIMITS, () -> now);

    @Test
    void oneAddressMayFailSoOftenAndThenWaitsForOneMoreTry() {
        for (int i = 0; i < 6; i++) {
            assertEquals(Optional.empty(), logins.toWait("a", "guess" + i));
            logins.failed("a", "guess" + i);
        }
        assertEquals(Optional.of(Duration.ofSeconds(10)), logins.toWait("a", "guess6"));
        now = now.plusSeconds(10);
        assertEquals(Optional.empty(), logins.toWait("a", "guess6"));
        logins.failed("a", "guess6");
        assertEquals(Optional.of(Duration.ofSeconds(10)), logins.toWait("a", "guess7"));
    }

    @Test
    void theSameWrongKeyIsHeldUpWhereverItComesFrom() {
        for (int i = 0; i < 3; i++) {
            logins.failed("address" + i, "revoked");
        }
        assertEquals(Optional.of(Duration.ofSeconds(20)), logins.toWait("elsewhere", "revoked"));
        assertEquals(Optional.empty(), logins.toWait("elsewhere", "another"));
    }

    @Test
    void aRightKeyFromAnotherAddressIsNotLockedOut() {
        failTooOften("a");
        assertEquals(Optional.empty(), logins.toWait("b", "right"));
    }

    @Test
    void whoWasLetInLatelyIsNotLockedOutByOthersAtTheSameAddress() {
        logins.succeeded("right");
        failTooOften("a");
        assertEquals(Optional.empty(), logins.toWait("a", "right"));
        assertTrue(logins.toWait("a", "wrong").isPresent());
    }

    @Test
    void aKeyThatIsRevokedIsNoLongerLetThrough() {
        logins.succeeded("right");
        failTooOften("a");
        logins.failed("a", "right");
        assertTrue(logins.toWait("a", "right").isPresent());
    }

    @Test
    void whatIsMissingBesideARightKeyNeverLocksTheKeyOut() {
        for (int i = 0; i < 100; i++) {
            logins.failedBeside("thief");
        }
        assertTrue(logins.toWait("thief", "right").isPresent());
        assertEquals(Optional.empty(), logins.toWait("owner", "right"));
    }

    @Test
    void nobodyWaitsLongerThanTheWindowHoweverOftenHeFails() {
        for (int i = 0; i < 100_000; i++) {
            logins.failed("a", "x");
        }
        assertEquals(Optional.of(Duration.ofSeconds(20)), logins.toWait("a", "x"));
        now = now.plus(WINDOW);
        assertEquals(Optional.empty(), logins.toWait("a", "x"));
    }

    @Test
    void anAttackFromManyAddressesMakesNobodyElseWaitAndOldestAreForgotten() {
        failTooOften("a");
        for (int i = 0; i < 1_000; i++) {
            logins.failed("address" + i, "guess" + i);
        }
        assertEquals(Optional.empty(), logins.toWait("a", "right"));
        assertEquals(Optional.empty(), logins.toWait("b", "right"));
    }

    @Test
    void limitsOfNothingAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new FailedLogins.Limits(0, 1, WINDOW, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new FailedLogins.Limits(1, 1, Duration.ZERO, 1));
    }

    @Test
    void refusalsAreCountedOnce() {
        Refusals refusals = new Refusals();
        refusals.count("LOGIN_FAILED");
        refusals.count("LOGIN_FAILED");
        assertEquals(Map.of("LOGIN_FAILED", 2L), refusals.drain());
        assertEquals(Map.of(), refusals.drain());
        refusals.count("LOGIN_FAILED", 2);
        assertEquals(Map.of("LOGIN_FAILED", 2L), refusals.drain());
    }

    private void failTooOften(String address) {
        for (int i = 0; i < 6; i++) {
            logins.failed(address, "wrong" + address + i);
        }
        assertTrue(logins.toWait(address, "next").isPresent());
    }

    /** The last of so many is one too many, if none was lost. */
    @Test
    void failuresAtTheSameTimeAreCountedEach() throws Exception {
        int threads = 4;
        int each = 5_000;
        FailedLogins counted =
                new FailedLogins(
                        new FailedLogins.Limits(
                                threads * each, 1, Duration.ofSeconds(threads * each), 10),
                        () -> Instant.EPOCH);
        try (ExecutorService all = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++) {
                all.execute(
                        () -> IntStream.range(0, each).forEach(_ -> counted.failedBeside("here")));
            }
        }

        assertTrue(counted.toWait("here", "another").isPresent());
    }
}
