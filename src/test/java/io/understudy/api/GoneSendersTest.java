package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.understudy.access.KeyStore;
import io.understudy.access.Role;
import io.understudy.testing.Awaiting;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever goes away, or draws out what he sends, leaves nothing behind that others wait for. */
@QuarkusTest
class GoneSendersTest {

    private static final int MANY = 150;
    private static final int SILENCE_MILLIS = 20_000;
    private static final long PATIENCE = 20_000_000_000L;
    private static final String EVENTS = "GET /api/v1/events";

    private final KeyStore keys;
    private final Turns turns;
    private final int heavyRequests;
    private final int streamsOfCaller;

    @TestHTTPResource URI service;

    @Inject
    GoneSendersTest(
            KeyStore keys,
            Turns turns,
            @ConfigProperty(name = "understudy.load.heavy-requests") int heavyRequests,
            @ConfigProperty(name = "understudy.api.max-event-streams-per-caller")
                    int streamsOfCaller) {
        this.keys = keys;
        this.turns = turns;
        this.heavyRequests = heavyRequests;
        this.streamsOfCaller = streamsOfCaller;
    }

    @BeforeEach
    void makeKeys() {
        Api.keys(keys);
    }

    @Test
    void whoAsksForMuchAndGoesAwayKeepsNoTurn() throws Exception {
        for (int i = 0; i < MANY; i++) {
            sent("GET /api/v1/incidents/none/report", "").close();
            sent("POST /api/v1/evaluations", "Content-Length: 100\r\n").close();
        }
        await(() -> areFree(heavyRequests));
    }

    @Test
    void whoseBodyDribblesInHoldsNoTurn() throws Exception {
        List<Socket> dribbling = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * heavyRequests; i++) {
                dribbling.add(
                        sent(
                                "POST /api/v1/evaluations",
                                "Content-Type: application/json\r\nContent-Length: 100\r\n"));
            }
            assertEquals(200, evaluated());
        } finally {
            close(dribbling);
        }
    }

    @Test
    void whoOpensAStreamAndGoesAwayLeavesNoneOpen() throws Exception {
        for (int i = 0; i < MANY; i++) {
            sent(EVENTS, "").close();
        }
        openWholeShare();
    }

    @Test
    void whoAsksForTheHeadOfAStreamOpensNone() throws Exception {
        for (int i = 0; i < MANY; i++) {
            try (Socket socket = sent("HEAD /api/v1/events", "")) {
                assertEquals("HTTP/1.1 200 OK", lines(socket).readLine());
            }
        }
        openWholeShare();
    }

    @Test
    void oneCallerHasHisShareOfTheStreamsAndNobodyElses() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            await(() -> isOpened(open));
            try (Socket socket = sent(EVENTS, "")) {
                BufferedReader answer = lines(socket);
                assertEquals("HTTP/1.1 429 Too Many Requests", answer.readLine());
                assertTrue(answer.lines().anyMatch(line -> line.startsWith("Retry-After: ")));
            }
            try (Socket socket = sent(Role.APPROVER, EVENTS, "")) {
                assertTrue(isStream(socket));
            }
        } finally {
            close(open);
        }
        openWholeShare();
    }

    /** Whether so many turns can be had at once. */
    private boolean areFree(int more) {
        try {
            return more == 0 || turns.compute(() -> areFree(more - 1));
        } catch (ProblemException e) {
            return false;
        }
    }

    private static int evaluated() {
        return Api.json(Role.VIEWER, Samples.SMALL_EVALUATION)
                .post("/api/v1/evaluations")
                .statusCode();
    }

    /** One caller can have his whole share of the streams at once. */
    private void openWholeShare() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            await(() -> isOpened(open));
        } finally {
            close(open);
        }
    }

    /** Opens one more; whether these are all that one caller may have. */
    private boolean isOpened(List<Socket> open) throws IOException {
        Socket socket = sent(EVENTS, "");
        if (isStream(socket)) {
            open.add(socket);
        } else {
            socket.close();
        }
        return open.size() == streamsOfCaller;
    }

    /** Whether it is answered by events, of which the first line is a comment. */
    private static boolean isStream(Socket socket) throws IOException {
        BufferedReader answer = lines(socket);
        return "HTTP/1.1 200 OK".equals(answer.readLine())
                && answer.lines().anyMatch(line -> line.startsWith(":"));
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private Socket sent(String what, String headers) throws IOException {
        return sent(Role.VIEWER, what, headers);
    }

    /** A request whose head is complete, without a body. */
    private Socket sent(Role role, String what, String headers) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.getOutputStream()
                .write(
                        "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
                                .formatted(what, Api.key(role), headers)
                                .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static void await(Awaiting.Condition condition) throws Exception {
        Awaiting.until(condition, PATIENCE);
    }
}
