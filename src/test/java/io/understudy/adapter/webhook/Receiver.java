package io.understudy.adapter.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Somebody's service that takes signed requests, over real HTTPS. */
final class Receiver implements AutoCloseable {

    /** What it was asked. */
    record Heard(String method, String target, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }

        /** What its signature is of. */
        String content() {
            return method.equals("GET") ? target : body;
        }
    }

    /** How it answers one request. */
    interface Play {
        void answer(HttpExchange exchange) throws IOException;
    }

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);

    /** Answers what nothing was laid down for. */
    volatile Play otherwise = exchange -> reply(exchange, 500, new byte[0]);

    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<Play> plays = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;

    Receiver(SSLContext tls, boolean clientsMustProveThemselves) throws IOException {
        server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ours = getSSLContext().getDefaultSSLParameters();
                        ours.setNeedClientAuth(clientsMustProveThemselves);
                        parameters.setSSLParameters(ours);
                    }
                });
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url(String path) {
        return URI.create("https://localhost:" + port() + path);
    }

    Receiver then(Play play) {
        plays.add(play);
        return this;
    }

    Receiver then(int status, String body, String... headers) {
        return then(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Begins an answer, sends a byte now and then, and never ends. */
    Receiver thenDrip() {
        return then(exchange -> drip(exchange, " ".repeat(1_000_000)));
    }

    /** Sends an answer byte by byte. */
    void drip(HttpExchange exchange, String body) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            for (byte one : body.getBytes(StandardCharsets.UTF_8)) {
                if (end.await(20, TimeUnit.MILLISECONDS)) {
                    break;
                }
                exchange.getResponseBody().write(one);
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    /** Hears the request and says nothing. */
    Receiver thenSilence() {
        return then(this::silence);
    }

    void silence(HttpExchange exchange) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    long posts() {
        return heard.stream().filter(request -> request.method().equals("POST")).count();
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(
                new Heard(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        new Headers(Map.copyOf(exchange.getRequestHeaders())),
                        body));
        begun.countDown();
        Play play = plays.poll();
        (play == null ? otherwise : play).answer(exchange);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
