package io.understudy.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.understudy.audit.AnchorLines;
import io.understudy.audit.AuditChain;
import io.understudy.audit.AuditRow;
import io.understudy.audit.ChainHead;
import io.understudy.run.Ticker;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchoringTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final long ENTRIES = 10;

    @TempDir private Path directory;

    private final Ticker clock = new Ticker(Instant.parse("2026-11-21T10:00:00Z"));
    private final Grown chain = new Grown();
    private final List<String> told = new ArrayList<>();
    private final AnchorListener listener =
            new AnchorListener() {
                @Override
                public void anchored(String place, long number) {
                    told.add(place + " " + number);
                }

                @Override
                public void failed(String place) {
                    told.add(place + " failed");
                }
            };

    /** A chain of which only the head matters. */
    private static final class Grown implements AuditChain {
        private long number;

        @Override
        public Optional<ChainHead> head() {
            return Optional.of(at(number));
        }

        @Override
        public List<AuditRow> after(long after, int limit) {
            throw new AssertionError("nobody reads rows");
        }
    }

    /** A place that may be out of order. */
    private static final class Place implements AnchorPlace {
        private boolean broken;

        @Override
        public String name() {
            return "place";
        }

        @Override
        public Optional<Anchored> newest() {
            return Optional.empty();
        }

        @Override
        public void keep(ChainHead head, Instant at) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
        }
    }

    private static ChainHead at(long number) {
        return new ChainHead(number, "%064x".formatted(number));
    }

    private Anchoring anchoring(AnchorPlace... places) {
        return new Anchoring(
                chain, List.of(places), new Anchoring.Due(HOUR, ENTRIES), listener, clock);
    }

    private void tickAt(Anchoring anchoring, long number) {
        chain.number = number;
        anchoring.tick();
    }

    @Test
    void anAnchorFollowsAfterTheIntervalOrSoManyRowsAndNotWithoutAny() {
        Anchoring anchoring = anchoring(new Place());
        tickAt(anchoring, 0);
        assertEquals(List.of(), told, "an empty chain has no head");
        tickAt(anchoring, 1);
        tickAt(anchoring, 10);
        assertEquals(List.of("place 1"), told);
        tickAt(anchoring, 11);
        assertEquals(List.of("place 1", "place 11"), told);

        clock.advance(HOUR);
        tickAt(anchoring, 11);
        assertEquals(2, told.size(), "nothing is new");
        tickAt(anchoring, 12);
        clock.advance(HOUR.minusMillis(1));
        tickAt(anchoring, 13);
        assertEquals(List.of("place 1", "place 11", "place 12"), told);
        clock.advance(Duration.ofMillis(1));
        tickAt(anchoring, 13);
        assertEquals("place 13", told.getLast());
    }

    @Test
    void whatFailsIsTriedAgainAndKeepsNoOtherPlaceFromItsAnchor() {
        Place place = new Place();
        place.broken = true;
        Anchoring anchoring = anchoring(place, new AnchorFile(directory.resolve("anchors")));

        tickAt(anchoring, 1);
        tickAt(anchoring, 1);
        place.broken = false;
        tickAt(anchoring, 1);

        assertEquals(List.of("place failed", "file 1", "place failed", "place 1"), told);
    }

    @Test
    void aFileIsOnlyAddedToAndItsLinesAreReadAgain() throws Exception {
        Path path = directory.resolve("anchors");
        tickAt(anchoring(new AnchorFile(path)), 1);
        tickAt(anchoring(new AnchorFile(path)), 1);
        tickAt(anchoring(new AnchorFile(path)), 2);

        assertEquals(
                AnchorLines.line(at(1), clock.instant()) + AnchorLines.line(at(2), clock.instant()),
                Files.readString(path));
        assertEquals(
                Map.of(1L, at(1).hash(), 2L, at(2).hash()), new AnchorFile(path).kept().hashes());
    }

    @Test
    void aLineThatACrashHasCutOffIsReplaced() throws Exception {
        Path path = directory.resolve("anchors");
        AnchorFile file = new AnchorFile(path);
        file.keep(at(1), clock.instant());
        Files.writeString(path, "2:0000", StandardOpenOption.APPEND);

        file.keep(at(3), clock.instant());

        assertEquals(2, Files.readAllLines(path).size());
        assertEquals(2, file.kept().hashes().size());
    }

    @Test
    void aFileThatIsNoneSaysSoAndNothingIsCompared() throws Exception {
        Path path = Files.writeString(directory.resolve("anchors"), "what is this\n");

        String problem = new AnchorFile(path).kept().problem().orElseThrow();

        assertTrue(problem.contains("line 1") && problem.contains("not compared"), problem);
        tickAt(anchoring(new AnchorFile(path)), 1);
        assertEquals(List.of("file failed"), told, "and it is not added to");
    }

    @Test
    void aWebhookIsGivenTheHeadAndMustTakeIt() throws Exception {
        TestCertificates keys = TestCertificates.local(directory);
        SSLContext tls = keys.context(keys);
        List<String> heard = new ArrayList<>();
        int[] answers = {500, 204};
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(
                "/",
                exchange -> {
                    String said =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    heard.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + said);
                    exchange.sendResponseHeaders(answers[heard.size() - 1], -1);
                    exchange.close();
                });
        server.start();
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/anchors");
            Anchoring anchoring =
                    anchoring(
                            new AnchorWebhook(
                                    url,
                                    client,
                                    () -> Optional.of("Bearer word"),
                                    Duration.ofSeconds(20)));
            tickAt(anchoring, 1);
            tickAt(anchoring, 2);
        } finally {
            server.stop(0);
        }

        assertEquals(List.of("webhook failed", "webhook 2"), told);
        assertEquals(
                "Bearer word {\"number\":2,\"hash\":\""
                        + at(2).hash()
                        + "\",\"at\":\"2026-11-21T10:00:00Z\"}",
                heard.getLast());
    }

    @Test
    void aWebhookInTheClearIsRefused() {
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new AnchorWebhook(
                                                URI.create("http://localhost/"),
                                                HttpClient.newHttpClient(),
                                                Optional::empty,
                                                HOUR))
                        .getMessage();

        assertTrue(refusal.contains("understudy.audit.anchor.url"), refusal);
    }

    @Test
    void aSecretThatNoHeaderMayHaveIsNotTold() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            AnchorWebhook webhook =
                    new AnchorWebhook(
                            URI.create("https://localhost/anchors"),
                            client,
                            () -> Optional.of("Bearer planted\nsecond line"),
                            HOUR);

            IOException refusal =
                    assertThrows(IOException.class, () -> webhook.keep(at(1), Instant.EPOCH));

            assertTrue(
                    refusal.getMessage().contains("understudy.audit.anchor.authorization"),
                    refusal.getMessage());
            assertTrue(!refusal.toString().contains("planted") && refusal.getCause() == null);
        }
    }

    @Test
    void aWebhookWhereCloudsKeepCredentialsIsNotCalled() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            AnchorWebhook webhook =
                    new AnchorWebhook(
                            URI.create("https://169.254.169.254/anchors"),
                            client,
                            Optional::empty,
                            HOUR);

            String refusal =
                    assertThrows(IOException.class, () -> webhook.keep(at(1), Instant.EPOCH))
                            .getMessage();

            assertTrue(refusal.contains("never called"), refusal);
        }
    }
}
