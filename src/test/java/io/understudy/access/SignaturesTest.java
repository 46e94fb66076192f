package io.understudy.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.understudy.access.Signatures.Signed;
import io.understudy.access.Signatures.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static final byte[] BODY = "{\"alerts\": []}".getBytes(StandardCharsets.UTF_8);
    private static final String TIMESTAMP = "1795255200";
    private static final Instant NOW = Instant.ofEpochSecond(1795255200);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SIGNATURE = Signatures.sign("secret", TIMESTAMP, BODY);

    @Test
    void itIsWhatOpensslSays() {
        // { printf '%s.' 1795255200; printf '{"alerts": []}'; } | openssl dgst -sha256 -hmac secret
        assertEquals(
                "v1=8ad3dce84200b681ed6db659946e0dceb7fd73e2a50e2c665635a6065761405a", SIGNATURE);
        assertEquals(Verdict.VALID, verdict(TIMESTAMP, SIGNATURE, BODY, NOW));
        assertEquals(
                Verdict.VALID,
                verdict(
                        TIMESTAMP,
                        "v1=" + SIGNATURE.substring(3).toUpperCase(Locale.ROOT),
                        BODY,
                        NOW));
    }

    @Test
    void eitherOfTwoSecretsMayBeUsedWhileTheyChange() {
        Signed signed = new Signed(Optional.of(TIMESTAMP), Optional.of(SIGNATURE));
        assertEquals(
                Verdict.VALID,
                Signatures.verdict(List.of("new", "secret"), signed, BODY, NOW, TOLERANCE));
        assertEquals(
                Verdict.WRONG, Signatures.verdict(List.of("new"), signed, BODY, NOW, TOLERANCE));
        assertEquals(Verdict.WRONG, Signatures.verdict(List.of(), signed, BODY, NOW, TOLERANCE));
    }

    @Test
    void whatWasChangedOnItsWayIsWrong() {
        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] changed = BODY.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Verdict.WRONG, verdict(TIMESTAMP, SIGNATURE, changed, NOW));
        }
        assertEquals(Verdict.WRONG, verdict("1795255201", SIGNATURE, BODY, NOW));
        byte[] moved = ("." + new String(BODY, StandardCharsets.UTF_8)).getBytes();
        assertEquals(Verdict.WRONG, verdict(TIMESTAMP, SIGNATURE, moved, NOW));
    }

    @Test
    void itIsGoodForItsTimeAndNotASecondLonger() {
        assertEquals(Verdict.VALID, verdict(TIMESTAMP, SIGNATURE, BODY, NOW.plusSeconds(300)));
        assertEquals(Verdict.OLD, verdict(TIMESTAMP, SIGNATURE, BODY, NOW.plusSeconds(301)));
        assertEquals(Verdict.VALID, verdict(TIMESTAMP, SIGNATURE, BODY, NOW.minusSeconds(300)));
        assertEquals(Verdict.OLD, verdict(TIMESTAMP, SIGNATURE, BODY, NOW.minusSeconds(301)));
        assertEquals(Verdict.OLD, verdict("0", SIGNATURE, BODY, NOW));
        assertEquals(Verdict.OLD, verdict("999999999999", SIGNATURE, BODY, NOW));
    }

    @Test
    void whatIsNotOfTheFormIsMalformed() {
        for (String timestamp :
                List.of("", "-1", "1e9", "1795255200 ", "1795255200.0", "9999999999999")) {
            assertEquals(Verdict.MALFORMED, verdict(timestamp, SIGNATURE, BODY, NOW), timestamp);
        }
        for (String signature :
                List.of("", SIGNATURE.substring(3), SIGNATURE + "0", "v1=", "v2" + SIGNATURE)) {
            assertEquals(Verdict.MALFORMED, verdict(TIMESTAMP, signature, BODY, NOW), signature);
        }
    }

    @Test
    void whatLacksOneOfTheTwoIsUnsigned() {
        assertEquals(
                Verdict.UNSIGNED,
                Signatures.verdict(
                        List.of("secret"),
                        new Signed(Optional.of(TIMESTAMP), Optional.empty()),
                        BODY,
                        NOW,
                        TOLERANCE));
        assertEquals(
                Verdict.UNSIGNED,
                Signatures.verdict(
                        List.of("secret"),
                        new Signed(Optional.empty(), Optional.of(SIGNATURE)),
                        BODY,
                        NOW,
                        TOLERANCE));
    }

    private static Verdict verdict(String timestamp, String signature, byte[] body, Instant now) {
        return Signatures.verdict(
                List.of("secret"),
                new Signed(Optional.of(timestamp), Optional.of(signature)),
                body,
                now,
                TOLERANCE);
    }
}
