package io.understudy.adapter.webhook;

import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * Signed requests of one call, on connections of its own, so that no stale one makes it doubtful
 * whether a request was heard. Redirects are not followed and proxies not used.
 */
final class Exchange implements AutoCloseable {

    private static final String CORRECT = "correct the setting";

    private final WebhookSettings settings;
    private final Destinations destinations;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final HttpClient client;

    /**
     * @throws SecretUnavailable when the client certificate cannot be used
     */
    Exchange(
            WebhookSettings settings,
            Destinations destinations,
            Secrets secrets,
            InstantSource clock,
            Supplier<String> ids) {
        this.settings = settings;
        this.destinations = destinations;
        this.secrets = secrets;
        this.clock = clock;
        this.ids = ids;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.requestLimit())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY);
        Tls.context(settings, secrets).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** Sends a document. */
    Reply post(URI url, String secret, String body, Map<String, String> headers, Duration limit)
            throws InterruptedException {
        return send(url, secret, body, headers, limit, true);
    }

    /** Asks. */
    Reply get(URI url, String secret, Map<String, String> headers, Duration limit)
            throws InterruptedException {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return send(url, secret, url.getRawPath() + query, headers, limit, false);
    }

    private Reply send(
            URI url,
            String secret,
            String content,
            Map<String, String> headers,
            Duration limit,
            boolean post)
            throws InterruptedException {
        HttpRequest request;
        try {
            Optional<String> refusal = destinations.refusal(url);
            if (refusal.isPresent()) {
                return new Reply.Forbidden(refusal.get(), CORRECT);
            }
            request = request(url, secrets.read(secret), content, headers, post);
        } catch (UnknownHostException e) {
            return new Reply.NotSent(url.getHost() + " has no address");
        } catch (SecretUnavailable e) {
            return new Reply.Forbidden(String.valueOf(e.getMessage()), "make the secret available");
        }
        return answer(request, url, limit);
    }

    private HttpRequest request(
            URI url, String secret, String content, Map<String, String> headers, boolean post) {
        String id = ids.get();
        long now = clock.instant().getEpochSecond();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .header("Accept", "application/json")
                        .header("User-Agent", "understudy")
                        .header("Understudy-Id", id)
                        .header("Understudy-Timestamp", Long.toString(now))
                        .header("Understudy-Signature", Signature.of(secret, id, now, content));
        headers.forEach(request::header);
        return post
                ? request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(content))
                        .build()
                : request.GET().build();
    }

    private Reply answer(HttpRequest request, URI url, Duration limit) throws InterruptedException {
        Duration most =
                limit.compareTo(settings.requestLimit()) < 0 ? limit : settings.requestLimit();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.answerLimit()));
        try {
            return answered(url, answer.get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return failed(url, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return new Reply.Lost(url.getHost() + " had not answered after " + most);
        } finally {
            answer.cancel(true);
        }
    }

    private static Reply failed(URI url, Throwable cause) {
        String why = url.getHost() + ": " + cause.getClass().getSimpleName();
        return switch (cause) {
            case ConnectException _, HttpConnectTimeoutException _ ->
                    new Reply.NotSent(why + ", no connection");
            case SSLHandshakeException tls ->
                    new Reply.Forbidden(
                            why + ": " + tls.getMessage(),
                            "check the server's certificate, and ours");
            default -> new Reply.Lost(why + ": " + cause.getMessage());
        };
    }

    private Reply answered(URI url, HttpResponse<byte[]> response) {
        Optional<URI> location =
                response.headers().firstValue("Location").flatMap(text -> resolved(url, text));
        return new Reply.Answered(
                response.statusCode(),
                new String(response.body(), StandardCharsets.UTF_8),
                location,
                response.headers()
                        .firstValue("Retry-After")
                        .flatMap(text -> RetryAfter.read(text, clock.instant())));
    }

    private static Optional<URI> resolved(URI url, String location) {
        try {
            return Optional.of(url.resolve(location));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
