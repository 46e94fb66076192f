package io.understudy.counterpart;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one NTLMv2 dialogue (MS-NLMP): challenge, then the check of the response and
 * of the integrity code over all three messages. NTLMv1 and anonymous responses are refused.
 */
final class NtlmServer {

    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final int UNICODE = 0x1;
    private static final int KEY_EXCHANGE = 0x40000000;

    /** Unicode, target, NTLM, always sign, domain, extended security, target info, version. */
    private static final int OFFERED = 0x2289_8205 | 0x2000_0000 | KEY_EXCHANGE | 0x8000_0000;

    private static final int AV_DOMAIN = 2;
    private static final int AV_COMPUTER = 1;
    private static final int AV_FLAGS = 6;
    private static final int AV_TIME = 7;
    private static final int MIC_AT = 72;
    private static final long EPOCH_1601 = 116_444_736_000_000_000L;

    private final String user;
    private final String password;
    private final byte[] challenge = new byte[8];
    private byte[] negotiate = {};
    private byte[] challengeMessage = {};

    NtlmServer(String user, String password) {
        this.user = user;
        this.password = password;
        new SecureRandom().nextBytes(challenge);
    }

    /** Whether a token is a message of NTLM, and of this type. */
    static boolean is(byte[] token, int type) {
        return token.length > 12 && Arrays.equals(token, 0, 8, SIGNATURE, 0, 8) && token[8] == type;
    }

    /** The answer to a negotiate message. */
    byte[] challenge(byte[] negotiateMessage, long millis) {
        negotiate = negotiateMessage;
        byte[] target = utf16("CONTOSO");
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        pair(info, AV_DOMAIN, target);
        pair(info, AV_COMPUTER, utf16("MGMT1"));
        pair(info, AV_TIME, little(8).putLong(millis * 10_000 + EPOCH_1601).array());
        pair(info, 0, new byte[0]);
        int asked = ByteBuffer.wrap(negotiateMessage).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        ByteBuffer message = little(56 + target.length + info.size());
        message.put(SIGNATURE).putInt(2);
        message.putShort((short) target.length).putShort((short) target.length).putInt(56);
        message.putInt(OFFERED & (asked | 0x0285_8204)).put(challenge).putLong(0);
        message.putShort((short) info.size()).putShort((short) info.size());
        message.putInt(56 + target.length).putLong(0x0f00_0000_4563_000aL);
        message.put(target).put(info.toByteArray());
        challengeMessage = message.array();
        return challengeMessage;
    }

    /** Whether an authenticate message proves the password. */
    boolean proves(byte[] message) throws GeneralSecurityException {
        ByteBuffer m = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        byte[] response = field(m, 20);
        if (challengeMessage.length == 0 || response.length <= 24) {
            return false;
        }
        Charset charset =
                (m.getInt(60) & UNICODE) != 0
                        ? StandardCharsets.UTF_16LE
                        : StandardCharsets.US_ASCII;
        String name = new String(field(m, 36), charset);
        String domain = new String(field(m, 28), charset);
        byte[] key =
                hmac(Md4.digest(utf16(password)), utf16(name.toUpperCase(Locale.ROOT) + domain));
        byte[] proof = Arrays.copyOf(response, 16);
        byte[] rest = Arrays.copyOfRange(response, 16, response.length);
        return name.equalsIgnoreCase(user)
                && MessageDigest.isEqual(proof, hmac(key, challenge, rest))
                && whole(message, m, rest, hmac(key, proof));
    }

    /** Where the client says that there is an integrity code, it must be right. */
    private boolean whole(byte[] message, ByteBuffer m, byte[] rest, byte[] sessionBase)
            throws GeneralSecurityException {
        byte[] flags = pair(rest, AV_FLAGS);
        if (flags == null || (flags[0] & 2) == 0) {
            return true;
        }
        byte[] session = sessionBase;
        if ((m.getInt(60) & KEY_EXCHANGE) != 0) {
            Cipher rc4 = Cipher.getInstance("ARCFOUR");
            rc4.init(Cipher.DECRYPT_MODE, new SecretKeySpec(sessionBase, "ARCFOUR"));
            session = rc4.doFinal(field(m, 52));
        }
        byte[] told = Arrays.copyOfRange(message, MIC_AT, MIC_AT + 16);
        byte[] without = message.clone();
        Arrays.fill(without, MIC_AT, MIC_AT + 16, (byte) 0);
        return MessageDigest.isEqual(told, hmac(session, negotiate, challengeMessage, without));
    }

    /** One of the pairs in the client's part of the response, which begin at its byte 28. */
    private static byte @Nullable [] pair(byte[] rest, int id) {
        ByteBuffer pairs = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN).position(28);
        while (pairs.remaining() >= 4) {
            int found = pairs.getShort();
            byte[] value = new byte[Math.min(pairs.getShort(), pairs.remaining())];
            pairs.get(value);
            if (found == id) {
                return value;
            }
        }
        return null;
    }

    private static void pair(ByteArrayOutputStream info, int id, byte[] value) {
        info.writeBytes(little(4).putShort((short) id).putShort((short) value.length).array());
        info.writeBytes(value);
    }

    private static byte[] field(ByteBuffer message, int at) {
        byte[] value = new byte[message.getShort(at)];
        message.get(message.getInt(at + 4), value);
        return value;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(key, "HmacMD5"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
