package io.understudy.app;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The files of one PostgreSQL: its databases, made once and kept, and the password of its only
 * user.
 *
 * <p>Whoever uses it holds the lock of {@link EmbeddedPostgres}; nothing here is safe without.
 */
final class PostgresCluster {

    /** Owns the tables and migrates them. */
    static final String USER = "understudy";

    /** The service's: may add to the audit and not change it. */
    static final String SERVICE = "understudy_service";

    private final Path home;
    private final Path data;

    private PostgresCluster(Path home) {
        this.home = home;
        this.data = home.resolve("data");
    }

    /** Makes the databases, unless they are there. */
    static PostgresCluster initialised(Path home, PostgresBinaries binaries) throws IOException {
        var cluster = new PostgresCluster(home);
        ensurePassword(passwordFile(home));
        ensurePassword(servicePasswordFile(home));
        if (!Files.exists(cluster.data)) {
            Path fresh = PostgresBinaries.emptyDirectory(home.resolve("initialising"));
            List<String> options =
                    List.of(
                            "--pgdata=" + fresh,
                            "--username=" + USER,
                            "--pwfile=" + passwordFile(home),
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8");
            binaries.run(
                    "initdb", options, "make a database in " + fresh, home.resolve("initdb.log"));
            Files.move(fresh, cluster.data, StandardCopyOption.ATOMIC_MOVE);
        }
        return cluster;
    }

    Path data() {
        return data;
    }

    /** The password of {@link #USER} for the cluster under {@code home}. */
    static String password(Path home) throws IOException {
        return Files.readString(passwordFile(home));
    }

    /** Likewise of {@link #SERVICE}. */
    static String servicePassword(Path home) throws IOException {
        return Files.readString(servicePasswordFile(home));
    }

    private static Path passwordFile(Path home) {
        return home.resolve("password");
    }

    private static Path servicePasswordFile(Path home) {
        return home.resolve("service-password");
    }

    private static void ensurePassword(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Path fresh = Files.createTempFile(file.getParent(), "password", "", ownerOnly);
            Files.writeString(fresh, HexFormat.of().formatHex(secret));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Waits until the server accepts connections; looks again at each change of the data directory,
     * where the server writes its state, and at least every second, since some file systems report
     * no changes.
     *
     * @return false when the server's process ends instead, or patience does
     */
    boolean awaitReady(Process server, Duration patience) throws IOException {
        long start = System.nanoTime();
        try (WatchService changes = data.getFileSystem().newWatchService()) {
            data.register(changes, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            while (!isReady()) {
                if (!server.isAlive() || System.nanoTime() - start > patience.toNanos()) {
                    return false;
                }
                WatchKey change = changes.poll(1, TimeUnit.SECONDS);
                if (change != null) {
                    change.pollEvents();
                    change.reset();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    /** PostgreSQL writes that it accepts connections into the eighth line of its pid file. */
    private boolean isReady() throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile());
            return lines.size() >= 8 && lines.get(7).strip().equals("ready");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /**
     * Waits until the server of a process that was killed has shut down, and removes what one
     * leaves that was killed itself.
     *
     * <p>PostgreSQL takes its pid file for a live server when any process has that number now, as
     * happens after a reboot and in containers. We know better: we hold the lock, and have seen
     * that none works on these files.
     */
    void awaitEndOfPrevious(Duration patience) throws IOException {
        List<ProcessHandle> previous =
                ProcessHandle.allProcesses().filter(this::worksHere).toList();
        var ends = previous.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The PostgreSQL of an Understudy that has ended still works on "
                            + data
                            + " after "
                            + patience.toSeconds()
                            + " s: see "
                            + home.resolve(EmbeddedPostgres.LOG)
                            + ", and end its processes "
                            + previous.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(ProcessHandle::pid)
                                    .toList(),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while the previous PostgreSQL shut down", e);
        }
        Files.deleteIfExists(pidFile());
    }

    /** All of a server's processes have its data directory as their working directory. */
    private boolean worksHere(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.isSameFile(proc.resolve("cwd"), data)
                    && proc.resolve("exe").toRealPath().endsWith("bin/postgres");
        } catch (IOException e) {
            return false; // another user's, or it has just ended
        }
    }
}
