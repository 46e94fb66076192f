package io.understudy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL 15 primary and its synchronous streaming standby on 127.0.0.1, in a temporary
 * directory of their own; PostgreSQL refuses root, so as root they run as the user postgres.
 */
public final class PostgresPair implements AutoCloseable {

    private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");
    private static final long STEP_SECONDS = 60;

    private final Path directory;
    private final int primaryPort;
    private final int standbyPort;
    private final boolean root;
    private final int disk;
    private final Thread onExit = new Thread(this::abandon);

    private PostgresPair(Path directory, int primaryPort, int standbyPort, int disk) {
        this.disk = disk;
        this.directory = directory;
        this.primaryPort = primaryPort;
        this.standbyPort = standbyPort;
        this.root = isRoot();
    }

    /** Why there can be no pair on this machine; empty when there can. */
    public static Optional<String> unavailable() {
        if (!Files.isExecutable(BIN.resolve("postgres"))) {
            return Optional.of("no PostgreSQL 15 server programs in " + BIN);
        }
        return isRoot() && !Files.isExecutable(Path.of("/usr/sbin/runuser"))
                ? Optional.of("PostgreSQL refuses root and there is no runuser")
                : Optional.empty();
    }

    /** Why a pair can have no small disk on this machine; empty when it can. */
    public static Optional<String> smallDiskUnavailable() {
        if (!isRoot()) {
            return Optional.of("only root may mount a disk of its own for PostgreSQL");
        }
        try {
            Path probe = Files.createTempDirectory("understudy-disk");
            boolean mounted =
                    new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", "" + probe)
                                    .redirectErrorStream(true)
                                    .start()
                                    .waitFor()
                            == 0;
            if (mounted) {
                new ProcessBuilder("umount", "" + probe).start().waitFor();
            }
            Files.delete(probe);
            return mounted ? Optional.empty() : Optional.of("mounting is not allowed here");
        } catch (IOException e) {
            return Optional.of("there is no mount: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts both; returns when the standby is synchronous. */
    public static PostgresPair start() {
        return start(0);
    }

    /**
     * The same with the primary's data on a disk of their own, which can be filled.
     *
     * @param mebibytes the size of that disk; 0 for none of their own
     */
    public static PostgresPair start(int mebibytes) {
        try {
            Path directory = Files.createTempDirectory("understudy-pair");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            PostgresPair pair = new PostgresPair(directory, freePort(), freePort(), mebibytes);
            Runtime.getRuntime().addShutdownHook(pair.onExit);
            pair.build();
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String primaryUrl() {
        return "jdbc:postgresql://127.0.0.1:" + primaryPort + "/postgres";
    }

    public String standbyUrl() {
        return "jdbc:postgresql://127.0.0.1:" + standbyPort + "/postgres";
    }

    /** Both, as one database that has two servers; connect to whichever is primary. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres"
                .formatted(primaryPort, standbyPort);
    }

    /** A superuser who needs no password. */
    public String user() {
        return "postgres";
    }

    /**
     * A program without arguments that makes the standby principal, and no longer wait for a
     * standby of its own; done already, it does nothing. It ends with 0 when that is so.
     */
    public Path promoteProgram() {
        return directory.resolve("promote");
    }

    /** Ends with 0 when the standby is principal, with 1 when it is not. */
    public Path checkProgram() {
        return directory.resolve("check");
    }

    /** Makes the standby primary, as an operator does. */
    public void promote() {
        run(List.of(promoteProgram().toString()));
    }

    /** SIGKILL to the primary's postmaster, as a machine that dies would end it. */
    public void killPrimary() {
        kill("a", "-KILL");
    }

    public void killStandby() {
        kill("b", "-KILL");
    }

    /** Crashes the primary and starts it again; it recovers from its log. */
    public void restartPrimary() {
        server(
                "pg_ctl",
                "-D",
                directory.resolve("a").toString(),
                "-l",
                directory.resolve("a.log").toString(),
                "-m",
                "immediate",
                "-w",
                "restart");
    }

    /** Leaves the primary not a byte to write. */
    public void fillDisk() {
        Path full = directory.resolve("a").resolve("full");
        run(List.of("sh", "-c", "cat /dev/zero > \"$0\" 2>/dev/null || true", full.toString()));
    }

    /** Gives it room again, and starts it again if it has given up. */
    public void emptyDisk() {
        try {
            Files.deleteIfExists(directory.resolve("a").resolve("full"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restartPrimary();
    }

    /** SIGSTOP to the primary's postmaster and all its children: it hangs, and nobody knows why. */
    public void freezePrimary() {
        signalAll("a", "-STOP");
    }

    public void thawPrimary() {
        signalAll("a", "-CONT");
    }

    /**
     * Backs the primary's database up and restores it under another name, by PostgreSQL's own
     * programs.
     *
     * @return the URL of what was restored
     */
    public String restored(String name) {
        String port = "" + primaryPort;
        String dump = directory.resolve("a").resolve("understudy.dump").toString();
        List<String> there = List.of("-h", "127.0.0.1", "-p", port, "-U", "postgres");
        server("pg_dump", with(there, "--format=custom", "--file=" + dump, "postgres"));
        server("createdb", with(there, name));
        server("pg_restore", with(there, "--exit-on-error", "--no-owner", "-d", name, dump));
        return "jdbc:postgresql://127.0.0.1:" + primaryPort + "/" + name;
    }

    private static String[] with(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Override
    public void close() {
        stopBoth();
        unmount();
        Runtime.getRuntime().removeShutdownHook(onExit);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void build() throws IOException {
        if (root) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        Path a = directory.resolve("a");
        Path b = directory.resolve("b");
        if (disk > 0) {
            Files.createDirectory(a);
            run(
                    List.of(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "size=" + disk + "m,mode=0700,uid=postgres,gid=postgres",
                            "none",
                            a.toString()));
        }
        server("initdb", "-D", a.toString(), "-U", "postgres", "-A", "trust", "--no-sync");
        configure(a, primaryPort, "synchronous_standby_names = '*'");
        run(
                List.of(
                        "sh",
                        "-c",
                        "echo 'host replication all 127.0.0.1/32 trust' >> \"$0\"",
                        a.resolve("pg_hba.conf").toString()));
        startServer("a");
        server(
                "pg_basebackup",
                "-h",
                "127.0.0.1",
                "-p",
                "" + primaryPort,
                "-U",
                "postgres",
                "-D",
                b.toString(),
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
                "--no-sync");
        configure(b, standbyPort, "");
        startServer("b");
        sql(
                primaryPort,
                "do $$ begin for i in 1..600 loop exit when exists (select from"
                        + " pg_stat_replication where sync_state in ('sync', 'quorum'));"
                        + " perform pg_sleep(0.05); perform pg_stat_clear_snapshot();"
                        + " end loop; end $$");
        programs();
    }

    /** Appended, so that what comes later counts. */
    private void configure(Path data, int port, String more) {
        String lines =
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                fsync = off
                shared_buffers = 16MB
                max_connections = 100
                max_wal_senders = 5
                wal_receiver_timeout = 5s
                max_wal_size = 128MB
                %s
                """
                        .formatted(port, more);
        run(
                List.of(
                        "sh",
                        "-c",
                        "printf %s \"$0\" >> \"$1\"",
                        lines,
                        data.resolve("postgresql.conf").toString()));
    }

    private void programs() throws IOException {
        String psql =
                BIN.resolve("psql") + " -h 127.0.0.1 -p " + standbyPort + " -U postgres -XAtqc ";
        write(
                promoteProgram(),
                """
                #!/bin/sh
                set -e
                if [ "$(%1$s'select pg_is_in_recovery()')" = t ]; then
                    [ "$(%1$s'select pg_promote(true, 30)')" = t ]
                fi
                %1$s"alter system set synchronous_standby_names = ''"
                %1$s'select pg_reload_conf()'
                """
                        .formatted(psql));
        write(
                checkProgram(),
                """
                #!/bin/sh
                answer=$(%s'select pg_is_in_recovery()') || exit 2
                [ "$answer" = f ]
                """
                        .formatted(psql));
    }

    private static void write(Path program, String text) throws IOException {
        Files.writeString(program, text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void startServer(String name) {
        server(
                "pg_ctl",
                "-D",
                directory.resolve(name).toString(),
                "-l",
                directory.resolve(name + ".log").toString(),
                "-w",
                "start");
    }

    private void stopBoth() {
        for (String name : List.of("b", "a")) {
            if (Files.exists(directory.resolve(name).resolve("postmaster.pid"))) {
                try {
                    signalAll(name, "-CONT");
                    server(
                            "pg_ctl",
                            "-D",
                            directory.resolve(name).toString(),
                            "-m",
                            "immediate",
                            "-w",
                            "stop");
                } catch (IllegalStateException e) {
                    // killed before: pg_ctl has nobody to stop, and its children end by themselves
                    continue;
                }
            }
        }
    }

    private void abandon() {
        stopBoth();
        unmount();
    }

    private void unmount() {
        if (disk > 0) {
            run(List.of("umount", "-l", directory.resolve("a").toString()));
        }
    }

    private void kill(String name, String signal) {
        run(List.of("kill", signal, "" + postmaster(name)));
    }

    /** The postmaster first, so that it starts nobody beside those who are listed then. */
    private void signalAll(String name, String signal) {
        long postmaster = postmaster(name);
        run(List.of("kill", signal, "" + postmaster));
        ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .forEach(child -> signal(child, signal));
    }

    /** A backend may have ended since it was listed, for its client had gone. */
    private void signal(ProcessHandle child, String signal) {
        try {
            run(List.of("kill", signal, "" + child.pid()));
        } catch (IllegalStateException e) {
            if (child.isAlive()) {
                throw e;
            }
        }
    }

    private long postmaster(String name) {
        Path file = directory.resolve(name).resolve("postmaster.pid");
        try {
            return Long.parseLong(Files.readAllLines(file).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(int port, String sql) {
        server("psql", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", "-XAtqc", sql);
    }

    /** A program of PostgreSQL's, as its user. */
    private void server(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(BIN.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) {
        try {
            Path output = Files.createTempFile("understudy-pair", ".out");
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(STEP_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
