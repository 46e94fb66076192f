package io.understudy.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Monitoring systems that say something all the time, to any replica, and say it again until it is
 * accepted.
 */
final class Posters implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int BATCH = 5;

    private final ThreeReplicas replicas;
    private final ManyPools estate;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Semaphore stop = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    Posters(ThreeReplicas replicas, ManyPools estate, int count, long seed) {
        this.replicas = replicas;
        this.estate = estate;
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> post(number, new Random(seed + number))));
        }
    }

    private void post(int poster, Random chance) {
        try {
            for (int batch = 0; !pause(); batch++) {
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    ids.add("poster-%d-%d-%d".formatted(poster, batch, i));
                }
                String body = body(ids, chance);
                boolean done = accepts(body, chance);
                while (!done && !pause()) {
                    done = accepts(body, chance);
                }
                if (done) {
                    accepted.addAll(ids);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is time to stop. */
    private boolean pause() throws InterruptedException {
        boolean over = stop.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (over) {
            stop.release();
        }
        return over;
    }

    private String body(List<String> ids, Random chance) {
        List<String> all = new ArrayList<>();
        for (String id : ids) {
            all.add(
                    """
                    {"id": "%s", "component": "%s", "status": "UP", "observer": "o-lisbon",
                     "observedAt": "%s"}
                    """
                            .formatted(
                                    id,
                                    estate.fileStore(chance.nextInt(estate.pools())),
                                    Instant.now()));
        }
        return "[" + String.join(",", all) + "]";
    }

    private boolean accepts(String body, Random chance) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(replicas.any(chance).address() + "/api/v1/observations"))
                        .header("Authorization", "Bearer " + Service.KEY)
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 202;
        } catch (IOException e) {
            // the replica is away, or hangs: another one may take it
            return false;
        }
    }

    /** The ids of all that was accepted, once nobody posts any more. */
    Set<String> stopped() {
        close();
        return Set.copyOf(accepted);
    }

    @Override
    public void close() {
        stop.release();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
