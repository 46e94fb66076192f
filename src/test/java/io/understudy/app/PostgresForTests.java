package io.understudy.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An embedded PostgreSQL for tests of other packages, which may also kill it. */
public final class PostgresForTests implements AutoCloseable {

    private final Path home;
    private final EmbeddedPostgres server;

    private PostgresForTests(Path home, EmbeddedPostgres server) {
        this.home = home;
        this.server = server;
    }

    /** Starts it on the data in {@code home}, which are made when there are none. */
    public static PostgresForTests start(Path home) {
        return new PostgresForTests(home, EmbeddedPostgres.start(home));
    }

    /** Where one of its databases is. */
    public String url(String database) {
        return server.jdbcUrl().replaceFirst("[^/]*$", database);
    }

    public String user() {
        return PostgresCluster.USER;
    }

    public String password() throws IOException {
        return PostgresCluster.password(home);
    }

    /** SIGKILL, as a power cut looks to PostgreSQL; returns when nothing of it runs any more. */
    public void kill() throws IOException {
        long pid =
                Long.parseLong(Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    @Override
    public void close() {
        server.close();
    }
}
