package io.understudy.counterpart.tds;

import static io.understudy.counterpart.tds.SqlAnswer.row;
import static io.understudy.counterpart.tds.SqlAnswer.rows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server, to a second client: FreeTDS's tsql, where it is installed. */
@Timeout(60)
class FreeTdsTest {

    @Test
    void tsqlLogsInOverTlsAndReadsRowsAndErrors(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path tsql = Path.of("/usr/bin/tsql");
        Assumptions.assumeTrue(Files.isExecutable(tsql), "tsql is not installed");
        ScriptedSqlBackend backend =
                new ScriptedSqlBackend()
                        // what tsql sets at its start
                        .on("SET ", SqlAnswer.done())
                        .on("FROM t", rows("n, name", row(7, "seven"), row(8, null)))
                        .on("ALTER", SqlAnswer.failed(1470, "only on the principal"));
        TestCertificates certificates = TestCertificates.make(directory, "dns:*.contoso.com");
        SqlInstance sql1 = new SqlInstance(new ServerFqdn("sql1.contoso.com"), "rtc");
        try (TdsServer server =
                new TdsServer(sql1, "127.0.0.5", backend, Optional.of(certificates.context()))) {
            server.login("reader", "secret");
            String said = said(tsql, server);
            assertTrue(said.contains("7\tseven"), said);
            assertTrue(said.contains("Msg 1470"), said);
        }
    }

    private static String said(Path tsql, TdsServer server)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                tsql.toString(),
                                "-H",
                                server.address(),
                                "-p",
                                String.valueOf(server.port()),
                                "-U",
                                "reader",
                                "-P",
                                "secret"));
        builder.environment().put("TDSVER", "7.4");
        Process process = builder.redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(
                    "SELECT * FROM t\ngo\nALTER DATABASE x SET PARTNER FAILOVER\ngo\nexit\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
