package io.understudy.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs: looked at, followed, approved, stopped, and opened once. */
@QuarkusTest
class RunApiTest {

    private static final String RUNS = "/api/v1/runs/";
    private static final String NOT_DECIDED =
            "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"store:none\", \"dryRun\": false}";

    private final KeyStore keys;
    private final RunStore runs;
    private final InstantSource clock;

    @TestHTTPResource URI service;

    @Inject
    RunApiTest(KeyStore keys, RunStore runs, InstantSource clock) {
        this.keys = keys;
        this.runs = runs;
        this.clock = clock;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void aRunIsShownWithItsDecisionStepsAndApprovals() {
        String id = open(2);
        Api.as(Role.VIEWER)
                .get(RUNS + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("AWAITING_APPROVAL"))
                .body("approvalsRequired", equalTo(2))
                .body("decision.rule", equalTo("B3"))
                .body("steps.phase", hasItem("PENDING"))
                .body("openedBy", equalTo("operator"));
        Api.as(Role.VIEWER)
                .get("/api/v1/runs?limit=500")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id));
        Api.as(Role.VIEWER)
                .get("/api/v1/runs?open=true&limit=500")
                .then()
                .body("items.id", hasItem(id));
        Api.as(Role.VIEWER)
                .get(RUNS + id + "/journal")
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("OPENED"));
        Api.as(Role.VIEWER)
                .get(RUNS + id + "/runbook")
                .then()
                .statusCode(200)
                .body("steps[0].title", notNullValue());
        Api.as(Role.VIEWER)
                .accept("text/markdown")
                .get(RUNS + id + "/runbook")
                .then()
                .statusCode(200)
                .contentType("text/markdown")
                .body(containsString("Invoke-CsDatabaseFailover"));
        Api.as(Role.VIEWER)
                .get(RUNS + id + "/runbook?format=markdown")
                .then()
                .contentType("text/markdown");
        cancel(id);
    }

    @Test
    void aRunWaitsForAsManyPeopleAsItNeeds() {
        String id = open(2);
        Api.as(Role.APPROVER)
                .post(RUNS + id + "/approvals")
                .then()
                .statusCode(200)
                .body("state", equalTo("AWAITING_APPROVAL"))
                .body("approvals.actor", hasItem("approver"));
        Api.as(Role.APPROVER)
                .post(RUNS + id + "/approvals")
                .then()
                .statusCode(200)
                .body("approvals.size()", equalTo(1));
        cancel(id);
        Api.as(Role.ADMIN)
                .post(RUNS + id + "/approvals")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:understudy:problem:run-refused"));
    }

    @Test
    void whoeverAskedCannotApproveWhereTwoAreNeeded() {
        String id = open(2, "approver");
        Api.as(Role.APPROVER)
                .post(RUNS + id + "/approvals")
                .then()
                .statusCode(403)
                .body("whatToDo", containsString("other people"));
        cancel(id);
    }

    @Test
    void aRunThatWaitsIsCancelledOrHandedOverAtOnce() {
        String cancelled = open(1);
        Api.json(Role.OPERATOR, "{\"why\": \"a drill\"}")
                .post(RUNS + cancelled + "/cancel")
                .then()
                .statusCode(200)
                .body("state", equalTo("CANCELLED"))
                .body("outcome.message", containsString("a drill"));
        Api.as(Role.OPERATOR).post(RUNS + cancelled + "/cancel").then().statusCode(409);
        String handed = open(1);
        Api.as(Role.OPERATOR)
                .post(RUNS + handed + "/handover")
                .then()
                .statusCode(200)
                .body("state", equalTo("HANDED_OVER"));
        Api.json(Role.OPERATOR, "{\"step\": \"REPEAT\"}")
                .post(RUNS + handed + "/resume")
                .then()
                .statusCode(409)
                .body("whatToDo", containsString("AWAITING_OPERATOR"));
    }

    @Test
    void whatIsNotDecidedIsNotCarriedOut() {
        Api.json(Role.OPERATOR, NOT_DECIDED)
                .post("/api/v1/runs")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:understudy:problem:not-proposed"));
        Api.json(Role.OPERATOR, NOT_DECIDED.replace(", \"dryRun\": false", ""))
                .post("/api/v1/runs")
                .then()
                .statusCode(409);
    }

    @Test
    void aDryRunTellsOfEveryStepWhatItWouldComeTo() {
        String planned = "{\"remediation\": \"MIRROR_FAILOVER\", \"target\": \"store:be1\"}";
        Api.json(Role.OPERATOR, planned)
                .post("/api/v1/runs")
                .then()
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("runbook.steps[0].rehearsal.verdict", notNullValue())
                .body("runbook.steps[1].rehearsal.executor", equalTo("simulator"));
        Api.json(Role.OPERATOR, planned)
                .header("Accept", "text/markdown")
                .post("/api/v1/runs")
                .then()
                .statusCode(200)
                .contentType("text/markdown")
                .body(containsString("- Rehearsed: "));
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            Api.json(Role.OPERATOR, NOT_DECIDED)
                    .header("Idempotency-Key", key)
                    .post("/api/v1/runs")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("urn:understudy:problem:not-proposed"));
        }
    }

    @Test
    void aStreamTellsTheJournalAndEndsWithTheRun() throws Exception {
        String id = open(1);
        try (var stream = follow(id, null)) {
            assertEquals("0", stream.next("OPENED"));
            cancel(id);
            assertEquals("1", stream.next("CANCELLED"));
            assertTrue(stream.ends());
        }
    }

    @Test
    void aStreamGoesOnWhereItBrokeOff() throws Exception {
        String id = open(1);
        cancel(id);
        try (var stream = follow(id, "0")) {
            assertEquals("1", stream.next("CANCELLED"));
            assertTrue(stream.ends());
        }
    }

    @Test
    void theStreamOfEverythingTellsOfRuns() throws Exception {
        try (var stream = new Stream(service.resolve("/api/v1/events"), null)) {
            stream.comment();
            String id = open(1);
            stream.line(line -> line.startsWith("data:") && line.contains(id));
            cancel(id);
        }
    }

    private Stream follow(String id, String last) throws Exception {
        return new Stream(service.resolve(RUNS + id + "/events"), last);
    }

    private void cancel(String id) {
        Response answer = Api.as(Role.OPERATOR).post(RUNS + id + "/cancel");
        answer.then().statusCode(200);
    }

    private String open(int approvals) {
        return open(approvals, "operator");
    }

    private String open(int approvals, String actor) {
        String id = UUID.randomUUID().toString();
        RunStore.Change opened = Samples.run(id, approvals, actor, clock.instant());
        Run run = opened.run();
        runs.open(run, Set.of("test:" + id), opened.journal());
        return run.id();
    }

    /** A stream of events as a client reads it. */
    private static final class Stream implements AutoCloseable {

        private final HttpClient client = HttpClient.newHttpClient();
        private final BufferedReader lines;

        Stream(URI address, String last) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer " + Api.key(Role.VIEWER))
                            .header("Accept", "text/event-stream");
            if (last != null) {
                request.header("Last-Event-ID", last);
            }
            HttpResponse<java.io.InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "text/event-stream",
                    answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""));
            lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        /** The id of the next event, which must be of this kind. */
        String next(String kind) throws IOException {
            List<String> event = new ArrayList<>();
            String line = lines.readLine();
            while (line != null
                    && !(line.isEmpty() && event.stream().anyMatch(l -> l.startsWith("data:")))) {
                event.add(line);
                line = lines.readLine();
            }
            assertTrue(
                    event.stream().anyMatch(l -> l.replace(" ", "").equals("event:" + kind)),
                    kind + " in " + event);
            return event.stream()
                    .filter(l -> l.startsWith("id:"))
                    .findFirst()
                    .orElse("")
                    .replaceAll("id: ?", "");
        }

        void comment() throws IOException {
            line(line -> line.startsWith(":"));
        }

        void line(java.util.function.Predicate<String> wanted) throws IOException {
            String line = lines.readLine();
            while (line != null && !wanted.test(line)) {
                line = lines.readLine();
            }
            assertTrue(line != null, "the stream has ended");
        }

        boolean ends() throws IOException {
            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            lines.close();
            client.shutdownNow();
            client.close();
        }
    }
}
