package io.understudy.adapter.webhook;

import com.sun.net.httpserver.HttpExchange;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.conformance.Behaviour;
import io.understudy.conformance.Bench;
import io.understudy.conformance.ExecutorConformance;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.Position;
import io.understudy.estate.ServerFqdn;
import io.understudy.estate.SqlInstance;
import io.understudy.estate.StoreName;
import io.understudy.runbook.Action;
import io.understudy.runbook.Operation;
import io.understudy.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks keep what every executor must, before a service that keeps what docs ask of it. */
class WebhookConformanceTest extends ExecutorConformance {

    @TempDir private static Path directory;
    private static TestCertificates keys;
    private static SSLContext tls;

    @BeforeAll
    static void makeCertificates() {
        keys = TestCertificates.local(directory);
        tls = keys.context(keys);
    }

    @Override
    protected Bench bench() throws IOException {
        return new Service();
    }

    private static final class Service implements Bench {

        private static final String DONE = "{\"outcome\": \"DONE\", \"message\": \"done %s\"}";

        private final Receiver receiver = new Receiver(tls, false);
        private final Set<String> effects = ConcurrentHashMap.newKeySet();
        private final Set<String> begun = ConcurrentHashMap.newKeySet();
        private final StepExecutor executor = restarted();
        private volatile Behaviour behaviour = Behaviour.WELL;

        private Service() throws IOException {
            receiver.otherwise = this::answer;
        }

        private void answer(HttpExchange exchange) throws IOException {
            if (exchange.getRequestMethod().equals("GET")) {
                String query = exchange.getRequestURI().getQuery();
                String key = query.replaceAll("[a-z]+=", "").replace('&', '/');
                say(exchange, standing(key));
                return;
            }
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            switch (behaviour) {
                case HANG -> receiver.silence(exchange);
                case LATE -> {
                    begun.add(key);
                    Thread.ofVirtual().start(() -> carryOutLate(key));
                    receiver.silence(exchange);
                }
                case REFUSE -> say(exchange, "{\"outcome\": \"REFUSED\", \"message\": \"no\"}");
                case UNREACHABLE -> throw new IllegalStateException("it has no server");
                case WELL -> carryOut(key, exchange, DONE);
                case HUGE_OUTPUT -> carryOut(key, exchange, DONE + " ".repeat(5 << 20));
                case NOT_UTF8 -> {
                    effects.add(key);
                    byte[] body = DONE.getBytes(StandardCharsets.UTF_8);
                    body[DONE.indexOf('%')] = (byte) 0xff;
                    Receiver.reply(exchange, 200, body);
                }
                case DIE_AFTER_ACTING, PARTIAL_OUTPUT -> {
                    effects.add(key);
                    exchange.sendResponseHeaders(200, 500);
                    exchange.getResponseBody().write(DONE.getBytes(StandardCharsets.UTF_8), 0, 12);
                    exchange.close();
                }
                case SLOW_DRIP -> {
                    effects.add(key);
                    receiver.drip(exchange, DONE);
                }
                case ENDLESS_DRIP -> receiver.drip(exchange, " ".repeat(1 << 20));
            }
        }

        private String standing(String key) {
            if (effects.contains(key)) {
                return DONE;
            }
            return begun.contains(key)
                    ? "{\"outcome\": \"UNDER_WAY\"}"
                    : "{\"outcome\": \"NOT_DONE\"}";
        }

        private void carryOutLate(String key) {
            try {
                Thread.sleep(Duration.ofSeconds(5));
                effects.add(key);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void carryOut(String key, HttpExchange exchange, String answer) throws IOException {
            effects.add(key);
            say(exchange, answer);
        }

        private static void say(HttpExchange exchange, String answer) throws IOException {
            Receiver.reply(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public StepExecutor executor() {
            return executor;
        }

        @Override
        public StepExecutor restarted() {
            URI url = receiver.url("/orders");
            Map<Operation, WebhookSettings.Endpoint> endpoints = new HashMap<>();
            for (Operation operation : List.of(Operation.FAIL_OVER_POOL, Operation.FORCE_SERVICE)) {
                endpoints.put(
                        operation,
                        new WebhookSettings.Endpoint(
                                url,
                                Optional.of(receiver.url("/status")),
                                "file:key",
                                Optional.empty()));
            }
            return new WebhookExecutor(
                    new WebhookSettings(
                            endpoints,
                            new WebhookSettings.Allowed(
                                    Set.of("localhost:" + receiver.port()), false, true, false),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(10),
                            65_536,
                            Duration.ofMillis(100),
                            3,
                            Duration.ofMillis(50),
                            Optional.empty(),
                            Optional.of(keys.pem())),
                    _ -> "a key",
                    InstantSource.system(),
                    () -> UUID.randomUUID().toString());
        }

        @Override
        public Action action() {
            return new Action.FailOverPool(
                    new PoolFqdn("pool1.contoso.com"), new PoolFqdn("pool2.contoso.com"), true);
        }

        @Override
        public Optional<Action> hostile() {
            return Optional.of(
                    new Action.ForceService(
                            new StoreName("be1"),
                            List.of("rtc'; $(reboot)"),
                            new SqlInstance(new ServerFqdn("sql2.contoso.com"), "rtc"),
                            Position.MIRROR));
        }

        @Override
        public boolean behave(Behaviour next) {
            behaviour = next;
            if (next == Behaviour.UNREACHABLE) {
                receiver.close();
            }
            return true;
        }

        @Override
        public int effects() {
            return effects.size();
        }

        @Override
        public int orders() {
            return (int) receiver.posts();
        }

        @Override
        public void close() {
            receiver.close();
        }
    }
}
