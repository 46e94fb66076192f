package io.understudy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.access.Signatures;
import io.understudy.testing.Awaiting;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with TLS, and those who try to get in. */
class IntruderIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "the secret that am-dublin signs with";
    private static final int MOST_FAILURES = 20;
    private static final int MOST_REQUESTS = 8;

    /** The same to whoever looks for a key, and so to whoever counts. */
    private static final List<String> SPELLED = List.of("Bearer ", "bearer ", "Bearer   ");

    private static final long PATIENCE = 60_000_000_000L;

    @TempDir private static Path directory;

    private static TestCertificates first;
    private static TestCertificates second;
    private static TestCertificates monitor;
    private static Service service;
    private static String signing;
    private static String certified;
    private static String holder;

    @BeforeAll
    static void start() throws IOException {
        first = TestCertificates.make(directory, "first", "dns:localhost,ip:127.0.0.1");
        second = TestCertificates.make(directory, "second", "dns:localhost,ip:127.0.0.1");
        monitor = TestCertificates.make(directory, "zabbix", "dns:zabbix.lisbon.contoso.com");
        show(first);
        Path settings = directory.resolve("settings.properties");
        Files.writeString(
                settings,
                """
                quarkus.tls.key-store.pem.0.cert=%1$s/tls/tls.crt
                quarkus.tls.key-store.pem.0.key=%1$s/tls/tls.key
                quarkus.tls.trust-store.pem.certs=%2$s
                quarkus.tls.reload-period=2S
                understudy.monitors.am-dublin.secrets=env:UNDERSTUDY_SECRET_AM
                understudy.monitors.am-dublin.observer=o-dublin
                understudy.monitors.zabbix-lisbon.certificate=dns:zabbix.lisbon.contoso.com
                understudy.login.most-per-address=%3$d
                understudy.login.window=PT1H
                understudy.login.audit-interval=PT0.2S
                understudy.api.send-time=PT10S
                understudy.load.requests-per-caller=%4$d
                quarkus.datasource.jdbc.acquisition-timeout=60S
                """
                        .formatted(directory, monitor.pem(), MOST_FAILURES, MOST_REQUESTS));
        service =
                Service.start(
                        directory.resolve("data"),
                        Map.of(
                                "QUARKUS_CONFIG_LOCATIONS",
                                settings.toString(),
                                "QUARKUS_HTTP_SSL_PORT",
                                "0",
                                "UNDERSTUDY_SECRET_AM",
                                SECRET));
        signing = key("am-dublin");
        certified = key("zabbix-lisbon");
        holder = key("holder");
        // known from now on, however many others fail at this address
        assertEquals(403, get(signing).statusCode());
        assertEquals(403, get(certified).statusCode());
        assertEquals(403, get(holder).statusCode());
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    private static String key(String name) {
        return service.post(
                        "/api/v1/keys",
                        "{\"name\": \"%s\", \"roles\": [\"monitor\"]}".formatted(name),
                        201)
                .get("key")
                .asText();
    }

    @Test
    void aSignedObservationIsTakenOnceAndNothingElseIs() {
        String body = observation("o-dublin", "signed-1");
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().getEpochSecond() - 400);
        String signature = Signatures.sign(SECRET, now, bytes(body));

        refused(send(signing, body, Map.of()), "SIGNATURE_UNSIGNED");
        refused(signed(body, now, "v1=" + "0".repeat(64)), "SIGNATURE_WRONG");
        refused(signed(body, now, "0".repeat(64)), "SIGNATURE_MALFORMED");
        refused(signed(body, old, Signatures.sign(SECRET, old, bytes(body))), "SIGNATURE_OLD");
        refused(signed(body + " ", now, signature), "SIGNATURE_WRONG");
        refused(signed(body, now, Signatures.sign("another", now, bytes(body))), "SIGNATURE_WRONG");

        assertEquals(202, signed(body, now, signature).statusCode());
        refused(signed(body, now, signature), "SIGNATURE_REPLAYED");
        assertFalse(service.log().contains(signature.substring(3)), "signatures are not logged");
        assertFalse(service.log().contains(SECRET));
    }

    @Test
    void aPinnedKeySpeaksForItsOwnObserverOnly() {
        String body = observation("o-redmond", "pinned-1");
        String now = Long.toString(Instant.now().getEpochSecond());
        HttpResponse<String> answer = signed(body, now, Signatures.sign(SECRET, now, bytes(body)));
        assertEquals(403, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("/0/observer"), answer.body());
    }

    @Test
    void aCertificateOfTheMonitorLetsItsKeyInAndNoOther() throws Exception {
        String body = observation("o-lisbon", "certified-1");
        refused(send(certified, body, Map.of()), "CERTIFICATE");
        try (HttpClient shows = client(monitor.context(first))) {
            HttpResponse<String> answer =
                    shows.send(secure(certified, body), BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer.body());
            assertEquals(
                    "max-age=31536000",
                    answer.headers().firstValue("Strict-Transport-Security").orElseThrow());
        }
        try (HttpClient without = client(trusting(first, second))) {
            assertEquals(
                    401,
                    without.send(secure(certified, body), BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void aCertificateThatIsRenewedOnDiskIsShownWithoutARestart() throws Exception {
        show(second);
        await(() -> isShown("CN=second", "TLSv1.3"));
        await(() -> isShown("CN=second", "TLSv1.2"));
        show(first);
        await(() -> isShown("CN=first", "TLSv1.3"));
    }

    /** A handshake that the change cut off is tried again. */
    private static boolean isShown(String name, String protocol) throws Exception {
        try {
            return name.equals(shown(protocol));
        } catch (SSLException e) {
            return false;
        }
    }

    @Test
    void whatIsOlderThanTls12IsRefused() {
        for (String protocol : List.of("TLSv1", "TLSv1.1")) {
            try {
                shown(protocol);
                throw new AssertionError(protocol + " is spoken");
            } catch (SSLException | IllegalArgumentException e) {
                assertTrue(e.getMessage() != null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whoTakesTooLongForABodyIsCutOff() throws IOException {
        try (Socket socket = unfinished("Bearer " + Service.KEY)) {
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void whoHoldsTooManyRequestsIsToldWhenToComeAgainAndNobodyElseIs() throws Exception {
        String body = observation("o-dublin", "held-1");
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_REQUESTS + 1; i++) {
                held.add(unfinished(SPELLED.get(i % SPELLED.size()) + holder));
            }
            StringBuilder told = new StringBuilder();
            await(() -> told.append(answered(held)).length() > 0);
            HttpResponse<String> answer = send(holder, body, Map.of());
            assertEquals(429, answer.statusCode());
            assertTrue(answer.body().contains("under way"), answer.body());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            String refusal = told.toString();
            assertTrue(refusal.startsWith("HTTP/1.1 429 "), refusal);
            assertFalse(
                    refusal.toLowerCase(Locale.ROOT).contains("connection: close"),
                    "it can be sent again over the same connection");
            assertEquals(200, get(Service.KEY).statusCode());
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        await(() -> send(holder, body, Map.of()).statusCode() == 202);
    }

    /** What any of them was told since; nothing while none was. */
    private static String answered(List<Socket> held) throws IOException {
        StringBuilder told = new StringBuilder();
        for (Socket socket : held) {
            InputStream in = socket.getInputStream();
            told.append(new String(in.readNBytes(in.available()), StandardCharsets.UTF_8));
        }
        return told.toString();
    }

    /** A request whose body has begun and does not end. */
    private static Socket unfinished(String authorization) throws IOException {
        URI address = URI.create(service.address());
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(
                        bytes(
                                "POST /api/v1/observations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Authorization: "
                                        + authorization
                                        + "\r\nContent-Length: 100\r\n\r\n["));
        return socket;
    }

    /** Failures count for 127.0.0.1, from which the right keys come, too: those are let in. */
    @Test
    void whoFailsTooOftenWaitsAndLocksNobodyOut() throws Exception {
        assertEquals(200, get(Service.KEY).statusCode());
        int refused = 0;
        for (int i = 0; i < MOST_FAILURES + 10; i++) {
            HttpResponse<String> answer = get("guess-number-" + i);
            if (answer.statusCode() == 429) {
                refused++;
                assertTrue(answer.headers().firstValue("Retry-After").isPresent());
                assertTrue(answer.body().contains("too-many-failures"), answer.body());
            } else {
                assertEquals(401, answer.statusCode());
            }
        }
        assertTrue(refused >= 10, "refused " + refused);
        assertEquals(200, get(Service.KEY).statusCode());
        await(() -> counted("LOGIN_TOO_SOON") >= 10 && counted("LOGIN_FAILED") > 0);
    }

    private static long counted(String why) {
        long sum = 0;
        for (JsonNode entry : service.get("/api/v1/audit?limit=500").get("items")) {
            if (entry.get("action").asText().equals("REFUSED")) {
                sum += entry.at("/details/" + why).asLong(0);
            }
        }
        return sum;
    }

    private static void await(Awaiting.Condition condition) throws Exception {
        Awaiting.until(condition, PATIENCE);
    }

    private static void refused(HttpResponse<String> answer, String reason) {
        assertEquals(401, answer.statusCode(), reason + ": " + answer.body());
        try {
            assertEquals(
                    "urn:understudy:problem:sender-not-proven",
                    JSON.readTree(answer.body()).get("type").asText());
            assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
            String name = reason.equals("CERTIFICATE") ? "zabbix-lisbon" : "am-dublin";
            await(() -> counted(reason + " of " + name) > 0);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> signed(String body, String time, String signature) {
        return send(
                signing,
                body,
                Map.of("Understudy-Timestamp", time, "Understudy-Signature", signature));
    }

    private static HttpResponse<String> send(String key, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/observations"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return sent(request.build());
    }

    private static HttpResponse<String> get(String key) {
        return sent(
                HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/runs"))
                        .header("Authorization", "Bearer " + key)
                        .build());
    }

    private static HttpResponse<String> sent(HttpRequest request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest secure(String key, String body) {
        return HttpRequest.newBuilder(URI.create(service.secureAddress() + "/api/v1/observations"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    /** Whom the service shows itself as, by this protocol. */
    private static String shown(String protocol) throws Exception {
        URI address = URI.create(service.secureAddress());
        try (SSLSocket socket =
                (SSLSocket)
                        trusting(first, second)
                                .getSocketFactory()
                                .createSocket(address.getHost(), address.getPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return own.getSubjectX500Principal().getName();
        }
    }

    private static SSLContext trusting(TestCertificates... trusted) throws Exception {
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            others.setCertificateEntry("c" + i, trusted[i].certificate());
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(others);
        TrustManager[] managers = trust.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    /** As docs/tls.md says: a link to the directory with both files is changed. */
    private static void show(TestCertificates own) throws IOException {
        Path files = Files.createTempDirectory(directory, "tls");
        own.pem(files.resolve("tls.crt"));
        own.keyPem(files.resolve("tls.key"));
        Path next = Files.createSymbolicLink(directory.resolve("next"), files);
        Files.move(next, directory.resolve("tls"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String observation(String observer, String id) {
        return """
        [{"id": "%s", "component": "pool:pool1.contoso.com", "status": "UP", "observer": "%s",
          "observedAt": "%s", "facts": {}}]
        """
                .formatted(id, observer, Instant.now());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
