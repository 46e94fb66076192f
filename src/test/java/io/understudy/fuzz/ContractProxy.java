package io.understudy.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.understudy.api.ContractFilter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a tool that makes requests and the service, and judges every answer: none is a
 * failure of the service, and all are in the contract.
 */
final class ContractProxy implements AutoCloseable {

    /** Of one connection, not of the request; the client sets its own. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    private final URI service;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    ContractProxy(URI service) throws IOException {
        this.service = service;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests were answered. */
    int answers() {
        return answers.get();
    }

    /** What was wrong with answers, each kind once. */
    Set<String> failures() {
        return new TreeSet<>(failures);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpResponse<InputStream> response =
                    client.send(request(exchange, body), HttpResponse.BodyHandlers.ofInputStream());
            String type = response.headers().firstValue("Content-Type").orElse("");
            byte[] answer = new byte[0];
            try (InputStream in = response.body()) {
                // a stream of events does not end; who asked gets one without any
                if (!type.startsWith("text/event-stream")) {
                    answer = in.readAllBytes();
                    judge(
                            exchange,
                            new String(body, StandardCharsets.UTF_8),
                            response,
                            type,
                            answer);
                }
            }
            answers.incrementAndGet();
            response.headers().map().forEach((name, values) -> passOn(exchange, name, values));
            boolean none = answer.length == 0;
            exchange.sendResponseHeaders(response.statusCode(), none ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void passOn(HttpExchange exchange, String name, List<String> values) {
        if (!OF_THE_CONNECTION.contains(name)) {
            exchange.getResponseHeaders().put(name, values);
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
        return request.build();
    }

    private void judge(
            HttpExchange exchange,
            String sent,
            HttpResponse<?> response,
            String type,
            byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getRawPath();
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n" + sent;
        if (response.statusCode() >= 500) {
            failures.add(response.statusCode() + " for " + what + "\n" + text);
            return;
        }
        try {
            ContractFilter.check(
                    exchange.getRequestMethod(), path, response.statusCode(), type, text);
        } catch (AssertionError e) {
            failures.add(e.getMessage() + "\nfor " + what);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
