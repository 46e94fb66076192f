package io.understudy.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a directory of our own, and the way to
 * run them.
 *
 * <p>A directory appears under its final name only when it is complete, so a process that dies
 * while it unpacks leaves nothing that a later one would take for PostgreSQL.
 */
final class PostgresBinaries {

    private static final Map<String, String> ARCHIVES =
            Map.of("amd64", "postgres-linux-x86_64", "aarch64", "postgres-linux-arm_64");

    private final Path directory;

    private PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    /**
     * Unpacks this platform's archive into a directory under {@code home}, unless it is there
     * already. The archive's size is in the directory's name: a new version of PostgreSQL is
     * unpacked beside the old one.
     *
     * @throws IllegalStateException when there is no archive for this platform, or it cannot be
     *     unpacked
     */
    static PostgresBinaries unpack(Path home) throws IOException {
        String name = ARCHIVES.get(System.getProperty("os.arch"));
        URL archive =
                name == null || !isLinux()
                        ? null
                        : PostgresBinaries.class.getResource("/" + name + ".txz");
        if (archive == null) {
            throw new IllegalStateException(
                    "There is no embedded PostgreSQL for %s on %s: set quarkus.datasource.jdbc.url to a PostgreSQL of yours."
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        Path binaries = home.resolve(name + "-" + archive.openConnection().getContentLengthLong());
        if (!Files.exists(binaries)) {
            Path fresh = emptyDirectory(home.resolve("unpacking"));
            extract(archive, fresh, home.resolve("unpack.log"));
            Files.move(fresh, binaries, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(binaries);
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    private static void extract(URL archive, Path directory, Path log) throws IOException {
        Process tar = started(List.of("tar", "-x", "-C", directory.toString()), Redirect.PIPE, log);
        try (InputStream from = new XZInputStream(archive.openStream());
                OutputStream to = tar.getOutputStream()) {
            from.transferTo(to);
        } catch (IOException e) {
            tar.onExit().join();
            throw new IllegalStateException(
                    "PostgreSQL cannot be unpacked into " + directory + said(log), e);
        }
        require(tar, "unpack PostgreSQL into " + directory, log);
    }

    /**
     * The command that runs one of the programs with a right to do so.
     *
     * <p>PostgreSQL refuses to run as root. Root's programs run in a user namespace of their own:
     * to themselves they are nobody and have no privilege, to the file system they are still root,
     * so the files need no other owner.
     */
    List<String> command(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    /** Runs one of the programs to its end, its output in {@code log}. */
    void run(String program, List<String> arguments, String purpose, Path log) throws IOException {
        require(
                started(
                        command(program, arguments),
                        Redirect.from(Path.of("/dev/null").toFile()),
                        log),
                purpose,
                log);
    }

    /** Says early, and better than PostgreSQL would, that it cannot run here. */
    static void requireUnprivilegedUser(Path home) throws IOException {
        if (runsAsRoot()) {
            Path log = home.resolve("unshare.log");
            Process probe = started(List.of("unshare", "--user", "true"), Redirect.PIPE, log);
            if (probe.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(
                        "PostgreSQL does not run as root, and the user namespace it would run in"
                                + " is refused here. Start Understudy as another user, or set quarkus.datasource.jdbc.url to a"
                                + " PostgreSQL of yours"
                                + said(log));
            }
        }
    }

    private static boolean runsAsRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private static Process started(List<String> command, Redirect input, Path log)
            throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL needs the program "
                            + command.getFirst()
                            + ", which cannot be started: install it (Debian: packages tar and util-linux), or set"
                            + " quarkus.datasource.jdbc.url to a PostgreSQL of yours.",
                    e);
        }
    }

    private static void require(Process process, String purpose, Path log) {
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(
                    "Could not " + purpose + ": exit status " + status + said(log));
        }
    }

    /** The end of a program's output, as the end of an error message. */
    static String said(Path log) {
        String text;
        try {
            text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "; " + log + " cannot be read (" + e + ")";
        }
        List<String> lines = text.lines().toList();
        String end =
                String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        return end.isBlank()
                ? "; " + log + " is empty"
                : "; the last lines of " + log + ":\n  " + end;
    }

    /** Makes the directory, or what an interrupted attempt has left of it, an empty one. */
    static Path emptyDirectory(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var left = Files.walk(directory)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectory(directory);
    }
}
