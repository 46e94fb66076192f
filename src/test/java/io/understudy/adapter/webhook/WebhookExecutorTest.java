package io.understudy.adapter.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.adapter.spi.Progress;
import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor.Presence;
import io.understudy.adapter.spi.StepOutcome;
import io.understudy.estate.PoolFqdn;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders as signed requests, against a real HTTPS server. */
@Timeout(120)
class WebhookExecutorTest {

    private static final String KEY = "k3y-of-the-signature";
    private static final Secrets SECRETS =
            reference -> {
                if (reference.equals("file:password")) {
                    return TestCertificates.PASSWORD;
                }
                if (reference.equals("file:key")) {
                    return KEY;
                }
                throw new Secrets.SecretUnavailable(reference + " is not there");
            };
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Action ACTION =
            new Action.FailOverPool(
                    new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true);

    @TempDir private static Path directory;
    private static TestCertificates serverKeys;
    private static TestCertificates clientKeys;
    private static SSLContext tls;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Receiver receiver;

    @BeforeAll
    static void makeCertificates() {
        serverKeys = TestCertificates.local(directory);
        clientKeys = TestCertificates.local(directory);
        tls = serverKeys.context(clientKeys);
    }

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(tls, false);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private record Options(
            Optional<String> status,
            Duration requestLimit,
            Duration pollInterval,
            boolean trusting,
            boolean identified,
            Optional<Integer> port,
            Destinations.Resolver resolver) {

        private static final Options USUAL =
                new Options(
                        Optional.of("/status"),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(20),
                        true,
                        false,
                        Optional.empty(),
                        InetAddress::getAllByName);

        private Options status(Optional<String> path) {
            return new Options(
                    path, requestLimit, pollInterval, trusting, identified, port, resolver);
        }

        private Options requestLimit(Duration limit) {
            return new Options(status, limit, pollInterval, trusting, identified, port, resolver);
        }

        private Options pollInterval(Duration interval) {
            return new Options(
                    status, requestLimit, interval, trusting, identified, port, resolver);
        }

        private Options trusting(boolean trusts) {
            return new Options(
                    status, requestLimit, pollInterval, trusts, identified, port, resolver);
        }

        private Options withIdentity() {
            return new Options(status, requestLimit, pollInterval, trusting, true, port, resolver);
        }

        private Options port(int other) {
            return new Options(
                    status,
                    requestLimit,
                    pollInterval,
                    trusting,
                    identified,
                    Optional.of(other),
                    resolver);
        }

        private Options resolver(Destinations.Resolver other) {
            return new Options(
                    status, requestLimit, pollInterval, trusting, identified, port, other);
        }
    }

    private WebhookSettings settings(Options options) {
        int port = options.port().orElse(receiver.port());
        String base = "https://localhost:" + port;
        return new WebhookSettings(
                Map.of(
                        Operation.FAIL_OVER_POOL,
                        new WebhookSettings.Endpoint(
                                URI.create(base + "/orders"),
                                options.status().map(path -> URI.create(base + path)),
                                "file:key",
                                Optional.empty())),
                new WebhookSettings.Allowed(Set.of("localhost:" + port), false, true, false),
                options.requestLimit(),
                Duration.ofSeconds(20),
                20_000,
                options.pollInterval(),
                3,
                Duration.ofMillis(10),
                options.identified()
                        ? Optional.of(
                                new WebhookSettings.Identity(
                                        clientKeys.keyStore(), "file:password"))
                        : Optional.empty(),
                options.trusting() ? Optional.of(serverKeys.pem()) : Optional.empty());
    }

    private WebhookExecutor executor(Options options) {
        return new WebhookExecutor(
                settings(options),
                SECRETS,
                InstantSource.system(),
                () -> UUID.randomUUID().toString(),
                options.resolver());
    }

    private static StepCall call(int attempt, long token, Duration limit) {
        return new StepCall("run-1", 7, attempt, token, ACTION, Optional.empty(), limit);
    }

    private StepOutcome act(Options options, Duration limit) {
        StepOutcome outcome = executor(options).act(call(1, 5, limit), said::add);
        assertFalse(outcome.toString().contains(KEY), outcome.toString());
        return outcome;
    }

    private StepOutcome act() {
        return act(Options.USUAL, LONG);
    }

