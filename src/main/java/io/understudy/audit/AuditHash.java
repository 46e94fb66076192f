package io.understudy.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash of a row: SHA-256, in hex, over its fields in a fixed order, each in UTF-8 as {@code
 * <length in bytes>:<field>,}: {@code understudy audit 1}, the number, the hash of the row before,
 * the time in UTC to the microsecond, actor, action, subject, the count of the details, then name
 * and value of each detail by the bytes of its name. The function {@code audit_hash} of the
 * database computes the same.
 */
public final class AuditHash {

    private static final String FORM = "understudy audit 1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Comparator<String> BY_BYTES =
            (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

    private final MessageDigest digest;

    private AuditHash() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
        }
    }

    /** The hash that a row should have. */
    public static String of(long number, String previous, AuditEvent event) {
        AuditHash hash = new AuditHash();
        hash.add(FORM);
        hash.add(Long.toString(number));
        hash.add(previous);
        hash.add(time(event.at()));
        hash.add(event.actor());
        hash.add(event.action());
        hash.add(event.subject());
        hash.add(Integer.toString(event.details().size()));
        Map<String, String> details = new TreeMap<>(BY_BYTES);
        details.putAll(event.details());
        details.forEach((name, value) -> {
            hash.add(name);
            hash.add(value);
        });
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    /** A time as it is hashed and exported. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    private void add(String field) {
        byte[] bytes = bytes(field);
        digest.update(bytes(bytes.length + ":"));
        digest.update(bytes);
        digest.update((byte) ',');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
