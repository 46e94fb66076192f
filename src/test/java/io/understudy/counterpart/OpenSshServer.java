package io.understudy.counterpart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real OpenSSH server on 127.0.0.1, with keys of its own, that lets one client key in. */
public final class OpenSshServer implements AutoCloseable {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path directory;
    private final int port;
    private final Process process;

    /** Whether one can run here: the package openssh-server is installed. */
    public static boolean installed() {
        return Files.isExecutable(SSHD);
    }

    /** Starts it; it listens when this returns. */
    public OpenSshServer(Path directory) throws IOException {
        this.directory = directory;
        key("host");
        key("client");
        Files.copy(directory.resolve("client.pub"), directory.resolve("authorized"));
        this.port = freePort();
        Path config = directory.resolve("sshd_config");
        Files.writeString(
                config,
                """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s/host
                AuthorizedKeysFile %s/authorized
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                PermitRootLogin yes
                """
                        .formatted(port, directory, directory));
        if (user().equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        this.process =
                new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                        .redirectErrorStream(true)
                        .start();
        awaitListening();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        BufferedReader log =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Server listening")) {
                Thread.ofVirtual().start(() -> drain(log));
                return;
            }
        }
        throw new IOException("sshd did not start: " + said);
    }

    private static void drain(BufferedReader log) {
        try {
            while (log.readLine() != null) {
                // so that it never waits for a reader
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Makes a key pair {@code name}, {@code name.pub} in the directory. */
    public Path key(String name) throws IOException {
        Path file = directory.resolve(name);
        run(
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-C",
                        name,
                        "-f",
                        file.toString()));
        return file;
    }

    private static void run(List<String> command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** Who may come in: the account of the tests. */
    public static String user() {
        return System.getProperty("user.name");
    }

    /** The host's public key, type and text. */
    public String hostKey() throws IOException {
        return Files.readString(directory.resolve("host.pub")).strip();
    }

    /** The private key that is let in. */
    public String clientKey() throws IOException {
        return Files.readString(directory.resolve("client"));
    }

    /** Breaks every session, without a word to either side. */
    public void breakSessions() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        breakSessions();
        process.destroyForcibly();
    }
}