    private static String answer(String outcome) {
        return "{\"outcome\": \""
                + outcome
                + "\", \"message\": \"as told\", \"whatToDo\": \"do it\"}";
    }

    @Test
    void anOrderArrivesWithAllThatItSaysAndASignatureThatHolds() throws Exception {
        receiver.then(200, answer("DONE"));

        assertEquals(new StepOutcome.Done("as told"), act());

        Receiver.Heard heard = receiver.heard.getFirst();
        JsonNode order = new ObjectMapper().readTree(heard.body());
        assertEquals("/orders", heard.target());
        assertEquals("run-1", order.path("run").asText());
        assertEquals(7, order.path("step").asInt());
        assertEquals(1, order.path("attempt").asInt());
        assertEquals(5, order.path("token").asInt());
        assertEquals("FAIL_OVER_POOL", order.path("operation").asText());
        assertEquals("pool1.contoso.com", order.path("parameters").path("pool").asText());
        assertEquals("true", order.path("parameters").path("disasterMode").asText());
        assertEquals(3, order.path("parameters").size());
        assertTrue(Instant.parse(order.path("deadline").asText()).isAfter(Instant.now()));
        assertEquals("run-1/7/1", heard.header("Idempotency-Key"));
        assertEquals("5", heard.header("Understudy-Token"));
        assertTrue(isGenuine(new Verification(), heard, KEY));
    }

    private static boolean isGenuine(Verification by, Receiver.Heard heard, String key)
            throws Exception {
        return by.isGenuine(
                key,
                heard.header("Understudy-Id"),
                heard.header("Understudy-Timestamp"),
                heard.header("Understudy-Signature"),
                heard.content(),
                InstantSource.system());
    }

    @Test
    void aReplayedChangedOrOldRequestIsRefusedByTheVerificationOfTheDocs() throws Exception {
        receiver.then(200, answer("DONE"));
        act();
        Receiver.Heard heard = receiver.heard.getFirst();
        Verification verification = new Verification();
        assertTrue(isGenuine(verification, heard, KEY));
        assertFalse(isGenuine(verification, heard, KEY), "replayed");
        assertFalse(isGenuine(new Verification(), heard, "another key"));
        Receiver.Heard changed =
                new Receiver.Heard(
                        heard.method(),
                        heard.target(),
                        heard.headers(),
                        heard.body().replace("pool1", "pool3"));
        assertFalse(isGenuine(new Verification(), changed, KEY));
        Instant later = Instant.now().plusSeconds(400);
        assertFalse(
                new Verification()
                        .isGenuine(
                                KEY,
                                heard.header("Understudy-Id"),
                                heard.header("Understudy-Timestamp"),
                                heard.header("Understudy-Signature"),
                                heard.content(),
                                InstantSource.fixed(later)));
    }

