package io.understudy.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.e2e.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that others wrote makes requests out of the contract, good ones and bad ones.
 *
 * <p>{@code specmatic.seconds} is how long it may, {@code specmatic.combinations} how many ways of
 * filling in one body it tries; the estate alone has some thousands.
 */
class SpecmaticIT {

    private static final long SECONDS = Long.getLong("specmatic.seconds", 90);
    private static final int COMBINATIONS = Integer.getInteger("specmatic.combinations", 1);
    private static final int FEWEST_ANSWERS = 100;

    private static final Path PROGRAM =
            Path.of("src/test/specmatic/node_modules/specmatic/specmatic.jar");

    @TempDir private Path data;

    @Test
    void itsRequestsMakeNothingFailAndEveryAnswerIsInTheContract() throws Exception {
        assumeTrue(
                Files.exists(PROGRAM),
                "Specmatic is not installed: npm ci --ignore-scripts in src/test/specmatic does");
        try (Service service = Service.start(data, Map.of());
                ContractProxy proxy = new ContractProxy(URI.create(service.address()))) {
            String said = run(proxy.address());
            assertEquals(Set.of(), proxy.failures());
            assertTrue(proxy.answers() >= FEWEST_ANSWERS, proxy.answers() + " answers: " + said);
        }
    }

    /** What it says at its end; that its time is over before is no failure. */
    private String run(String address) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("target", "specmatic"));
        Path log = directory.resolve("specmatic.log");
        ProcessBuilder specmatic =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                PROGRAM.toAbsolutePath().toString(),
                                "test",
                                Path.of("openapi.yaml").toAbsolutePath().toString(),
                                "--testBaseURL=" + address)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        specmatic
                .environment()
                .putAll(
                        Map.of(
                                // the name of the contract's security scheme
                                "apiKey",
                                Service.KEY,
                                "SPECMATIC_GENERATIVE_TESTS",
                                "true",
                                "MAX_TEST_REQUEST_COMBINATIONS",
                                Integer.toString(COMBINATIONS)));
        Process process = specmatic.start();
        try {
            process.waitFor(SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log)
                .lines()
                .skip(Math.max(0, Files.lines(log).count() - 20))
                .toList()
                .toString();
    }
}
