package io.understudy.counterpart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counterpart, as pywinrm understands it: a client that nobody here wrote. */
@Timeout(120)
class WinRmServerTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path PYWINRM = Path.of("/usr/lib/python3/dist-packages/winrm");
    private static final String PASSWORD = "p4ss:w0rd";

    /** Arguments: port, transport, password, certificate. */
    private static final String SCRIPT =
            """
            import sys
            from winrm.protocol import Protocol
            from winrm.exceptions import InvalidCredentialsError
            port, transport, password, trusted = sys.argv[1:]
            p = Protocol('https://localhost:%s/wsman' % port, transport=transport,
                         username='svc-understudy', password=password,
                         ca_trust_path=trusted, operation_timeout_sec=1, read_timeout_sec=30)
            try:
                shell = p.open_shell(env_vars={'UNDERSTUDY_INPUT_0': 'e30='})
            except InvalidCredentialsError:
                print('not let in')
                sys.exit()
            command = p.run_command(shell, 'powershell.exe', ['-NoProfile', 'x'])
            out, err, code = p.get_command_output(shell, command)
            p.cleanup_command(shell, command)
            p.close_shell(shell)
            print(out.decode(), err.decode(), code)
            """;

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"ntlm, NTLM", "basic, Basic"})
    void aCommandsOutputErrorsAndExitCodeAreFetched(String transport, String letInBy)
            throws Exception {
        TestCertificates identity = identity();
        try (WinRmServer server = server(identity)) {
            assertEquals(
                    "powershell.exe -NoProfile x e30= oops 7",
                    ask(server, identity, transport, PASSWORD));
            assertEquals(Set.of(letInBy), server.letInBy());
            assertEquals(0, server.openShells());
        }
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        TestCertificates identity = identity();
        try (WinRmServer server = server(identity)) {
            assertEquals("not let in", ask(server, identity, "ntlm", "wrong"));
            assertEquals(Set.of(), server.letInBy());
        }
    }

    private TestCertificates identity() throws Exception {
        assumeTrue(Files.isDirectory(PYWINRM), "python3-winrm is not installed");
        return TestCertificates.make(directory, "dns:localhost");
    }

    private static WinRmServer server(TestCertificates identity) throws Exception {
        return new WinRmServer(
                identity,
                "svc-understudy",
                PASSWORD,
                4_096,
                (line, environment, in, out, err) -> {
                    String said = line + " " + environment.get("UNDERSTUDY_INPUT_0");
                    out.write(said.getBytes(StandardCharsets.UTF_8));
                    err.write("oops".getBytes(StandardCharsets.UTF_8));
                    return 7;
                });
    }

    private String ask(
            WinRmServer server, TestCertificates identity, String transport, String password)
            throws Exception {
        Path script = Files.writeString(directory.resolve("ask.py"), SCRIPT);
        Path trusted = identity.pem(directory.resolve("trusted.pem"));
        Process python =
                new ProcessBuilder(
                                List.of(
                                        PYTHON.toString(),
                                        "-W",
                                        "ignore",
                                        script.toString(),
                                        String.valueOf(server.port()),
                                        transport,
                                        password,
                                        trusted.toString()))
                        .redirectErrorStream(true)
                        .start();
        return said(python);
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return all.strip();
    }
}