    @ParameterizedTest
    @CsvSource({
        "DONE, Done",
        "RETRYABLE, Retryable",
        "NOT_DONE, Retryable",
        "REFUSED, Refused",
        "FATAL, Fatal",
        "UNCERTAIN, Uncertain",
        "SURELY, Uncertain",
        "'', Uncertain"
    })
    void whatTheReceiverSaysIsTheOutcome(String word, String outcome) {
        receiver.then(200, answer(word));
        assertEquals(outcome, act().getClass().getSimpleName());
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "401, Refused",
        "404, Refused",
        "408, Uncertain",
        "409, Refused",
        "429, Refused",
        "201, Uncertain",
        "204, Uncertain",
        "301, Uncertain",
        "303, Uncertain",
        "307, Fatal",
        "308, Fatal",
        "500, Uncertain",
        "502, Uncertain",
        "503, Uncertain",
        "504, Uncertain"
    })
    void aStatusSaysWhetherItMayHaveWorked(int status, String outcome) {
        receiver.then(status, "", "Location", "/elsewhere");
        assertEquals(outcome, act().getClass().getSimpleName());
        assertEquals(1, receiver.heard.size(), "no redirect is followed, nothing is sent twice");
    }

    @Test
    void whatWasBegunIsAskedUntilItIsDoneAndItsProgressIsTold() throws Exception {
        receiver.then(202, "", "Location", "/orders/1")
                .then(200, "{\"outcome\": \"UNDER_WAY\", \"message\": \"half\\u0007way\"}")
                .then(202, "")
                .then(503, "")
                .then(200, answer("DONE"));

        assertEquals(new StepOutcome.Done("as told"), act());

        assertEquals(1, receiver.posts());
        assertTrue(said.contains("half way"), said.toString());
        for (Receiver.Heard asked : receiver.heard.subList(1, 5)) {
            assertEquals("/orders/1", asked.target());
            assertTrue(isGenuine(new Verification(), asked, KEY));
        }
    }

    @Test
    void withoutALocationTheStatusUrlIsAskedForTheOrder() {
        receiver.then(202, "").then(200, answer("REFUSED"));
        assertEquals(new StepOutcome.Refused("as told", "do it"), act());
        assertEquals("/status?run=run-1&step=7&attempt=1", receiver.heard.getLast().target());

        receiver.then(202, "");
        assertInstanceOf(
                StepOutcome.Uncertain.class, act(Options.USUAL.status(Optional.empty()), LONG));
    }

    @Test
    void aPauseThatTheReceiverAsksForCountsBeforeOurOwn() {
        receiver.then(202, "", "Location", "/orders/1", "Retry-After", "1")
                .then(200, answer("DONE"));
        assertInstanceOf(
                StepOutcome.Done.class,
                act(Options.USUAL.pollInterval(Duration.ofSeconds(50)), LONG));
    }

    @Test
    void whatIsStillUnderWayAtTheLimitIsUncertain() {
        receiver.then(202, "", "Location", "/orders/1", "Retry-After", "3600");
        assertInstanceOf(StepOutcome.Uncertain.class, act(Options.USUAL, SHORT));
    }

    @Test
    void anAnswerThatDripsNeverComesOrIsHugeIsUncertainWithinTheLimits() {
        Options hasty = Options.USUAL.requestLimit(Duration.ofSeconds(2));
        receiver.thenDrip().thenSilence().then(200, " ".repeat(20_001));
        assertInstanceOf(StepOutcome.Uncertain.class, act(hasty, LONG));
        assertInstanceOf(StepOutcome.Uncertain.class, act(hasty, LONG));
        assertInstanceOf(StepOutcome.Uncertain.class, act());
        assertEquals(3, receiver.posts());
    }

    @Test
    void anAnswerThatIsNoUtf8OrNoJsonDoesNoHarm() {
        byte[] bytes = answer("DONE").replace("as told", "as #").getBytes(StandardCharsets.UTF_8);
        bytes[new String(bytes, StandardCharsets.UTF_8).indexOf('#')] = (byte) 0xff;
        receiver.then(exchange -> Receiver.reply(exchange, 200, bytes)).then(200, "<html>");
        assertEquals(new StepOutcome.Done("as \ufffd"), act());
        assertInstanceOf(StepOutcome.Uncertain.class, act());
    }

    @Test
    void aBrokenConnectionIsUncertain() {
        receiver.then(exchange -> {
            exchange.sendResponseHeaders(200, 500);
            exchange.getResponseBody().write('{');
            exchange.close();
        });
        assertInstanceOf(StepOutcome.Uncertain.class, act());
        assertEquals(1, receiver.posts());
    }

    @Test
    void anOrderWhoseAnswerIsLostIsDoneWhereTheReceiverSaysSoAndElseUncertain() {
        Receiver.Play broken =
                exchange -> {
                    exchange.sendResponseHeaders(200, 500);
                    exchange.close();
                };
        receiver.then(broken).then(200, answer("DONE"));
        assertEquals(new StepOutcome.Done("as told"), act());
        receiver.then(broken).then(200, answer("UNDER_WAY")).then(200, answer("REFUSED"));
        assertEquals(new StepOutcome.Refused("as told", "do it"), act());
        receiver.then(broken).then(200, answer("NOT_DONE"));
        assertInstanceOf(StepOutcome.Uncertain.class, act(), "it may come to it yet");
        assertEquals(3, receiver.posts());
    }

    @Test
    void aNameThatCouldBeTakenForCodeIsNotHandedOn() {
        Action hostile =
                new Action.ForceService(
                        new io.understudy.estate.StoreName("be1"),
                        List.of("rtc'; drop"),
                        new io.understudy.estate.SqlInstance(
                                new io.understudy.estate.ServerFqdn("sql2.contoso.com"), "rtc"),
                        io.understudy.estate.Position.MIRROR);
        assertInstanceOf(
                StepOutcome.Fatal.class,
                executor(Options.USUAL)
                        .act(
                                new StepCall("r", 1, 1, 1, hostile, Optional.empty(), LONG),
                                Progress.UNHEARD));
        assertEquals(0, receiver.heard.size());
    }

    @Test
    void anInterruptedCallIsUncertainAndStaysInterrupted() throws Exception {
        receiver.thenSilence();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> {
                            StepOutcome outcome = act();
                            interrupted.complete(
                                    outcome instanceof StepOutcome.Uncertain
                                            && Thread.currentThread().isInterrupted());
                        });
        assertTrue(receiver.begun.await(60, TimeUnit.SECONDS));
        caller.interrupt();
        assertTrue(interrupted.get(60, TimeUnit.SECONDS));
    }

    @Test
    void whereNobodyListensNothingHappenedAndItMayWorkLater() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        StepOutcome outcome = act(Options.USUAL.port(free), LONG);
        assertInstanceOf(StepOutcome.Retryable.class, outcome);
        assertTrue(outcome.message().contains("3 times"), outcome.message());
        assertEquals(2, said.size());
    }

    @Test
    void aBusyReceiverIsSentTheSameOrderAgainSignedAnew() throws Exception {
        receiver.then(503, "", "Retry-After", "0")
                .then(429, "", "Retry-After", "0")
                .then(200, answer("DONE"));

        assertInstanceOf(StepOutcome.Done.class, act());

        assertEquals(3, receiver.posts());
        assertEquals(
                1,
                receiver.heard.stream().map(h -> h.header("Idempotency-Key")).distinct().count());
        assertEquals(
                3, receiver.heard.stream().map(h -> h.header("Understudy-Id")).distinct().count());
        Verification verification = new Verification();
        for (Receiver.Heard heard : receiver.heard) {
            assertTrue(isGenuine(verification, heard, KEY));
        }
        receiver.then(503, "", "Retry-After", "3600");
        assertInstanceOf(StepOutcome.Retryable.class, act(), "it would be too late");
        assertEquals(4, receiver.posts());
    }

    @Test
    void theSameOrderIsSentOnceAndAnOlderTokenNever() {
        WebhookExecutor executor = executor(Options.USUAL);
        receiver.then(200, answer("DONE")).then(200, answer("DONE"));
        StepOutcome first = executor.act(call(1, 5, LONG), Progress.UNHEARD);
        assertEquals(first, executor.act(call(1, 5, LONG), Progress.UNHEARD));
        assertEquals(first, executor.act(call(1, 6, LONG), Progress.UNHEARD));
        assertEquals(1, receiver.posts());
        assertInstanceOf(
                StepOutcome.Refused.class, executor.act(call(2, 5, LONG), Progress.UNHEARD));
        assertEquals(1, receiver.posts());
        assertEquals(first, executor.act(call(2, 6, LONG), Progress.UNHEARD));
        assertEquals(2, receiver.posts());
    }

    @ParameterizedTest
    @CsvSource({
        "200, DONE, DONE",
        "200, NOT_DONE, NOT_DONE",
        "200, REFUSED, NOT_DONE",
        "200, FATAL, NOT_DONE",
        "200, UNDER_WAY, UNDER_WAY",
        "202, '', UNDER_WAY",
        "200, UNCERTAIN, CANNOT_TELL",
        "200, x, CANNOT_TELL",
        "404, NOT_DONE, CANNOT_TELL",
        "500, DONE, CANNOT_TELL"
    })
    void aCheckAsksHowTheOrderStands(int status, String word, Presence presence) {
        receiver.then(status, answer(word));
        assertEquals(presence, executor(Options.USUAL).check(call(2, 9, LONG)));
        assertEquals("/status?run=run-1&step=7&attempt=2", receiver.heard.getFirst().target());
        assertEquals("GET", receiver.heard.getFirst().method());
    }

    @Test
    void withoutAStatusUrlACheckCannotTellAndAsksNobody() {
        assertEquals(
                Presence.CANNOT_TELL,
                executor(Options.USUAL.status(Optional.empty())).check(call(1, 5, LONG)));
        assertEquals(0, receiver.heard.size());
    }

    @Test
    void aRehearsalShowsTheOrderAndSendsNone() {
        receiver.then(200, answer("NOT_DONE"));
        Rehearsal rehearsal = executor(Options.USUAL).rehearse(call(1, 5, LONG));
        assertEquals(Rehearsal.Verdict.WOULD_ACT, rehearsal.verdict());
        assertTrue(rehearsal.command().orElseThrow().contains("pool1.contoso.com"));
        assertEquals(0, receiver.posts());
    }

    @Test
    void aReceiverThatCannotProveWhoItIsHearsNothing() {
        StepOutcome outcome = act(Options.USUAL.trusting(false), LONG);
        assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertEquals(0, receiver.heard.size());
    }

    @Test
    void aReceiverThatAsksForACertificateGetsOursAndNobodyElses() throws IOException {
        try (Receiver strict = new Receiver(tls, true)) {
            strict.then(200, answer("DONE")).then(200, answer("DONE"));
            Options there = Options.USUAL.port(strict.port());
            assertFalse(act(there, LONG) instanceof StepOutcome.Done);
            assertEquals(0, strict.heard.size());
            assertInstanceOf(StepOutcome.Done.class, act(there.withIdentity(), LONG));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest/meta-data",
                "http://localhost/x",
                "https://evil.example/x",
                "//evil.example/x",
                "https://localhost:1/x",
                "ftp://localhost/x",
                "\u0000"
            })
    void aReceiverCannotSendUsElsewhere(String location) {
        receiver.then(202, "", "Location", location.replace("\u0000", "ht tp://x"));
        assertInstanceOf(
                StepOutcome.Uncertain.class, act(Options.USUAL.status(Optional.empty()), LONG));
        assertEquals(1, receiver.heard.size());
    }

    @Test
    void aNameThatTurnsToAForbiddenAddressIsNotCalledAgain() {
        AtomicInteger asked = new AtomicInteger();
        Destinations.Resolver rebinding =
                host ->
                        asked.getAndIncrement() == 0
                                ? InetAddress.getAllByName(host)
                                : new InetAddress[] {InetAddress.getByName("169.254.169.254")};
        receiver.then(202, "", "Location", "/orders/1").then(200, answer("DONE"));
        StepOutcome outcome = act(Options.USUAL.resolver(rebinding), LONG);
        assertInstanceOf(StepOutcome.Uncertain.class, outcome);
        assertTrue(outcome.message().contains("METADATA"), outcome.message());
        assertEquals(1, receiver.heard.size());
    }

    @Test
    void anAddressThatIsNotAllowedIsFatalBeforeAnythingIsSent() {
        Destinations.Resolver inside = _ -> new InetAddress[] {InetAddress.getByName("10.1.2.3")};
        StepOutcome outcome = act(Options.USUAL.resolver(inside), LONG);
        assertInstanceOf(StepOutcome.Fatal.class, outcome);
        assertTrue(outcome.message().contains("PRIVATE"), outcome.message());
        assertEquals(0, receiver.heard.size());
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedNamingTheKey() {
        WebhookSettings good = settings(Options.USUAL);
        WebhookSettings.Allowed nowhere = new WebhookSettings.Allowed(Set.of(), false, true, false);
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new WebhookSettings(
                                        good.endpoints(),
                                        nowhere,
                                        LONG,
                                        LONG,
                                        1,
                                        LONG,
                                        1,
                                        LONG,
                                        Optional.empty(),
                                        Optional.empty()));
        assertTrue(
                refusal.getMessage().startsWith("understudy.webhook.endpoints.fail-over-pool.url"),
                refusal.getMessage());
        assertNotEquals(good.allowed(), nowhere);
    }

    @Test
    void onlyWhatHasAnEndpointIsSupported() {
        WebhookExecutor executor = executor(Options.USUAL);
        assertTrue(executor.supports(ACTION));
        Action other = new Action.SyncBackup(new PoolFqdn("pool1.contoso.com"));
        assertFalse(executor.supports(other));
        assertInstanceOf(
                StepOutcome.Fatal.class,
                executor.act(
                        new StepCall("r", 1, 1, 1, other, Optional.empty(), LONG),
                        Progress.UNHEARD));
    }
}
