package io.understudy.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that belongs to this process: unpacked once, initialised once, its data kept,
 * and gone when this process is gone, however that ended.
 *
 * <p>It listens on 127.0.0.1 only, on a port that was free, for one user with a random password.
 * One process at a time owns a directory, by a lock that the kernel releases when the owner dies.
 */
final class EmbeddedPostgres implements AutoCloseable {

    static final String LOG = "postgres.log";

    private static final System.Logger LOGGER = System.getLogger(EmbeddedPostgres.class.getName());

    /** A first start on a slow disk takes seconds; recovery after a crash can take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final long LOG_BYTES = 10_000_000;

    /**
     * Runs the server beside a watch on stdin, a pipe that only the Java process holds: the kernel
     * closes it when that process ends, even by kill -9, and the server is told to shut down.
     * Signals to the process group are ignored, so that the pool can still use the server while the
     * application stops.
     */
    private static final String LIFELINE =
            """
            trap '' INT TERM HUP
            exec 3<&0
            "$@" 3<&- </dev/null & server=$!
            { cat <&3 >/dev/null; kill -INT $server; } & watch=$!
            exec 3<&-
            wait $server; status=$?
            kill -KILL $watch 2>/dev/null
            exit $status
            """;

    private final Path home;
    private final Process process;
    private final int port;
    private final CompletableFuture<Void> end;
    private volatile boolean serving;

    private EmbeddedPostgres(Path home, Process process, int port, DirectoryLock lock) {
        this.home = home;
        this.process = process;
        this.port = port;
        this.end = process.onExit().thenRun(() -> ended(lock));
    }

    /**
     * Starts the server whose programs and data are under {@code directory}, or are put there now;
     * returns when it accepts connections.
     *
     * @throws IllegalStateException when another process owns the directory, or PostgreSQL cannot
     *     run or start here; the message says what to do
     */
    static EmbeddedPostgres start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        try {
            DirectoryLock lock = DirectoryLock.take(Files.createDirectories(home));
            try {
                return start(home, lock);
            } catch (IOException | RuntimeException e) {
                closeQuietly(lock);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL cannot use %s: make it a directory that user %s can write to, or set %s to another one"
                            .formatted(
                                    home, System.getProperty("user.name"), DirectoryLock.SETTING),
                    e);
        }
    }

    private static EmbeddedPostgres start(Path home, DirectoryLock lock) throws IOException {
        PostgresBinaries.requireUnprivilegedUser(home);
        PostgresBinaries binaries = PostgresBinaries.unpack(home);
        PostgresCluster cluster = PostgresCluster.initialised(home, binaries);
        cluster.awaitEndOfPrevious(PATIENCE);
        int port = freePort();
        Process process = launch(binaries, cluster, home, port);
        var server = new EmbeddedPostgres(home, process, port, lock);
        if (!cluster.awaitReady(process, PATIENCE)) {
            server.close();
            throw server.failed("did not start", null);
        }
        server.serving = true;
        return server;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private static Process launch(
            PostgresBinaries binaries, PostgresCluster cluster, Path home, int port)
            throws IOException {
        List<String> options =
                List.of(
                        "-D" + cluster.data(),
                        "--port=" + port,
                        "--listen_addresses=127.0.0.1",
                        "--unix_socket_directories=",
                        "--log_checkpoints=off");
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", LIFELINE, "lifeline"));
        command.addAll(binaries.command("postgres", options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log(home).toFile()))
                .start();
    }

    /** The server's log, the one before it kept when it has grown: at most two files of a size. */
    private static Path log(Path home) throws IOException {
        Path log = home.resolve(LOG);
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, home.resolve(LOG + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Tells the server to shut down, and returns when it has and the directory is free again. */
    @Override
    public void close() {
        serving = false;
        try {
            process.getOutputStream().close();
            end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw failed("does not shut down", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(DirectoryLock lock) {
        if (serving) {
            LOGGER.log(
                    Level.ERROR,
                    "The embedded PostgreSQL in {0} has ended, and Understudy cannot work without:"
                            + " see {1} there, and start Understudy again",
                    home,
                    LOG);
        }
        closeQuietly(lock);
    }

    private static void closeQuietly(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "The lock of the embedded PostgreSQL could not be released", e);
        }
    }

    private IllegalStateException failed(String what, @Nullable Exception cause) {
        String message = "The embedded PostgreSQL in " + home + " " + what;
        return new IllegalStateException(message + PostgresBinaries.said(home.resolve(LOG)), cause);
    }
}
