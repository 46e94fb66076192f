package io.understudy.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A file of anchors: {@code <number>:<hash> <time>}, one a line, the oldest first. */
public final class AnchorLines {

    private AnchorLines() {}

    /** One line, with its end. */
    public static String line(ChainHead head, Instant at) {
        return head + " " + AuditHash.time(at) + "\n";
    }

    /**
     * Hashes by number; of two for one number the older counts.
     *
     * @throws IllegalArgumentException naming a line that is no anchor
     */
    public static NavigableMap<Long, String> read(Path file) throws IOException {
        NavigableMap<Long, String> anchors = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                ChainHead anchor = anchor(file, number, line);
                anchors.putIfAbsent(anchor.number(), anchor.hash());
            }
        }
        return anchors;
    }

    private static ChainHead anchor(Path file, int number, String line) {
        try {
            return ChainHead.parse(line.split(" ", 2)[0]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line %d of %s is no anchor, <number>:<hash> <time>: %s"
                            .formatted(number, file, e.getMessage()),
                    e);
        }
    }
}
