package io.understudy.adapter.webhook;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How docs/webhook-executor.md tells receivers to verify a request, line by line. */
final class Verification {

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    boolean isGenuine(
            String secret,
            String id,
            String timestamp,
            String signature,
            String content,
            InstantSource clock)
            throws Exception {
        long age = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes("UTF-8"), "HmacSHA256"));
        byte[] own = mac.doFinal((id + "." + timestamp + "." + content).getBytes("UTF-8"));
        String expected = "v1=" + HexFormat.of().formatHex(own);
        boolean signed =
                MessageDigest.isEqual(expected.getBytes("UTF-8"), signature.getBytes("UTF-8"));
        return signed && age <= 300 && seen.add(id);
    }
}
