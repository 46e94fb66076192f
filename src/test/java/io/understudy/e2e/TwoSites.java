package io.understudy.e2e;

import io.understudy.adapter.simulator.Effect;
import io.understudy.adapter.simulator.Fault;
import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.simulator.TwinSettings;
import io.understudy.counterpart.StandInPowerShell;
import io.understudy.counterpart.StandInWorld;
import io.understudy.counterpart.WinRmServer;
import io.understudy.counterpart.tds.TdsServer;
import io.understudy.counterpart.tds.TwinSqlBackend;
import io.understudy.document.DocumentReader;
import io.understudy.document.EstateDocument;
import io.understudy.document.Format;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.LogShipping;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.Store;
import io.understudy.health.Facts;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A twin of two datacenters behind the protocols of the real ones: a management server in Dublin
 * that speaks WS-Management, and the SQL Servers of both sites that speak TDS. Nobody answers for
 * the management server in Redmond.
 */
final class TwoSites implements AutoCloseable {

    private static final ObserverName DUBLIN = new ObserverName("o-dublin");
    private static final String PASSWORD = "a password of the tests";

    final Estate estate;
    final String document;
    final Twin twin;
    final StandInPowerShell shell;
    final WinRmServer managementServer;
    private final List<TdsServer> databases = new ArrayList<>();
    private final SimulatorProbe probe;
    private final Path directory;
    private final Path trusted;
    private final TestCertificates certificates;

    TwoSites(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        byte[] text = TwoSites.class.getResourceAsStream("/estates/two-sites.yaml").readAllBytes();
        var read = DocumentReader.read(text, Format.YAML);
        this.document = read.toString();
        this.estate = EstateDocument.read(read);
        this.twin = new Twin(estate, TwinSettings.DEFAULT, Clock.systemUTC(), _ -> {});
        this.probe = new SimulatorProbe(twin);
        this.shell = new StandInPowerShell(StandInWorld.of(twin, DUBLIN, TwoSites::pass));
        TestCertificates identity = TestCertificates.make(directory, "ip:127.0.0.1,dns:localhost");
        this.trusted = identity.pem(directory.resolve("management.pem"));
        this.managementServer =
                new WinRmServer(
                        identity,
                        "understudy",
                        PASSWORD,
                        8_192,
                        (command, environment, in, out, err) ->
                                shell.run(encoded(command), environment, in, out, err));
        this.certificates = TestCertificates.make(directory, "dns:*.contoso.com");
        TwinSqlBackend backend = new TwinSqlBackend(estate, twin, TwoSites::pass, DUBLIN);
        for (Store store : estate.stores()) {
            for (SqlInstance instance : instances(store)) {
                databases.add(
                        new TdsServer(
                                        instance,
                                        "127.0.0.1",
                                        backend,
                                        Optional.of(certificates.context()))
                                .login("understudy", PASSWORD));
            }
        }
    }

    private static List<SqlInstance> instances(Store store) {
        List<SqlInstance> instances = new ArrayList<>(List.of(store.primary()));
        store.mirror().ifPresent(instances::add);
        store.logShipping().map(LogShipping::secondary).ifPresent(instances::add);
        return instances;
    }

    /** What follows -EncodedCommand. */
    private static String encoded(String command) {
        return command.substring(command.lastIndexOf(' ') + 1).replace("\"", "");
    }

    private static void pass(Duration time) {
        try {
            new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the service is started with. */
    Map<String, String> environment() throws IOException {
        StringBuilder settings =
                new StringBuilder(
                        """
                        understudy.simulator.enabled=false
                        understudy.powershell.enabled=true
                        understudy.powershell.poll=PT0.2S
                        understudy.powershell.reconnect=PT0.5S
                        understudy.powershell.export-directory=C:\\\\Understudy
                        understudy.powershell.winrm.trust-store=%s
                        understudy.sqlserver.user=understudy
                        understudy.sqlserver.credential=env:UNDERSTUDY_SECRET_SQL
                        understudy.sqlserver.trust-store=%s
                        understudy.sqlserver.trust-store-credential=env:UNDERSTUDY_SECRET_TRUST
                        understudy.sqlserver.log-shipping.chat1.share=\\\\\\\\fs1\\\\mgc
                        """
                                .formatted(trusted, certificates.trustStore()));
        for (int i = 0; i < databases.size(); i++) {
            TdsServer server = databases.get(i);
            settings.append(
                    """
                    understudy.sqlserver.instances[%d].component=%s
                    understudy.sqlserver.instances[%d].address=%s
                    understudy.sqlserver.instances[%d].port=%d
                    """
                            .formatted(
                                    i,
                                    ComponentId.of(server.instance()),
                                    i,
                                    server.address(),
                                    i,
                                    server.port()));
        }
        Path file = Files.writeString(directory.resolve("site.properties"), settings.toString());
        return Map.of(
                "QUARKUS_CONFIG_LOCATIONS",
                file.toString(),
                "UNDERSTUDY_SECRET_SHELL",
                PASSWORD,
                "UNDERSTUDY_SECRET_SQL",
                PASSWORD,
                "UNDERSTUDY_SECRET_TRUST",
                TestCertificates.PASSWORD);
    }

    /** One management server a site; what is done to databases goes by T-SQL. */
    String routing() {
        return """
        {"managementServers": [
           {"name": "ms-redmond", "site": "redmond", "transport": "WINRM", "host": "127.0.0.1", "port": 9,
            "user": "understudy", "credential": "env:UNDERSTUDY_SECRET_SHELL"},
           {"name": "ms-dublin", "site": "dublin", "transport": "WINRM", "host": "127.0.0.1", "port": %d,
            "user": "understudy", "credential": "env:UNDERSTUDY_SECRET_SHELL"}],
         "routes": [
           {"operations": ["FORCE_SERVICE", "RESUME_MIRRORING", "FAIL_OVER_GROUP", "STOP_LOG_SHIPPING", "RESTORE_LOGS",
                           "RECOVER_DATABASES", "BACK_UP_DATABASES", "RESTORE_DATABASES"],
            "executor": "sqlserver"},
           {"operations": [], "executor": "powershell"}]}
        """
                .formatted(managementServer.port());
    }

    void lose(String component) {
        twin.inject(new Fault.Kill(ComponentId.parse(component)));
    }

    /** What an observer in Dublin sees of a pool now. */
    Facts.OfPool pool(String fqdn) {
        if (probe.read(DUBLIN, ComponentId.parse("pool:" + fqdn)).facts()
                instanceof Facts.OfPool told) {
            return told;
        }
        throw new AssertionError("nothing is told of " + fqdn);
    }

    /** What was really done, oldest first, by the kind of action. */
    List<String> effects() {
        return twin.effects().stream()
                .map(Effect::action)
                .map(action -> action.getClass().getSimpleName())
                .toList();
    }

    /** What the SQL Server of an instance was sent. */
    List<String> statements(String instance) {
        return databases.stream()
                .filter(server -> server.instance().toString().equals(instance))
                .flatMap(server -> server.log().stream())
                .toList();
    }

    @Override
    public void close() {
        managementServer.close();
        databases.forEach(TdsServer::close);
        shell.close();
    }
}
