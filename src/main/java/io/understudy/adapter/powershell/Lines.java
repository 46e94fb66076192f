package io.understudy.adapter.powershell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Bytes as they come, told line by line: what is no UTF-8 is replaced, and what is longer than the
 * limit is cut. Keeps no more than one line. One thread writes.
 */
final class Lines extends OutputStream {

    private final int longest;
    private final Consumer<String> line;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** Tells lines, each of at most so many bytes. */
    Lines(int longest, Consumer<String> line) {
        this.longest = longest;
        this.line = line;
    }

    @Override
    public void write(int one) {
        if (one == '\n') {
            end();
        } else if (begun.size() < longest) {
            begun.write(one);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Tells what was begun and has no end. */
    @Override
    public void close() {
        if (begun.size() > 0) {
            end();
        }
    }

    private void end() {
        String text = begun.toString(StandardCharsets.UTF_8);
        begun.reset();
        line.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
