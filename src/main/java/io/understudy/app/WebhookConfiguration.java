package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.understudy.adapter.webhook.WebhookSettings;
import io.understudy.runbook.Operation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services that carry actions out when they are POSTed to; none by default. */
@ConfigMapping(prefix = "understudy.webhook")
interface WebhookConfiguration {

    /** By operation: fail-over-pool and so on. */
    Map<String, Endpoint> endpoints();

    /** Where requests may go: {@code host:port}, or {@code .suffix}; nowhere by default. */
    Optional<Set<String>> allowedDestinations();

    /** Whether http may be spoken; default false. */
    @WithDefault("false")
    boolean plainTextAllowed();

    /** Whether this machine may be called; default false. */
    @WithDefault("false")
    boolean loopbackAllowed();

    /** Whether addresses that are not public may be called; default false. */
    @WithDefault("false")
    boolean privateAllowed();

    /** How long one request may take until its whole answer is there; default 30 s. */
    @WithDefault("PT30S")
    Duration requestLimit();

    /** How long a check may take; default 10 s. */
    @WithDefault("PT10S")
    Duration checkLimit();

    /** Bytes of the longest answer; 1 to 1,048,576, default 65,536. */
    @WithDefault("65536")
    int answerLimit();

    /** Pause between two questions whether it is done; default 2 s. */
    @WithDefault("PT2S")
    Duration pollInterval();

    /** How often a request is sent where certainly nothing happened; 1 to 10, default 3. */
    @WithDefault("3")
    int attempts();

    /** Pause before the second, doubled with each further one; default 1 s. */
    @WithDefault("PT1S")
    Duration firstBackOff();

    /** PKCS #12 file with the client certificate to show; none by default. */
    Optional<Path> clientKeyStore();

    /** Where its password is found: {@code file:NAME} and so on. */
    Optional<String> clientKeyStorePassword();

    /** PEM file of the certificates that may sign the servers'; default: those of Java. */
    Optional<Path> trustedCertificates();

    /** Who carries an operation out. */
    interface Endpoint {
        /** Where it is POSTed to. */
        URI url();

        /** Where it is asked how an order stands. */
        Optional<URI> status();

        /** Where the key of the signature is found: {@code file:NAME} and so on. */
        String secret();

        /** How long it may take; the step's own limit where absent or longer. */
        Optional<Duration> timeLimit();
    }

    /** The same in the words of the executor. */
    default WebhookSettings settings() {
        Map<Operation, WebhookSettings.Endpoint> endpoints = new EnumMap<>(Operation.class);
        endpoints()
                .forEach((kind, endpoint) ->
                        endpoints.put(
                                Operations.named("understudy.webhook.endpoints.", kind),
                                new WebhookSettings.Endpoint(
                                        endpoint.url(),
                                        endpoint.status(),
                                        endpoint.secret(),
                                        endpoint.timeLimit())));
        return new WebhookSettings(
                endpoints,
                new WebhookSettings.Allowed(
                        allowedDestinations().orElse(Set.of()),
                        plainTextAllowed(),
                        loopbackAllowed(),
                        privateAllowed()),
                requestLimit(),
                checkLimit(),
                answerLimit(),
                pollInterval(),
                attempts(),
                firstBackOff(),
                clientKeyStore()
                        .map(store ->
                                new WebhookSettings.Identity(
                                        store,
                                        clientKeyStorePassword()
                                                .orElseThrow(() ->
                                                        new IllegalArgumentException(
                                                                "understudy.webhook.client-key-store-password"
                                                                        + " is needed with"
                                                                        + " understudy.webhook.client-key-store")))),
                trustedCertificates());
    }
}
