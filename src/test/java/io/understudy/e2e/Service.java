package io.understudy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged service in a process of its own, on a port that it chooses, with a data directory
 * that is given.
 */
public final class Service implements AutoCloseable {

    public static final String KEY = "the-first-key-of-the-tests";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING =
            Pattern.compile(
                    "Listening on: (https?://127\\.0\\.0\\.1:\\d+)(?: and (https://127\\.0\\.0\\.1:\\d+))?");
    private static final Duration START_LIMIT = Duration.ofSeconds(240);
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final String address;
    private final String secureAddress;
    private final StringBuffer log;
    private final HttpClient http = HttpClient.newHttpClient();

    private Service(Process process, MatchResult listening, StringBuffer log) {
        this.process = process;
        this.address = listening.group(1);
        this.secureAddress = listening.group(2) == null ? listening.group(1) : listening.group(2);
        this.log = log;
    }

    /** Starts it and returns once it listens. */
    public static Service start(Path data, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        // lives for seconds: what is compiled quickly is compiled well enough
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar")
                                .toAbsolutePath()
                                .toString());
        builder.environment()
                .putAll(
                        Map.of(
                                "QUARKUS_HTTP_PORT",
                                "0",
                                "UNDERSTUDY_DATA_DIR",
                                data.toString(),
                                "UNDERSTUDY_ADMIN_KEY",
                                KEY));
        builder.environment().putAll(environment);
        StringBuffer log = new StringBuffer();
        try {
            Process process = builder.redirectErrorStream(true).start();
            try {
                MatchResult listening =
                        listening(process, log).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
                return new Service(process, listening, log);
            } catch (Exception e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (Exception e) {
            throw new IllegalStateException("the service did not start: " + log, e);
        }
    }

    /**
     * Its log is read to the end, so that it never blocks on it; shown if it ends before it
     * listens.
     */
    private static CompletableFuture<MatchResult> listening(Process process, StringBuffer said) {
        CompletableFuture<MatchResult> address = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
                        for (String line = log.readLine(); line != null; line = log.readLine()) {
                            Matcher matcher = LISTENING.matcher(line);
                            if (matcher.find()) {
                                address.complete(matcher.toMatchResult());
                            }
                            said.append(line).append('\n');
                        }
                        address.completeExceptionally(new IllegalStateException(said.toString()));
                    } catch (IOException e) {
                        address.completeExceptionally(e);
                    }
                });
        return address;
    }

    /** The scheme, host and port at which it listens. */
    public String address() {
        return address;
    }

    /** The same with TLS. */
    String secureAddress() {
        return secureAddress;
    }

    /** What it has said so far, on both streams. */
    String log() {
        return log.toString();
    }

    public JsonNode get(String path) {
        return json(send(request(path).GET().build()), 200);
    }

    String text(String path, String accept) {
        return send(request(path).header("Accept", accept).GET().build()).body();
    }

    JsonNode post(String path, String body, int expected) {
        return json(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build()),
                expected);
    }

    /** The same in the name of another key. */
    JsonNode postAs(String key, String path, String body, int expected) {
        return json(
                send(
                        request(path)
                                .setHeader("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build()),
                expected);
    }

    JsonNode put(String path, String body, Map<String, String> headers, int expected) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return json(send(request.build()), expected);
    }

    /** Breaks something in the simulator. */
    void fault(String fault, String target) {
        post(
                "/api/v1/simulator/faults",
                "{\"fault\":\"%s\",\"target\":\"%s\"}".formatted(fault, target),
                201);
    }

    /**
     * What {@code path} answers once it is as wanted; asked again whenever the service tells that
     * something happened.
     */
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + WAIT_LIMIT.toNanos();
        try (Stream<String> events =
                http.send(
                                request("/api/v1/events").timeout(WAIT_LIMIT).GET().build(),
                                BodyHandlers.ofLines())
                        .body()) {
            Iterator<String> lines = events.iterator();
            JsonNode last = get(path);
            while (!wanted.test(last)) {
                if (System.nanoTime() > deadline || !lines.hasNext()) {
                    throw new AssertionError(
                            path + " does not become as wanted: " + last.toPrettyString());
                }
                lines.next();
                last = get(path);
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest run of a remediation, once there is one in this state. */
    JsonNode awaitRun(String remediation, String state) {
        JsonNode runs =
                await(
                        "/api/v1/runs",
                        page -> {
                            JsonNode failed = found(page, remediation, "FAILED");
                            if (failed != null && !state.equals("FAILED")) {
                                throw new AssertionError("it failed: " + failed.toPrettyString());
                            }
                            return found(page, remediation, state) != null;
                        });
        return get("/api/v1/runs/" + found(runs, remediation, state).get("id").asText());
    }

    private static JsonNode found(JsonNode page, String remediation, String state) {
        for (JsonNode run : page.get("items")) {
            if (run.get("remediation").asText().equals(remediation)
                    && run.get("state").asText().equals(state)) {
                return run;
            }
        }
        return null;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + KEY);
    }

    /** Whatever it answers. */
    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response, int expected) {
        if (response.statusCode() != expected) {
            throw new AssertionError(response + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks until the answer has this status; for what cannot be waited for by events, which need
     * the database, too.
     */
    JsonNode awaitStatus(String path, int status) {
        long deadline = System.nanoTime() + WAIT_LIMIT.toNanos();
        HttpResponse<String> answer = send(request(path).GET().build());
        while (answer.statusCode() != status && System.nanoTime() < deadline) {
            answer = send(request(path).GET().build());
        }
        return json(answer, status);
    }

    /** The most memory that it ever had. */
    long peakMemoryMebibytes() throws IOException {
        Path status = Path.of("/proc", "" + process.pid(), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** How long it has computed since it was started, on all processors together. */
    Duration computed() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The lines of a stream until it ends, and then when that was, in milliseconds. */
    List<String> lines(String path) {
        try (Stream<String> lines =
                http.send(request(path).timeout(WAIT_LIMIT).GET().build(), BodyHandlers.ofLines())
                        .body()) {
            List<String> all = new ArrayList<>(lines.toList());
            all.add(Long.toString(System.currentTimeMillis()));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends it a signal: STOP, CONT. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * As SIGTERM does; returns once a database that it has brought has let go of its files, too.
     */
    @Override
    public void close() {
        List<ProcessHandle> databases =
                process.descendants()
                        .filter(p -> p.info().command().orElse("").endsWith("/postgres"))
                        .toList();
        process.destroy();
        if (!ended(process.toHandle())) {
            kill();
        }
        databases.forEach(Service::ended);
    }

    private static boolean ended(ProcessHandle process) {
        return !process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join().isAlive();
    }
}
