package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.counterpart.OpenSshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** PowerShell behind a real OpenSSH server. */
class SshConformanceTest extends ExecutorConformance {

    @TempDir private static Path keys;
    private static OpenSshServer sshd;

    @TempDir private Path directory;

    @BeforeAll
    static void startServer() throws IOException {
        assumeTrue(OpenSshServer.installed(), "there is no /usr/sbin/sshd: install openssh-server");
        sshd = new OpenSshServer(keys);
    }

    @AfterAll
    static void stopServer() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Override
    protected Bench bench() throws IOException {
        String key = sshd.clientKey();
        return new ShellBench(directory, Optional.of(SshTransportTest.server(sshd)), _ -> key);
    }
}
