package io.understudy.adapter.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.powershell.Transport.Ended.Exited;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.powershell.Transport.Input;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.counterpart.KerberosAcceptor;
import io.understudy.counterpart.KerberosRealm;
import io.understudy.counterpart.WinRmServer;
import io.understudy.estate.SiteName;
import io.understudy.testing.TestCertificates;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tickets of a real KDC, MIT's; skipped where it is not installed. */
@Timeout(120)
class WinRmKerberosTest {

    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final String PASSWORD = "pa55 word";

    @TempDir static Path directory;
    private static KerberosRealm realm;
    private static WinRmServer server;
    private static Path trusted;
    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(KerberosRealm.available(), "krb5-kdc is not installed");
        String service = "HTTP/" + InetAddress.getByName("localhost").getCanonicalHostName();
        realm = new KerberosRealm(directory, "SVC-UNDERSTUDY", PASSWORD, service);
        System.setProperty(CONFIGURATION, realm.configuration().toString());
        TestCertificates identity = TestCertificates.make(directory, "dns:localhost");
        trusted = identity.pem(directory.resolve("trusted.pem"));
        server =
                new WinRmServer(
                        identity,
                        "nobody",
                        "nothing",
                        4_096,
                        (line, e, in, out, err) -> {
                            out.write('y');
                            return 0;
                        });
        server.take(new KerberosAcceptor(service + "@" + KerberosRealm.NAME, realm.keytab()));
    }

    @AfterAll
    static void end() {
        System.clearProperty(CONFIGURATION);
        if (server != null) {
            server.close();
        }
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void aTicketLetsIn() throws Exception {
        assertEquals(new Exited(0, ""), run("svc-understudy@understudy.test", PASSWORD));
        assertEquals(List.of("y"), lines);
        assertEquals(Set.of("Kerberos"), server.letInBy());
    }

    @Test
    void withoutATicketNothingIsStarted() throws Exception {
        for (String user : List.of("svc-understudy@" + KerberosRealm.NAME, "x@understudy.test")) {
            NotStarted ended = assertInstanceOf(NotStarted.class, run(user, "wrong"));
            assertEquals(Reason.NOT_PERMITTED, ended.reason(), ended.why());
        }
    }

    private Ended run(String user, String password) throws InterruptedException {
        WinRmSettings defaults = WinRmSettings.DEFAULT;
        WinRmSettings settings =
                new WinRmSettings(
                        WinRmSettings.Authentication.KERBEROS,
                        Optional.of(trusted),
                        Optional.empty(),
                        defaults.connectTimeout(),
                        defaults.operationTimeout(),
                        defaults.answerTimeout(),
                        defaults.outputLimit(),
                        defaults.errorLimit());
        ManagementServer management =
                new ManagementServer(
                        "mgmt1",
                        new SiteName("dublin"),
                        ManagementServer.Transport.WINRM,
                        "localhost",
                        Optional.of(server.port()),
                        Optional.of(user),
                        Optional.of("env:MGMT"),
                        List.of());
        return new WinRmTransport(settings, reference -> password)
                .run(management, new Input("1", "{}"), Duration.ofSeconds(60), lines::add);
    }
}
