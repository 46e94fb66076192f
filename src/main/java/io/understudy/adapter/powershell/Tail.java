package io.understudy.adapter.powershell;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The last bytes of a stream. Safe on any thread. */
final class Tail extends OutputStream {

    private final byte[] ring;
    private long seen;

    Tail(int bytes) {
        this.ring = new byte[bytes];
    }

    @Override
    public synchronized void write(int one) {
        ring[(int) (seen % ring.length)] = (byte) one;
        seen++;
    }

    /** What is kept, as far as it is UTF-8, with a note when something was cut before. */
    synchronized String text() {
        int kept = (int) Math.min(seen, ring.length);
        byte[] last = new byte[kept];
        for (int i = 0; i < kept; i++) {
            last[i] = ring[(int) ((seen - kept + i) % ring.length)];
        }
        String text = new String(last, StandardCharsets.UTF_8).strip();
        return seen > kept ? "(" + (seen - kept) + " bytes cut) " + text : text;
    }
}
