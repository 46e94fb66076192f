package io.understudy.anchor;

import io.understudy.audit.AnchorLines;
import io.understudy.audit.Anchors;
import io.understudy.audit.ChainHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Anchors as lines of a file, which is only added to. */
public final class AnchorFile implements AnchorPlace, Anchors {

    private final Path file;

    public AnchorFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Optional<Anchored> newest() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        NavigableMap<Long, String> all = read();
        return Optional.ofNullable(all.lastEntry())
                .map(last ->
                        new Anchored(new ChainHead(last.getKey(), last.getValue()), Instant.EPOCH));
    }

    @Override
    public void keep(ChainHead head, Instant at) throws IOException {
        ByteBuffer line =
                ByteBuffer.wrap(AnchorLines.line(head, at).getBytes(StandardCharsets.UTF_8));
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.READ)) {
            out.truncate(wholeLines(out)); // what a crash has cut off is no anchor
            out.position(out.size());
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        } catch (IOException e) {
            throw new IOException(
                    "make "
                            + file
                            + " (understudy.audit.anchor.file) writable for Understudy: "
                            + e.getMessage(),
                    e);
        }
    }

    /** How long the file is up to the end of its last whole line. */
    private static long wholeLines(FileChannel file) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long size = file.size(); size > 0; size--) {
            file.read(one.clear(), size - 1);
            if (one.get(0) == '\n') {
                return size;
            }
        }
        return 0;
    }

    private NavigableMap<Long, String> read() throws IOException {
        return Files.exists(file) ? AnchorLines.read(file) : new TreeMap<>();
    }

    @Override
    public Kept kept() {
        try {
            return new Kept(read(), Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            return new Kept(
                    new TreeMap<>(),
                    Optional.of(
                            "the anchors in "
                                    + file
                                    + " cannot be read, and were not compared: "
                                    + e.getMessage()));
        }
    }
}
