package io.understudy.counterpart.tds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a client says of itself in LOGIN7. */
record TdsLogin(
        long version,
        String user,
        String password,
        String application,
        String database,
        boolean extended) {

    private static final int EXTENSION = 0x10;

    static TdsLogin of(byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        return new TdsLogin(
                bytes.getInt(4) & 0xFFFFFFFFL,
                text(raw(bytes, 40)),
                text(clear(raw(bytes, 44))),
                text(raw(bytes, 48)),
                text(raw(bytes, 68)),
                (bytes.get(27) & EXTENSION) != 0);
    }

    private static byte[] raw(ByteBuffer bytes, int at) {
        byte[] found = new byte[2 * (bytes.getShort(at + 2) & 0xFFFF)];
        bytes.get(bytes.getShort(at) & 0xFFFF, found);
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_16LE);
    }

    /** Every byte has its halves swapped and is mixed with A5. */
    private static byte[] clear(byte[] hidden) {
        for (int i = 0; i < hidden.length; i++) {
            int mixed = (hidden[i] & 0xFF) ^ 0xA5;
            hidden[i] = (byte) ((mixed & 0x0F) << 4 | mixed >> 4);
        }
        return hidden;
    }

    /** What the client asks for in PRELOGIN: 0 off, 1 on, 2 cannot, 3 must. */
    static int encryption(byte[] prelogin) {
        ByteBuffer bytes = ByteBuffer.wrap(prelogin);
        for (int at = 0; bytes.get(at) != (byte) 0xFF; at += 5) {
            if (bytes.get(at) == 1) {
                return bytes.get(bytes.getShort(at + 1) & 0xFFFF);
            }
        }
        return 2;
    }
}
