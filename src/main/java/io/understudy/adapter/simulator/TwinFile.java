package io.understudy.adapter.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.understudy.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the twin's state in {@code twin.json} of a directory, so that an end by kill -9 does not
 * undo what was done. Called under the twin's lock; a write replaces the file in one move, on disk
 * before it returns.
 */
public final class TwinFile implements Consumer<TwinState> {

    private final Path directory;
    private final Path file;

    /** A keeper in this directory, which is made when it is needed. */
    public TwinFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("twin.json");
    }

    /**
     * What was kept; empty when nothing was yet.
     *
     * @throws UncheckedIOException when the file cannot be read as a twin's state
     */
    public Optional<TwinState> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(Files.readAllBytes(file), TwinState.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    file + " is not the state of a twin: move it away to begin with a healthy one",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * Keeps this state.
     *
     * @throws UncheckedIOException when it could not be written; what was kept before still is
     */
    @Override
    public void accept(TwinState state) {
        Path draft = directory.resolve("twin.json.new");
        try {
            Files.createDirectories(directory);
            write(draft, Json.mapper().writeValueAsBytes(state));
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the state of the twin cannot be written to "
                            + file
                            + ": check that the disk has room and the directory can be written",
                    e);
        }
    }

    private static void write(Path draft, byte[] bytes) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        draft,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }
}
