package io.understudy.adapter.powershell;

import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.counterpart.StandInPowerShell;
import io.understudy.counterpart.WinRmServer;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** PowerShell behind a server that speaks WS-Management. */
class WinRmConformanceTest extends ExecutorConformance {

    @TempDir private static Path keys;
    private static final AtomicReference<StandInPowerShell> behind = new AtomicReference<>();
    private static WinRmServer server;
    private static Path trusted;

    @TempDir private Path directory;

    @BeforeAll
    static void startServer() throws Exception {
        TestCertificates identity = TestCertificates.make(keys, "dns:localhost");
        trusted = identity.pem(keys.resolve("trusted.pem"));
        server =
                WinRmFixture.server(
                        identity,
                        100_000,
                        (line, environment, in, out, err) ->
                                behind.get()
                                        .run(
                                                line.substring(line.lastIndexOf(' ') + 1),
                                                environment,
                                                in,
                                                out,
                                                err));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected Bench bench() throws IOException {
        ShellBench bench =
                new ShellBench(
                        directory,
                        Optional.of(WinRmFixture.server("localhost", server.port())),
                        WinRmFixture.settings(Optional.of(trusted)),
                        _ -> WinRmFixture.PASSWORD);
        behind.set(bench.shell);
        return bench;
    }
}
