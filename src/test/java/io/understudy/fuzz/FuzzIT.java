package io.understudy.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.api.ContractFilter;
import io.understudy.e2e.Service;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of requests made at random: none makes the service fail, and every answer is one that
 * the contract knows.
 *
 * <p>Request n is made of the seed {@code fuzz.seed} + n, so that each can be made again alone;
 * there are {@code fuzz.requests} of them.
 */
class FuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_127L);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1_500);

    /** After so many requests it is looked anew what there is, so that it can be asked for. */
    private static final int LOOK_EVERY = 250;

    private static final int MOST_FAILURES = 20;

    @TempDir private Path data;

    @Test
    void noRequestMakesItFailAndEveryAnswerIsInTheContract() throws IOException {
        try (Service service = Service.start(data, Map.of())) {
            List<String> failures = new ArrayList<>();
            List<String> words = List.of();
            for (int i = 0; i < REQUESTS && failures.size() < MOST_FAILURES; i++) {
                words = i % LOOK_EVERY == 0 ? words(service) : words;
                long seed = SEED + i;
                wrong(service, FuzzedRequest.of(seed, words), failures, seed);
            }
            assertEquals(
                    List.of(),
                    failures,
                    failures.size() + " requests; again with -Dfuzz.seed=<seed> -Dfuzz.requests=1");
            service.get("/api/v1/runs");
        }
    }

    private static void wrong(
            Service service, FuzzedRequest request, List<String> failures, long seed)
            throws IOException {
        Exchange answer;
        try {
            answer = Exchange.send(URI.create(service.address()), request.bytes(Service.KEY));
        } catch (SocketException e) {
            // it is cut off who sends far more than is taken
            return;
        }
        if (answer.status() >= 500) {
            failures.add("\nseed " + seed + ": " + request + "\n  -> " + answer);
        } else if (request.plain() && answer.status() > 0 && !isOfTheServer(answer)) {
            String path = request.target().replaceFirst("[?].*", "");
            try {
                ContractFilter.check(
                        request.method(), path, answer.status(), answer.type(), answer.body());
            } catch (AssertionError e) {
                failures.add("\nseed " + seed + ": " + request + "\n  -> " + e.getMessage());
            }
        }
    }

    /**
     * A stream, which does not end, or what the HTTP server refuses before anybody can look at it.
     */
    private static boolean isOfTheServer(Exchange answer) {
        return answer.type().equals("text/event-stream")
                || answer.type().isEmpty() && Set.of(400, 414, 431).contains(answer.status());
    }

    /** What the estate is called, and what there is by now. */
    private static List<String> words(Service service) {
        List<String> words = new ArrayList<>(Words.OF_AN_ESTATE);
        for (String list : List.of("runs", "incidents", "freeze", "maintenance")) {
            JsonNode items = service.get("/api/v1/" + list).path("items");
            for (int i = 0; i < Math.min(3, items.size()); i++) {
                words.add(items.get(i).path(items.get(i).has("id") ? "id" : "name").asText());
            }
        }
        return words;
    }
}
