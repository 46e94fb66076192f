package io.understudy.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of what monitoring systems send: {@code v1=} and, in hexadecimal digits, HMAC-SHA256
 * over the timestamp as it stands in its header, a full stop and the body.
 */
public final class Signatures {

    /** What is to be thought of a request. */
    public enum Verdict {
        VALID,
        /** It has no signature, or no timestamp. */
        UNSIGNED,
        /** Its timestamp is no number of seconds, or its signature not of the known form. */
        MALFORMED,
        /** Its timestamp is too far from now, in the past or in the future. */
        OLD,
        /** It was signed with another secret, or changed on its way. */
        WRONG
    }

    /** What stands in the two headers. */
    public record Signed(Optional<String> timestamp, Optional<String> signature) {}

    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("v1=([0-9A-Fa-f]{64})");

    private Signatures() {}

    /**
     * Judges a request; signatures are compared in constant time.
     *
     * @param secrets any of which may have been used: the old and the new one while they change
     * @param tolerance how far the timestamp may be from {@code now}
     */
    public static Verdict verdict(
            List<String> secrets, Signed signed, byte[] body, Instant now, Duration tolerance) {
        if (signed.timestamp().isEmpty() || signed.signature().isEmpty()) {
            return Verdict.UNSIGNED;
        }
        String timestamp = signed.timestamp().get();
        var signature = SIGNATURE.matcher(signed.signature().get());
        if (!TIMESTAMP.matcher(timestamp).matches() || !signature.matches()) {
            return Verdict.MALFORMED;
        }
        Duration away = Duration.between(at(timestamp), now).abs();
        if (away.compareTo(tolerance) > 0) {
            return Verdict.OLD;
        }
        byte[] shown = HexFormat.of().parseHex(signature.group(1));
        boolean valid = false;
        for (String secret : secrets) {
            valid |= MessageDigest.isEqual(of(secret, timestamp, body), shown);
        }
        return valid ? Verdict.VALID : Verdict.WRONG;
    }

    /** The time of a timestamp that was found valid. */
    public static Instant at(String timestamp) {
        return Instant.ofEpochSecond(Long.parseLong(timestamp));
    }

    /** The value of the header for a request. */
    public static String sign(String secret, String timestamp, byte[] body) {
        return "v1=" + HexFormat.of().formatHex(of(secret, timestamp, body));
    }

    private static byte[] of(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
