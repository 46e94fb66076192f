package io.understudy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestPathsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    RequestPathsTest() {
        registry.config()
                .meterFilter(
                        new RequestPaths(path ->
                                path.startsWith("/stores/")
                                        ? Optional.of("/stores/{name}")
                                        : Optional.empty()));
    }

    private String counted() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getTag("uri"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void request(String path, String status) {
        registry.timer("http.server.requests", "uri", path, "status", status);
    }

    @Test
    void whatIsRefusedCountsForThePathOfTheContract() {
        request("/stores/be1", "401");
        request("/stores/be2", "401");
        request("/stores/{name}", "401");

        assertEquals("/stores/{name}", counted());
    }

    @Test
    void pathsThatAreMadeUpAreOne() {
        for (int i = 0; i < 200; i++) {
            request("/nosuch/" + i, "401");
        }

        assertEquals("UNMATCHED", counted());
    }

    @Test
    void pathsThatAreMadeUpAreOneHoweverTheyEnd() {
        for (int i = 0; i < 200; i++) {
            request("/nosuch/" + i, "503");
            request("/nosuch/" + i, "RESET");
        }

        assertEquals("UNMATCHED UNMATCHED", counted());
    }

    @Test
    void methodsThatAreMadeUpAreOne() {
        for (int i = 0; i < 200; i++) {
            registry.timer("http.server.requests", "method", "AAAA" + i, "uri", "/stores/be1");
            registry.timer("http.server.requests", "method", "POST", "uri", "NOT_FOUND");
            registry.timer("http.server.requests", "method", "BBBB" + i, "uri", "NOT_FOUND");
        }

        assertEquals(
                "OTHER /stores/{name}, OTHER NOT_FOUND, POST NOT_FOUND",
                registry.getMeters().stream()
                        .map(Meter::getId)
                        .map(id -> id.getTag("method") + " " + id.getTag("uri"))
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void whatIsAnsweredBesideTheContractKeepsItsName() {
        request("/q/health", "200");
        request("NOT_FOUND", "404");

        assertEquals("/q/health NOT_FOUND", counted());
    }
}
