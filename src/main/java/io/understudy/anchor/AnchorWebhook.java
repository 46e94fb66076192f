package io.understudy.anchor;

import io.understudy.audit.ChainHead;
import io.understudy.outbound.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Anchors as POSTs to a service of yours: {@code {"number": 12, "hash": "9f86…", "at": "…"}}, which
 * must be answered with a status from 200 to 299.
 */
public final class AnchorWebhook implements AnchorPlace {

    private static final String SETTING = "understudy.audit.anchor.url";

    private static final String SETTING_OF_SECRET = "understudy.audit.anchor.authorization";

    private final URI url;
    private final HttpClient client;
    private final Supplier<Optional<String>> authorization;
    private final Duration timeLimit;

    /**
     * @param client one that follows no redirects
     * @param authorization the value of the header Authorization, read at each use
     * @throws IllegalArgumentException when the URL is not https
     */
    public AnchorWebhook(
            URI url,
            HttpClient client,
            Supplier<Optional<String>> authorization,
            Duration timeLimit) {
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    SETTING
                            + " must be an https URL: an anchor that can be changed on its way is"
                            + " none");
        }
        this.url = url;
        this.client = client;
        this.authorization = authorization;
        this.timeLimit = timeLimit;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Optional<Anchored> newest() {
        return Optional.empty();
    }

    @Override
    public void keep(ChainHead head, Instant at) throws IOException {
        Optional<String> forbidden = Addresses.refusal(url.getHost());
        if (forbidden.isPresent()) {
            throw new IOException("the service at " + SETTING + ": " + forbidden.get());
        }
        String body =
                "{\"number\":%d,\"hash\":\"%s\",\"at\":\"%s\"}"
                        .formatted(head.number(), head.hash(), at.truncatedTo(ChronoUnit.MICROS));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(timeLimit)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        try {
            authorization.get().ifPresent(value -> request.header("Authorization", value));
        } catch (IllegalArgumentException e) {
            // its message would show the secret
            throw new IOException(
                    "the secret at "
                            + SETTING_OF_SECRET
                            + " has characters that no header may have, a second line for instance");
        }
        try {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status < 200 || status > 299) {
                throw new IOException(
                        "the service at "
                                + SETTING
                                + " answered "
                                + status
                                + " instead of 200 to 299");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the service at " + SETTING + " was asked", e);
        }
    }
}
