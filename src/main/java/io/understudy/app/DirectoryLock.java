package io.understudy.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to use a directory, which one process at a time has; the kernel takes it back when the
 * process dies.
 */
final class DirectoryLock implements Closeable {

    /** For whoever has to choose another directory. */
    static final String SETTING = "understudy.data-dir (environment variable UNDERSTUDY_DATA_DIR)";

    /**
     * This process's own: closing any channel on a lock file would release the lock that another
     * channel holds.
     */
    private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing directory.
     *
     * @throws IllegalStateException when a process has it, this one included; the message says
     *     which
     */
    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        String self = Long.toString(ProcessHandle.current().pid());
        if (!OWNED.add(real)) {
            throw inUse(real, self);
        }
        try {
            return new DirectoryLock(real, locked(real, self));
        } catch (IOException | RuntimeException e) {
            OWNED.remove(real);
            throw e;
        }
    }

    private static FileChannel locked(Path directory, String self) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(directory, Files.readString(file));
        }
        channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static IllegalStateException inUse(Path directory, String owner) {
        return new IllegalStateException(
                "Another Understudy (process %s) uses the directory %s: stop it, or set %s to another directory"
                        .formatted(owner, directory, SETTING));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OWNED.remove(directory);
    }
}
