package io.understudy.e2e;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Alerts as they come when much fails at once, at a steady rate whatever the answers: seven of ten
 * in Alertmanager's groups, two in batches of observations, one alone. What is refused is not sent
 * again, so that the rate stays what it is.
 */
final class AlertStorm {

    private static final int IN_A_GROUP = 50;
    private static final int IN_A_BATCH = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One in so many turns of a tenth of a second brings so many requests of each kind. */
    private static final Duration TURN = Duration.ofMillis(100);

    private final Service service;
    private final int perTurn;
    private final int turns;

    /** As monitoring systems speak. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Long> millis = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<?>> answers = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private double owed;
    private double owedBatches;
    private double owedGroups;
    private int turn;

    /**
     * @param alerts how many in all
     * @param time within which they are sent
     */
    AlertStorm(Service service, int alerts, Duration time) {
        this.service = service;
        this.turns = Math.toIntExact(time.dividedBy(TURN));
        this.perTurn = alerts / turns;
    }

    /** What became of it. */
    record Result(
            List<String> accepted,
            int sent,
            List<Integer> refused,
            int unanswered,
            List<Long> millis) {

        long percentile(double share) {
            List<Long> sorted = millis.stream().sorted().toList();
            return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
        }
    }

    /** Sends everything; calls {@code halfway} then, and returns when all is answered. */
    Result blow(Runnable halfway) {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.scheduleAtFixedRate(this::turn, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
            clock.schedule(halfway, TURN.multipliedBy(turns).toMillis() / 2, TimeUnit.MILLISECONDS);
            over.join();
            clock.shutdownNow();
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        return new Result(
                List.copyOf(accepted),
                sent.get(),
                List.copyOf(refused),
                unanswered.get(),
                List.copyOf(millis));
    }

    private void turn() {
        if (turn++ == turns) {
            over.complete(null);
            return;
        }
        try {
            owedGroups += perTurn * 0.7 / IN_A_GROUP;
            owedBatches += perTurn * 0.2 / IN_A_BATCH;
            owed += perTurn * 0.1;
            for (; owedGroups >= 1; owedGroups--) {
                group();
            }
            for (; owedBatches >= 1; owedBatches--) {
                batch(IN_A_BATCH);
            }
            for (; owed >= 1; owed--) {
                batch(1);
            }
        } catch (RuntimeException e) {
            over.completeExceptionally(e);
        }
    }

    private void group() {
        List<Integer> numbers = numbers(IN_A_GROUP);
        Instant now = Instant.now();
        String alerts = numbers.stream().map(n -> alert(n, now)).collect(Collectors.joining(","));
        send(
                "/api/v1/webhooks/alertmanager",
                """
                {"receiver": "failover", "status": "firing", "groupLabels": {}, "commonLabels": {},
                 "commonAnnotations": {}, "externalURL": "http://alerts:9093", "version": "4",
                 "groupKey": "{}", "truncatedAlerts": 0, "alerts": [%s]}
                """
                        .formatted(alerts),
                numbers.stream().map(n -> "am-storm" + n + "-" + now + "-firing").toList());
    }

    /** A member of a pool that has trouble, or a server that Lisbon alone cannot reach. */
    private static String alert(int number, Instant at) {
        String labels =
                number % 2 == 0
                        ? "\"pool\": \"pool%d.contoso.com\", \"instance\": \"app%d\""
                                .formatted(3 + number / 2 % 2, number)
                        : "\"instance\": \"fe%d.contoso.com\", \"job\": \"job%d\""
                                .formatted(7 + number / 2 % 6, number);
        return """
        {"status": "firing", "labels": {"alertname": "Trouble", "site": "lisbon", %s},
         "annotations": {"summary": "it does not answer as it should"}, "startsAt": "%s",
         "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus:9090/graph",
         "fingerprint": "storm%d"}\
        """
                .formatted(labels, at, number);
    }

    private void batch(int size) {
        List<Integer> numbers = numbers(size);
        Instant now = Instant.now();
        send(
                "/api/v1/observations",
                numbers.stream()
                        .map(n -> observation(n, now))
                        .collect(Collectors.joining(",", "[", "]")),
                numbers.stream().map(n -> "storm-" + n).toList());
    }

    private static String observation(int number, Instant at) {
        return """
        {"id": "storm-%d", "component": "server:fe%d.contoso.com", "status": "DEGRADED",
         "observer": "o-lisbon", "observedAt": "%s", "signal": "agent%d"}\
        """
                .formatted(number, 7 + number % 6, at, number % 200);
    }

    private List<Integer> numbers(int count) {
        int first = sent.getAndAdd(count);
        return IntStream.range(first, first + count).boxed().toList();
    }

    private void send(String path, String body, List<String> ids) {
        long begun = System.nanoTime();
        HttpRequest request =
                service.request(path)
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        answers.add(
                http.sendAsync(request, BodyHandlers.ofString())
                        .thenAccept(answer -> took(answer, ids, begun))
                        .exceptionally(this::unanswered));
    }

    /**
     * Its sender has waited long enough, and would send it again: it does not count as accepted.
     */
    private Void unanswered(Throwable thrown) {
        if (!(thrown.getCause() instanceof HttpTimeoutException)) {
            throw new CompletionException(thrown);
        }
        unanswered.incrementAndGet();
        return null;
    }

    private void took(HttpResponse<String> answer, List<String> ids, long begun) {
        millis.add((System.nanoTime() - begun) / 1_000_000);
        switch (answer.statusCode()) {
            case 202 -> accepted.addAll(ids);
            case 429, 503 -> {
                if (answer.headers().firstValue("Retry-After").isEmpty()) {
                    throw new AssertionError(answer + " does not say when to come again");
                }
                refused.add(answer.statusCode());
            }
            default -> throw new AssertionError(answer + ": " + answer.body());
        }
    }
}
