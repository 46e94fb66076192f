package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.testing.PostgresPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real PostgreSQL primary with a synchronous standby is the store of a pool, and the primary is
 * killed.
 */
class RealFailoverIT {

    private static final String ESTATE =
            """
            {"name": "real",
             "sites": [{"name": "redmond"}, {"name": "dublin"}],
             "pools": [{"fqdn": "pool1.contoso.com", "role": "FRONT_END", "edition": "ENTERPRISE",
                        "release": "SFB_2015", "site": "redmond", "store": "be1",
                        "servers": [{"fqdn": "fe1.contoso.com"}, {"fqdn": "fe2.contoso.com"}, {"fqdn": "fe3.contoso.com"}]}],
             "stores": [{"name": "be1", "site": "redmond", "technology": "MIRRORING",
                         "primary": {"fqdn": "sql1.contoso.com", "instance": "rtc"},
                         "mirror": {"fqdn": "sql2.contoso.com", "instance": "rtc"},
                         "databases": [{"name": "rtcxds", "type": "USER"}, {"name": "rgsconfig", "type": "APPLICATION"}]}],
             "observers": [{"name": "o-redmond", "site": "redmond"}, {"name": "o-dublin", "site": "dublin"}]}
            """;

    @TempDir private Path data;

    @Test
    void aKilledPrimaryIsReplacedByItsStandbyAndNoCommittedRowIsLost() throws Exception {
        PostgresPair.unavailable().ifPresent(why -> Assumptions.abort(why));
        try (PostgresPair pair = PostgresPair.start();
                Service service = Service.start(data, configured(pair))) {
            service.put("/api/v1/estate", ESTATE, Map.of("If-Match", "*"), 200);
            service.await(
                    "/api/v1/stores/be1",
                    store ->
                            store.at("/facts/facts/mirroring/0/state")
                                    .asText()
                                    .equals("SYNCHRONIZED"));

            Writer writer = new Writer(pair.primaryUrl(), pair.user());
            writer.committedSome.await();
            pair.killPrimary();
            Set<Long> committed = writer.untilItFailed();

            JsonNode run = service.awaitRun("MIRROR_FAILOVER", "SUCCEEDED");
            assertEquals("B3", run.at("/decision/rule").asText());
            assertEquals("sql:sql2.contoso.com/rtc", run.at("/decision/to").asText());
            assertFalse(committed.isEmpty());
            assertTrue(rows(pair).containsAll(committed));
            keepReport(service, run.get("incident").asText());
        }
    }

    private Map<String, String> configured(PostgresPair pair) throws IOException {
        Path settings = data.resolve("pair.properties");
        Files.writeString(
                settings,
                """
                understudy.simulator.enabled=false
                understudy.observers=o-redmond,o-dublin
                understudy.probe.interval=PT0.5S
                understudy.jdbc.connect-limit=PT1S
                understudy.jdbc.query-limit=PT1S
                understudy.jdbc.instances[0].component=sql:sql1.contoso.com/rtc
                understudy.jdbc.instances[0].url=%s
                understudy.jdbc.instances[0].user=%s
                understudy.jdbc.instances[1].component=sql:sql2.contoso.com/rtc
                understudy.jdbc.instances[1].url=%s
                understudy.jdbc.instances[1].user=%s
                understudy.command.actions.switch-principal.act=%s
                understudy.command.actions.switch-principal.check=%s
                """
                        .formatted(
                                pair.primaryUrl(),
                                pair.user(),
                                pair.standbyUrl(),
                                pair.user(),
                                pair.promoteProgram(),
                                pair.checkProgram()));
        return Map.of("QUARKUS_CONFIG_LOCATIONS", settings.toString());
    }

    private static Set<Long> rows(PostgresPair pair) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(pair.standbyUrl(), pair.user(), "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select id from written")) {
            Set<Long> ids = new HashSet<>();
            while (found.next()) {
                ids.add(found.getLong(1));
            }
            return ids;
        }
    }

    /** The report is kept beside the test's own: its phases are what the failover took. */
    private static void keepReport(Service service, String incident) throws IOException {
        String path = "/api/v1/incidents/" + incident + "/report";
        service.await(path, r -> r.get("phases").toString().contains("VERIFIED"));
        Files.writeString(
                Path.of("target", "real-failover.md"), service.text(path, "text/markdown"));
    }

    /** Commits one row after the other until the server is gone. */
    private static final class Writer {
        private final Set<Long> committed = ConcurrentHashMap.newKeySet();
        private final CountDownLatch committedSome = new CountDownLatch(50);
        private final CompletableFuture<Void> ended;

        Writer(String url, String user) {
            this.ended = CompletableFuture.runAsync(() -> write(url, user));
        }

        private void write(String url, String user) {
            try (Connection connection = DriverManager.getConnection(url, user, "");
                    Statement statement = connection.createStatement()) {
                statement.execute("create table written (id bigint primary key)");
                for (long id = 1; ; id++) {
                    statement.execute("insert into written values (" + id + ")");
                    committed.add(id);
                    committedSome.countDown();
                }
            } catch (SQLException serverIsGone) {
                // what was answered before is committed; the row under way may or may not be
                assertTrue(committedSome.getCount() == 0, serverIsGone::toString);
            }
        }

        Set<Long> untilItFailed() {
            ended.join();
            return committed;
        }
    }
}
