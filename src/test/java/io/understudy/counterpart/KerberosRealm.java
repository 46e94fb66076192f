package io.understudy.counterpart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A realm with one user and one service, given tickets by MIT's KDC in a process of its own. */
public final class KerberosRealm implements AutoCloseable {

    public static final String NAME = "UNDERSTUDY.TEST";

    private static final Path PROGRAMS = Path.of("/usr/sbin");

    private final Path directory;
    private final Map<String, String> environment;
    private final Process kdc;

    /**
     * A realm that answers when this returns.
     *
     * @param user name before the @, upper case
     * @param service for instance HTTP/localhost
     */
    public KerberosRealm(Path directory, String user, String password, String service)
            throws IOException, InterruptedException {
        this.directory = directory;
        int port = freePort();
        Path kdcProfile = write("kdc.conf", kdcConf(port));
        Path krb5 = write("krb5.conf", krb5Conf(port));
        environment =
                Map.of("KRB5_CONFIG", krb5.toString(), "KRB5_KDC_PROFILE", kdcProfile.toString());
        run("kdb5_util", "create", "-s", "-P", "master", "-r", NAME);
        run("kadmin.local", "-r", NAME, "addprinc", "-pw", password, user);
        run("kadmin.local", "-r", NAME, "addprinc", "-randkey", service);
        run("kadmin.local", "-r", NAME, "ktadd", "-k", keytab().toString(), service);
        kdc = start("krb5kdc", "-n", "-r", NAME);
        awaitStart();
    }

    /** Whether MIT's programs are installed. */
    public static boolean available() {
        return Stream.of("kdb5_util", "kadmin.local", "krb5kdc")
                .allMatch(name -> Files.isExecutable(PROGRAMS.resolve(name)));
    }

    /** What a client needs to find the realm. */
    public Path configuration() {
        return directory.resolve("krb5.conf");
    }

    /** The service's key. */
    public Path keytab() {
        return directory.resolve("service.keytab");
    }

    /** Its own log says when it listens. */
    private void awaitStart() throws IOException {
        var said = kdc.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("commencing operation")) {
                return;
            }
        }
        throw new IOException("the KDC did not start");
    }

    private String kdcConf(int port) {
        return """
        [kdcdefaults]
        kdc_listen = ""
        kdc_tcp_listen = 127.0.0.1:%d
        [realms]
        %s = {
            database_name = %s/principal
            key_stash_file = %s/stash
            acl_file = %s/acl
        }
        [logging]
        kdc = STDERR
        """
                .formatted(port, NAME, directory, directory, directory);
    }

    private static String krb5Conf(int port) {
        return """
        [libdefaults]
        default_realm = %s
        dns_lookup_kdc = false
        dns_lookup_realm = false
        dns_canonicalize_hostname = false
        udp_preference_limit = 1
        [realms]
        %s = {
            kdc = 127.0.0.1:%d
        }
        [domain_realm]
        localhost = %s
        """
                .formatted(NAME, NAME, port, NAME);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(
                    List.of(command) + ": " + new String(said, StandardCharsets.UTF_8));
        }
    }

    private Process start(String... command) throws IOException {
        String[] full = Arrays.copyOf(command, command.length);
        full[0] = PROGRAMS.resolve(command[0]).toString();
        ProcessBuilder builder = new ProcessBuilder(full).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        kdc.destroyForcibly();
    }
}
