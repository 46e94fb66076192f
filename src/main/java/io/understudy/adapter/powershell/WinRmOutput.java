package io.understudy.adapter.powershell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What a command writes, in pieces that end anywhere: standard output goes on line by line, of
 * standard error the end is kept. Bytes become text only where a line is whole, so that a character
 * that is cut between two pieces stays one.
 */
final class WinRmOutput {

    private final Consumer<String> heard;
    private final int lineLimit;
    private final int errorLimit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] error = {};
    private boolean closed;

    /**
     * @param lineLimit bytes of a line that are passed on
     * @param errorLimit bytes of standard error that are kept
     */
    WinRmOutput(int lineLimit, int errorLimit, Consumer<String> heard) {
        this.lineLimit = lineLimit;
        this.errorLimit = errorLimit;
        this.heard = heard;
    }

    /** The next piece of standard output. */
    synchronized void output(byte[] piece) {
        for (byte one : piece) {
            if (one == '\n') {
                endLine();
            } else if (line.size() < lineLimit) {
                line.write(one);
            }
        }
    }

    /** The next piece of standard error. */
    synchronized void error(byte[] piece) {
        byte[] all = Arrays.copyOf(error, error.length + piece.length);
        System.arraycopy(piece, 0, all, error.length, piece.length);
        error = Arrays.copyOfRange(all, Math.max(0, all.length - errorLimit), all.length);
    }

    /** Nothing more comes: a last line without its end is passed on. */
    synchronized void end() {
        if (line.size() > 0 && !closed) {
            endLine();
        }
        closed = true;
    }

    /** Nobody listens any more: what still comes is thrown away. */
    synchronized void close() {
        closed = true;
    }

    /** The last part of standard error. */
    synchronized String error() {
        return new String(error, StandardCharsets.UTF_8).strip();
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (closed) {
            return;
        }
        heard.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
