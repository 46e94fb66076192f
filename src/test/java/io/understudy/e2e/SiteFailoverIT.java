package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.counterpart.StandInPowerShell.Invocation;
import io.understudy.health.ChatState;
import io.understudy.health.PoolState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A datacenter is lost, and its users are served by the other: through WS-Management and T-SQL, as
 * the genuine client libraries speak them, onto a twin that the service does not know.
 */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class SiteFailoverIT {

    @TempDir private Path directory;
    private Map<String, String> environment;

    private TwoSites sites;

    @BeforeEach
    void build() throws Exception {
        sites = new TwoSites(directory.resolve("sites"));
        environment = sites.environment();
    }

    @AfterEach
    void tearDown() {
        sites.close();
    }

    private Service start() {
        return Service.start(directory.resolve("data"), environment);
    }

    private void describe(Service service) {
        Map<String, String> any = Map.of("If-Match", "*");
        service.put("/api/v1/estate", sites.document, any, 200);
        service.put("/api/v1/routing", sites.routing(), Map.of("If-None-Match", "*"), 200);
        // the observer that is lost with its site must not be believed for minutes
        service.put("/api/v1/policy", "{\"thresholds\": {\"maxAge\": \"PT5S\"}}", any, 200);
    }

    /** The run of a remediation, once it waits, approved by as many people as it needs. */
    private static String approved(Service service, String remediation, List<String> keys) {
        JsonNode run;
        try {
            run = service.awaitRun(remediation, "AWAITING_APPROVAL");
        } catch (AssertionError e) {
            throw new AssertionError("decided is " + service.get("/api/v1/decisions"), e);
        }
        String path = "/api/v1/runs/" + run.get("id").asText();
        for (String key : keys.subList(0, run.get("approvalsRequired").asInt())) {
            service.postAs(key, path + "/approvals", "", 200);
        }
        return path;
    }

    private static List<String> approvers(Service service) {
        return List.of("ann", "ben").stream()
                .map(name ->
                        service.post(
                                        "/api/v1/keys",
                                        "{\"name\": \"%s\", \"roles\": [\"approver\"]}"
                                                .formatted(name),
                                        201)
                                .get("key")
                                .asText())
                .toList();
    }

    @Test
    void aLostSiteIsServedByTheOtherOne() throws Exception {
        try (Service service = start()) {
            describe(service);
            List<String> approvers = approvers(service);
            try (RemoteObservers observers =
                    new RemoteObservers(sites.estate, sites.twin, List.of(service))) {
                service.await(
                        "/api/v1/pools/pool1.contoso.com",
                        pool -> pool.at("/condition/status").asText().equals("UP"));

                sites.lose("site:redmond");

                for (String remediation :
                        List.of(
                                "CMS_FAILOVER",
                                "EDGE_NEXT_HOP_CHANGE",
                                "POOL_FAILOVER",
                                "CHAT_FAILOVER")) {
                    approved(service, remediation, approvers);
                    service.awaitRun(remediation, "SUCCEEDED");
                }
            }
        }
        assertEquals(
                Optional.of(PoolState.FAILED_OVER), sites.pool("pool1.contoso.com").poolState());
        assertEquals(
                Optional.of("pool2.contoso.com"),
                sites.pool("pool2.contoso.com").centralManagement().orElseThrow().activeMaster());
        assertEquals(
                Optional.of("pool2.contoso.com"), sites.pool("edge2.contoso.com").nextHopPool());
        assertEquals(
                Optional.of(ChatState.FAILED_OVER), sites.pool("chat1.contoso.com").chatState());
        assertEquals(
                Optional.of(List.of("c3.contoso.com", "c4.contoso.com")),
                sites.pool("chat1.contoso.com").activeServers());
        List<String> once =
                sites.effects().stream().filter(e -> !e.equals("MoveApplication")).toList();
        assertEquals(Set.copyOf(once).size(), once.size(), "each took effect once: " + once);
        assertEquals(Set.of("NTLM"), sites.managementServer.letInBy());
        assertTrue(
                sites.statements("sql9.contoso.com/chat").stream()
                        .anyMatch(sql -> sql.contains("WITH RECOVERY")),
                "the databases were recovered by T-SQL");
    }

    @Test
    void aPoolFailoverThatOutlivesItsServiceIsFoundAgainAndNotRepeated() throws Exception {
        String path;
        try (Service service = start()) {
            path = killedInThePoolFailover(service);
        }

        try (Service after = start();
                RemoteObservers observers =
                        new RemoteObservers(sites.estate, sites.twin, List.of(after))) {
            sites.shell.release();
            after.await(path, run -> run.get("state").asText().equals("SUCCEEDED"));
        }
        assertEquals(
                1,
                sites.shell.invocations().stream()
                        .map(Invocation::cmdlet)
                        .filter("Invoke-CsPoolFailOver"::equals)
                        .count());
        assertEquals(1, sites.effects().stream().filter("FailOverPool"::equals).count());
    }

    /** The path of the run in whose middle it was killed. */
    private String killedInThePoolFailover(Service service) throws Exception {
        describe(service);
        List<String> approvers = approvers(service);
        try (RemoteObservers observers =
                new RemoteObservers(sites.estate, sites.twin, List.of(service))) {
            service.await(
                    "/api/v1/pools/pool1.contoso.com",
                    pool -> pool.at("/condition/status").asText().equals("UP"));
            sites.lose("site:redmond");
            for (String remediation : List.of("CMS_FAILOVER", "EDGE_NEXT_HOP_CHANGE")) {
                approved(service, remediation, approvers);
                service.awaitRun(remediation, "SUCCEEDED");
            }
            sites.shell.hold();
            String path = approved(service, "POOL_FAILOVER", approvers);
            sites.shell.awaitInvocation("Invoke-CsPoolFailOver");
            service.kill();
            return path;
        }
    }
}
