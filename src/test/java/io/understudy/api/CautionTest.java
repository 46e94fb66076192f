package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every answer tells browsers to be careful, and what is too much is refused, with a problem. */
@QuarkusTest
class CautionTest {

    private final KeyStore keys;

    @TestHTTPResource URI service;

    @Inject
    CautionTest(KeyStore keys) {
        this.keys = keys;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    private record Answer(int status, Map<String, String> headers, String body) {}

    @Test
    void everyAnswerCarriesThemWhateverIsAsked() throws IOException {
        Map<String, Integer> asked = new TreeMap<>();
        asked.put("GET /api/v1/runs", 200);
        asked.put("HEAD /api/v1/runs", 200);
        asked.put("GET /api/v1/nothing", 404);
        asked.put("GET /api/v1/runs/none", 404);
        asked.put("PATCH /api/v1/runs", 405);
        asked.put("GET /api/v1/keys", 403);
        asked.put("GET /api/v1/runs?limit=x", 400);
        asked.put("GET /api/v1/runs?limit=%FF", 400);
        asked.put("GET /openapi", 200);
        asked.put("GET /q/health", 200);
        asked.put("GET /q/metrics", 200);
        asked.put("GET /q/nothing", 404);
        asked.put("GET //api/v1/runs", 200);
        asked.put("GET /x/../api/v1/runs", 200);
        asked.put("GET /%61pi/v1/runs", 200);
        asked.put("PATCH //api/v1/runs", 405);
        for (Map.Entry<String, Integer> each : asked.entrySet()) {
            Answer answer = asked(each.getKey(), "");
            assertEquals(each.getValue(), answer.status(), each.getKey() + answer);
            careful(each.getKey(), answer);
            assertTrue(
                    answer.headers()
                            .get("content-security-policy")
                            .startsWith("default-src 'none'"),
                    each.getKey());
            assertEquals("no-store", answer.headers().get("cache-control"), each.getKey());
        }
        Answer page = asked("GET /nothing", "");
        careful("page", page);
        assertTrue(
                page.headers()
                        .get("content-security-policy")
                        .startsWith("default-src 'self'; object-src 'none'"));
    }

    @Test
    void whatHasTooMuchOfSomethingIsRefused() throws IOException {
        refused(431, asked("GET /api/v1/runs", "X-A: b\r\n".repeat(101)));
        refused(431, asked("GET /api/v1/runs", "X-A: " + "b".repeat(17_000) + "\r\n"));
        refused(414, asked("GET /api/v1/runs?cursor=" + "a".repeat(5_000), ""));
        refused(400, asked("GET /api/v1/runs?" + "a=b&".repeat(51), ""));
        refused(
                415,
                asked(
                        "POST /api/v1/observations",
                        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n",
                        "\u001f\u008b\b\0"));
    }

    /** The HTTP server answers those itself, with nothing but the status. */
    @Test
    void whatIsNoHttpIsToldNothing() throws IOException {
        for (String request :
                List.of(
                        "hello\r\n\r\n",
                        "GET /api/v1/ru ns HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /api/v1/runs HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
                        "POST /api/v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n")) {
            Answer answer = raw(request);
            assertEquals(400, answer.status(), request);
            assertEquals("", answer.body().strip(), request);
            assertEquals(Map.of("content-length", "0"), answer.headers(), request);
        }
    }

    private static void refused(int status, Answer answer) {
        assertEquals(status, answer.status(), answer.toString());
        assertEquals(
                "application/problem+json",
                answer.headers().get("content-type"),
                answer.toString());
        assertTrue(answer.body().contains("\"whatToDo\""), answer.body());
        careful("refusal", answer);
    }

    private static void careful(String what, Answer answer) {
        String said = what + ": " + answer;
        assertEquals("nosniff", answer.headers().get("x-content-type-options"), said);
        assertEquals("DENY", answer.headers().get("x-frame-options"), said);
        assertEquals("no-referrer", answer.headers().get("referrer-policy"), said);
        assertEquals("same-origin", answer.headers().get("cross-origin-resource-policy"), said);
        assertTrue(
                answer.headers()
                        .getOrDefault("content-security-policy", "")
                        .contains("frame-ancestors 'none'"),
                said);
        assertEquals(null, answer.headers().get("server"), said);
        assertEquals(null, answer.headers().get("x-powered-by"), said);
    }

    private Answer asked(String what, String headers) throws IOException {
        return asked(what, headers, "");
    }

    private Answer asked(String what, String headers, String body) throws IOException {
        return raw(
                what
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                        + Api.key(what.startsWith("POST") ? Role.MONITOR : Role.VIEWER)
                        + "\r\n"
                        + headers
                        + "\r\n"
                        + body);
    }

    private Answer raw(String request) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int head = answer.indexOf("\r\n\r\n");
            String[] lines = answer.substring(0, Math.max(head, 0)).split("\r\n");
            Map<String, String> headers = new TreeMap<>();
            for (int i = 1; i < lines.length; i++) {
                String[] field = lines[i].split(": ?", 2);
                headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
            }
            int status =
                    lines[0].startsWith("HTTP/") ? Integer.parseInt(lines[0].split(" ")[1]) : 0;
            return new Answer(status, headers, answer.substring(Math.max(head, 0)));
        }
    }
}
