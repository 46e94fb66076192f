package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.understudy.access.KeyStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that can be sent makes the service fail: it says what is wrong, and goes on. */
@QuarkusTest
class MalformedRequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FEWEST = 200;

    private final KeyStore keys;

    @TestHTTPResource URI service;

    @Inject
    MalformedRequestsTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void everyMalformedRequestIsToldWhatIsWrong() throws IOException {
        List<MalformedRequests.Malformed> requests = MalformedRequests.all();
        assertTrue(requests.size() >= FEWEST, "only " + requests.size() + " requests");
        List<String> failures = check(requests);
        assertEquals(List.of(), failures, failures.size() + " of " + requests.size());
        goesOn();
    }

    @Test
    void bodiesOfTenAndTwentyMegabytesAreRefused() throws IOException {
        assertEquals(List.of(), check(MalformedRequests.large(10)));
        assertEquals(List.of(), check(MalformedRequests.large(20)));
        goesOn();
    }

    @Test
    void whatIsNoHttpIsRefused() throws IOException {
        String key = "Authorization: Bearer " + Api.key(MalformedRequests.role()) + "\r\n";
        String post =
                "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + key;
        for (String request :
                List.of(
                        "hello\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET /api/v1/runs?limit=%ZZ HTTP/1.1\r\nHost: x\r\n"
                                + key
                                + "Connection: close\r\n\r\n",
                        "GET /api/v1/runs/%ZZ HTTP/1.1\r\nHost: x\r\n"
                                + key
                                + "Connection: close\r\n\r\n",
                        "GET /api/v1/runs/% HTTP/1.1\r\nHost: x\r\n"
                                + key
                                + "Connection: close\r\n\r\n",
                        "GET /api/v1/runs HTTP/9.9\r\n\r\n",
                        "GET /api/v1/ru ns HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
                        "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nX: "
                                + "y".repeat(40_000)
                                + "\r\n\r\n",
                        "GET /" + "y".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        post + "Content-Length: x\r\n\r\n[]",
                        post + "Content-Length: -5\r\n\r\n[]",
                        post + "Content-Length: 99999999999999999999999\r\n\r\n[]",
                        post + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n[]",
                        post + "Transfer-Encoding: chunked\r\n\r\n2\r\n[}\r\n0\r\n\r\n",
                        "NONSENSE /api/v1/runs HTTP/1.1\r\nHost: x\r\n"
                                + key
                                + "Connection: close\r\n\r\n")) {
            int status = raw(request.getBytes(StandardCharsets.ISO_8859_1)).status();
            assertTrue(
                    status >= 400 && status < 500 || status == 505,
                    raw(request.getBytes(StandardCharsets.ISO_8859_1))
                            + " for "
                            + request.substring(0, Math.min(200, request.length())));
            goesOn();
        }
    }

    /**
     * The HTTP server drops a connection whose chunks it cannot tell apart; nothing is answered.
     */
    @Test
    void aConnectionWithBrokenChunksIsClosed() throws IOException {
        String request =
                "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nAuthorization: Bearer "
                        + Api.key(MalformedRequests.role())
                        + "\r\n\r\nzz\r\n[]\r\n0\r\n\r\n";
        int status = raw(request.getBytes(StandardCharsets.ISO_8859_1)).status();
        assertTrue(status == 0 || status >= 400 && status < 500, "answered " + status);
        goesOn();
    }

    @Test
    void aBodyInChunksIsMeasuredToo() throws IOException {
        Answer answer = chunked(20);
        assertEquals(413, answer.status(), answer.body());
        assertEquals("application/problem+json", answer.type());
        goesOn();
    }

    @Test
    void aSenderThatGoesAwayHarmsNobody() throws IOException {
        String post =
                "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + Api.key(MalformedRequests.role())
                        + "\r\nContent-Length: 1000\r\n\r\n[";
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(post.getBytes(StandardCharsets.ISO_8859_1));
        }
        goesOn();
    }

    private List<String> check(List<MalformedRequests.Malformed> requests) throws IOException {
        List<String> failures = new ArrayList<>();
        for (MalformedRequests.Malformed request : requests) {
            Answer answer = send(request);
            if (!isGood(request, answer)) {
                failures.add(request + " -> " + answer);
            }
        }
        return failures;
    }

    private static boolean isGood(MalformedRequests.Malformed request, Answer answer)
            throws IOException {
        if (request.operation().toString().equals("POST /api/v1/estate/validate")
                && answer.status() == 200) {
            return !JSON.readTree(answer.body()).path("valid").asBoolean(true);
        }
        if (answer.status() < 400
                || answer.status() >= 500
                || !answer.type().equals("application/problem+json")) {
            return false;
        }
        JsonNode problem = JSON.readTree(answer.body());
        return problem.path("status").asInt() == answer.status()
                && problem.path("type").asText().startsWith("urn:understudy:problem:")
                && !problem.path("whatToDo").asText().isEmpty()
                && !answer.body().contains("Exception");
    }

    private void goesOn() {
        Api.as(MalformedRequests.role()).get("/api/v1/runs").then().statusCode(200);
    }

    private record Answer(int status, String type, String body) {}

    private Answer send(MalformedRequests.Malformed request) throws IOException {
        StringBuilder head =
                new StringBuilder(request.operation().method())
                        .append(' ')
                        .append(request.path())
                        .append(" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        if (!request.headers().containsKey("Authorization")) {
            head.append("Authorization: Bearer ")
                    .append(Api.key(MalformedRequests.role()))
                    .append("\r\n");
        }
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] body = request.body() == null ? new byte[0] : request.body();
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return raw(all);
    }

    private Answer chunked(int megabytes) throws IOException {
        byte[] chunk = " ".repeat(1024 * 1024).getBytes(StandardCharsets.ISO_8859_1);
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            var out = socket.getOutputStream();
            out.write(
                    ("POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                                    + Api.key(MalformedRequests.role())
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < megabytes; i++) {
                out.write("100000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return answer(socket.getInputStream());
        }
    }

    /** Sends these bytes and reads what comes until the service closes the connection. */
    private Answer raw(byte[] request) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return answer(socket.getInputStream());
        }
    }

    private static Answer answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && head.indexOf("\r\n\r\n") < 0) {
            head.append((char) c);
        }
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String[] lines = head.toString().split("\r\n");
        for (String line : Arrays.copyOfRange(lines, 1, lines.length)) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = new byte[length];
        int at = 0;
        if (length > 0 && c >= 0) {
            body[at++] = (byte) c;
        }
        while (at < length) {
            int read = in.read(body, at, length - at);
            if (read < 0) {
                break;
            }
            at += read;
        }
        String type = headers.getOrDefault("Content-Type", "").replaceAll(";.*", "");
        int status = lines[0].startsWith("HTTP/") ? Integer.parseInt(lines[0].split(" ")[1]) : 0;
        return new Answer(status, type, new String(body, StandardCharsets.UTF_8));
    }
}
