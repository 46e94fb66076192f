package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.powershell.Transport.Input;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.counterpart.PowerShell;
import io.understudy.counterpart.WinRmServer;
import io.understudy.estate.SiteName;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own, and a transport that trusts it. */
abstract class WinRmFixture {

    static final String USER = "CONTOSO\\svc-understudy";
    static final String PASSWORD = "päss wörd \"$(x);'";
    static final Input INPUT = new Input("Write-Output 'constant'", "{}");
    static final Duration LIMIT = Duration.ofSeconds(40);
    static final int PIECE = 16_384;

    @TempDir static Path directory;
    static TestCertificates identity;
    static Path trusted;

    final List<String> lines = new ArrayList<>();
    WinRmServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        identity = TestCertificates.make(directory, "dns:localhost,ip:127.0.0.1");
        trusted = identity.pem(directory.resolve("trusted.pem"));
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    void start(PowerShell shell) throws Exception {
        server = server(identity, PIECE, shell);
    }

    static WinRmServer server(TestCertificates identity, int piece, PowerShell shell)
            throws Exception {
        return new WinRmServer(identity, "svc-understudy", PASSWORD, piece, shell);
    }

    Ended run(Input input, Duration limit) throws InterruptedException {
        return transport(settings()).run(at("localhost"), input, limit, lines::add);
    }

    Ended runAt(String host, int port) throws InterruptedException {
        return transport(settings()).run(server(host, port), INPUT, LIMIT, lines::add);
    }

    static Transport transport(WinRmSettings settings) {
        return new WinRmTransport(settings, reference -> PASSWORD);
    }

    static WinRmSettings settings() {
        return settings(Optional.of(trusted));
    }

    static WinRmSettings settings(Optional<Path> trust) {
        return new WinRmSettings(
                WinRmSettings.Authentication.NTLM,
                trust,
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                1 << 16,
                1 << 12);
    }

    ManagementServer at(String host) {
        return server(host, server.port());
    }

    static ManagementServer server(String host, int port) {
        return new ManagementServer(
                "mgmt1",
                new SiteName("dublin"),
                ManagementServer.Transport.WINRM,
                host,
                Optional.of(port),
                Optional.of(USER),
                Optional.of("env:MGMT"),
                List.of());
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    static void assertNotStarted(Reason reason, Ended ended) {
        NotStarted notStarted = assertInstanceOf(NotStarted.class, ended);
        assertEquals(reason, notStarted.reason(), notStarted.why());
    }
}
