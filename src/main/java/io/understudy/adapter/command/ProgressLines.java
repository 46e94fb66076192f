package io.understudy.adapter.command;

import io.understudy.adapter.spi.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Picks the lines of progress out of a program's output as it comes. What is beyond the limits is
 * dropped, so that a program that talks without end costs nothing.
 */
final class ProgressLines {

    /** How such a line starts. */
    static final String MARK = "PROGRESS ";

    /** The longest line that is told, in bytes; of a longer one the beginning. */
    static final int LONGEST = 500;

    /** The most lines that are told of one program. */
    static final int MOST = 200;

    /** Tells nobody. */
    static final ProgressLines NONE = new ProgressLines(Progress.UNHEARD);

    private final Progress progress;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int told;

    ProgressLines(Progress progress) {
        this.progress = progress;
    }

    /** Takes what was written next; called by one thread. */
    void add(byte[] bytes, int length) {
        if (progress == Progress.UNHEARD) {
            return;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                end();
            } else if (line.size() < MARK.length() + LONGEST) {
                line.write(bytes[i]);
            }
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.startsWith(MARK) && told < MOST) {
            told++;
            String said = text.substring(MARK.length()).replaceAll("\\p{Cntrl}", " ").strip();
            if (!said.isEmpty()) {
                progress.said(said);
            }
        }
    }
}
