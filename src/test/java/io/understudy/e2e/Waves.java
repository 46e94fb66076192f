package io.understudy.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Principals of stores that fail in waves, never to return; each store once. */
final class Waves implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ThreeReplicas replicas;
    private final ManyPools estate;
    private final Random chance;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final Semaphore stop = new Semaphore(0);
    private final Thread thread;

    /**
     * @param each how many stores fail in one wave
     * @param pause between two waves
     */
    Waves(ThreeReplicas replicas, ManyPools estate, int each, Duration pause, long seed) {
        this.replicas = replicas;
        this.estate = estate;
        this.chance = new Random(seed);
        this.thread = Thread.ofVirtual().start(() -> go(each, pause));
    }

    private void go(int each, Duration pause) {
        try {
            for (int store = 0; store < estate.pools(); store++) {
                boolean done = kill(estate.principal(store));
                while (!done) {
                    if (over(AGAIN)) {
                        return;
                    }
                    done = kill(estate.principal(store));
                }
                lost.add(estate.storeName(store));
                if (store % each == each - 1 && over(pause)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean over(Duration pause) throws InterruptedException {
        return stop.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it is certainly dead. Twice is no more dead than once. */
    private boolean kill(String target) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        replicas.any(chance).address()
                                                + "/api/v1/simulator/faults"))
                        .header("Authorization", "Bearer " + Service.KEY)
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"fault\":\"KILL\",\"target\":\"%s\"}".formatted(target)))
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 201;
        } catch (IOException e) {
            // the replica is away, or hangs: another one is told
            return false;
        }
    }

    /** The stores that have lost their principal, once no more do. */
    List<String> stopped() {
        close();
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        stop.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
