package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.testing.PostgresPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newer version migrates the database while this one is at work; then what was written is backed
 * up and restored with PostgreSQL's own programs.
 */
@Order(3)
class UpgradeAndRestoreIT {

    /** What docs/upgrades.md allows a next version to do. */
    private static final String NEXT =
            """
            alter table run add column next_only text;
            alter table observation add column next_only integer not null default 7;
            create table next_only (id text primary key);
            create index run_by_next_only on run (next_only);
            """;

    @TempDir Path directory;

    @Test
    void replicasOfTwoVersionsShareTheWorkAndItsBackUpIsRestored() throws Exception {
        assumeTrue(PostgresPair.unavailable().isEmpty(), () -> PostgresPair.unavailable().get());
        try (PostgresPair pair = PostgresPair.start()) {
            try (Service old = service(pair.primaryUrl(), "old")) {
                old.put("/api/v1/estate", SampleTwin.estate(), Map.of("If-Match", "*"), 200);
                healthy(old);
                migrateFurther(pair.primaryUrl());
                old.fault("KILL", "sql:sql1.contoso.com/rtc");
                old.awaitRun("MIRROR_FAILOVER", "SUCCEEDED");

                try (Service later = service(pair.primaryUrl(), "later")) {
                    later.awaitStatus("/api/v1/stores/be2", 200);
                    old.kill();
                    later.fault("KILL", "sql:sql3.contoso.com/rtc");
                    later.await("/api/v1/runs", page -> succeeded(page) == 2);
                }
            }
            restores(pair);
        }
    }

    private void restores(PostgresPair pair) throws IOException {
        try (Service copy = service(pair.restored("restored"), "copy")) {
            assertEquals(2, succeeded(copy.get("/api/v1/runs")));
            assertEquals("contoso", copy.get("/api/v1/estate").get("name").asText());
            assertTrue(copy.get("/api/v1/audit/verify").get("intact").asBoolean());
        }
    }

    private static long succeeded(JsonNode page) {
        return page.findValuesAsText("state").stream().filter("SUCCEEDED"::equals).count();
    }

    private static void healthy(Service service) {
        service.awaitStatus("/api/v1/stores/be1", 200);
        service.await(
                "/api/v1/stores/be1", be1 -> be1.at("/condition/status").asText().equals("UP"));
    }

    /** As the start of a newer version does. */
    private void migrateFurther(String url) throws IOException {
        Path next = Files.createDirectories(directory.resolve("next"));
        Files.writeString(next.resolve("V900__next.sql"), NEXT);
        Flyway.configure()
                .dataSource(url, "postgres", null)
                .locations("classpath:db/migration", "filesystem:" + next)
                .load()
                .migrate();
    }

    private Service service(String url, String name) {
        return Service.start(
                directory.resolve(name),
                SampleTwin.on(url, "postgres", Map.of("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "8")));
    }
}
