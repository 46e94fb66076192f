package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.counterpart.OpenSshServer;
import io.understudy.estate.SiteName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a session proves who is who, besides a key and a host key of the server's entry. */
@Timeout(120)
class SshLoginTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir private Path directory;

    private PowerShellSettings settings(Optional<Path> knownHosts, Optional<Path> agent)
            throws IOException {
        Path program = directory.resolve("pwsh");
        Files.writeString(program, "#!/bin/sh\ncat\n");
        assertTrue(program.toFile().setExecutable(true));
        PowerShellSettings usual = PowerShellSettings.of(program.toString());
        return new PowerShellSettings(
                usual.program(),
                usual.modules(),
                usual.orderDirectory(),
                usual.exportDirectory(),
                knownHosts,
                agent,
                usual.connectLimit(),
                usual.keepAlive(),
                usual.checkLimit(),
                usual.startLimit(),
                usual.poll(),
                usual.reconnect(),
                usual.lineLength(),
                usual.lineCount(),
                usual.timeLimits());
    }

    private static ManagementServer server(
            int port, String user, Optional<String> credential, List<String> hostKeys) {
        return new ManagementServer(
                "mgmt2",
                new SiteName("dublin"),
                ManagementServer.Transport.SSH,
                "127.0.0.1",
                Optional.of(port),
                Optional.of(user),
                credential,
                hostKeys);
    }

    /** What comes back when the envelope is echoed. */
    private Ended run(
            PowerShellSettings settings, ManagementServer server, String secret, List<String> heard)
            throws Exception {
        try (SshTransport transport = new SshTransport(settings, _ -> secret, Clock.systemUTC())) {
            return transport.run(
                    server, new Transport.Input("exit", "{\"echo\":1}"), LIMIT, heard::add);
        }
    }

    @Test
    void knownHostsDecideWhereTheServerNamesNoKey() throws Exception {
        assumeTrue(OpenSshServer.installed(), "there is no /usr/sbin/sshd: install openssh-server");
        try (OpenSshServer sshd = new OpenSshServer(directory)) {
            Path known = directory.resolve("known_hosts");
            Files.writeString(known, "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey() + "\n");
            ManagementServer server =
                    server(sshd.port(), OpenSshServer.user(), Optional.of("file:k"), List.of());
            List<String> heard = new ArrayList<>();
            PowerShellSettings settings = settings(Optional.of(known), Optional.empty());
            assertEquals(new Ended.Exited(0, ""), run(settings, server, sshd.clientKey(), heard));
            assertEquals(List.of("{\"echo\":1}"), heard);

            String other = Files.readString(directory.resolve("client.pub"));
            Files.writeString(known, "[127.0.0.1]:" + sshd.port() + " " + other);
            Ended.NotStarted refused =
                    assertInstanceOf(
                            Ended.NotStarted.class, run(settings, server, sshd.clientKey(), heard));
            assertEquals(Ended.NotStarted.Reason.UNTRUSTED, refused.reason());
            Files.writeString(
                    known,
                    "@revoked [127.0.0.1]:%d %s\n[127.0.0.1]:%d %s\n"
                            .formatted(sshd.port(), sshd.hostKey(), sshd.port(), sshd.hostKey()));
            assertInstanceOf(
                    Ended.NotStarted.class, run(settings, server, sshd.clientKey(), heard));
        }
    }

    @Test
    void anAgentSignsForServersWithoutACredential() throws Exception {
        assumeTrue(OpenSshServer.installed(), "there is no /usr/sbin/sshd: install openssh-server");
        Path socket = directory.resolve("agent");
        Process agent =
                new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                        .redirectErrorStream(true)
                        .start();
        try (OpenSshServer sshd = new OpenSshServer(directory)) {
            agent.inputReader(StandardCharsets.UTF_8).readLine(); // it says where it listens
            ProcessBuilder add =
                    new ProcessBuilder("ssh-add", "-q", directory.resolve("client").toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertEquals(0, add.inheritIO().start().waitFor());
            ManagementServer server =
                    server(
                            sshd.port(),
                            OpenSshServer.user(),
                            Optional.empty(),
                            List.of(sshd.hostKey()));
            List<String> heard = new ArrayList<>();
            Ended ended = run(settings(Optional.empty(), Optional.of(socket)), server, "", heard);
            assertEquals(new Ended.Exited(0, ""), ended);
            assertEquals(List.of("{\"echo\":1}"), heard);
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void aPasswordLetsInAndAWrongOneDoesNot() throws Exception {
        try (SshServer sshd = SshServer.setUpDefaultServer()) {
            sshd.setHost("127.0.0.1");
            KeyPairProvider keys = new SimpleGeneratorHostKeyProvider(directory.resolve("host"));
            sshd.setKeyPairProvider(keys);
            sshd.setPasswordAuthenticator(
                    (user, password, _) -> user.equals("svc") && password.equals("s3cret"));
            sshd.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
            sshd.start();
            String hostKey =
                    PublicKeyEntry.toString(keys.loadKeys(null).iterator().next().getPublic());
            ManagementServer server =
                    server(sshd.getPort(), "svc", Optional.of("env:PW"), List.of(hostKey));
            PowerShellSettings settings = settings(Optional.empty(), Optional.empty());
            assertEquals(
                    new Ended.Exited(0, ""), run(settings, server, "s3cret", new ArrayList<>()));
            Ended.NotStarted refused =
                    assertInstanceOf(
                            Ended.NotStarted.class,
                            run(settings, server, "wr0ng", new ArrayList<>()));
            assertEquals(Ended.NotStarted.Reason.NOT_PERMITTED, refused.reason());
            assertTrue(!refused.why().contains("wr0ng"), refused.why());
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsUnreachable() throws Exception {
        ManagementServer server = server(1, "svc", Optional.of("env:PW"), List.of());
        Ended.NotStarted gone =
                assertInstanceOf(
                        Ended.NotStarted.class,
                        run(
                                settings(Optional.empty(), Optional.empty()),
                                server,
                                "",
                                new ArrayList<>()));
        assertEquals(Ended.NotStarted.Reason.UNREACHABLE, gone.reason());
    }
}
