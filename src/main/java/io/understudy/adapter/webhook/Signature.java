package io.understudy.adapter.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over {@code id.timestamp.content}, as docs/webhook-executor.md tells receivers. */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The header's value.
     *
     * @param timestamp seconds since 1970
     * @param content the body; of a GET, which has none, the request target
     * @throws IllegalArgumentException when the secret is empty; its message shows nothing of it
     */
    static String of(String secret, String id, long timestamp, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] signed =
                    mac.doFinal(
                            (id + "." + timestamp + "." + content)
                                    .getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
