package io.understudy.adapter.webhook;

import io.understudy.runbook.Operation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is called, and within what bounds.
 *
 * @param endpoints by operation; one without is not supported
 * @param allowed where requests may go
 * @param requestLimit how long one request may take until its whole answer is there, more than
 *     nothing; default 30 s
 * @param checkLimit how long a check may take, more than nothing; default 10 s
 * @param answerLimit bytes of the longest answer, 1 to 1048576; default 65536
 * @param pollInterval pause between two questions whether it is done where the answer says none,
 *     more than nothing; default 2 s
 * @param attempts how often a request is sent where certainly nothing happened, 1 to 10; default 3
 * @param firstBackOff pause before the second, doubled with each further one; default 1 s
 * @param identity the client certificate to show; none where absent
 * @param trusted a PEM file of the certificates that may sign the servers'; those that Java trusts
 *     where absent
 */
public record WebhookSettings(
        Map<Operation, Endpoint> endpoints,
        Allowed allowed,
        Duration requestLimit,
        Duration checkLimit,
        int answerLimit,
        Duration pollInterval,
        int attempts,
        Duration firstBackOff,
        Optional<Identity> identity,
        Optional<Path> trusted) {

    private static final int MOST_ANSWER = 1 << 20;
    private static final int MOST_ATTEMPTS = 10;

    /**
     * Who carries an operation out.
     *
     * @param url where it is POSTed to
     * @param status where it is asked how an order stands; it cannot be told where absent
     * @param secret where the key of the signature is found, {@code env:NAME} and so on
     * @param timeLimit how long it may take; the step's own limit where absent or longer
     */
    public record Endpoint(
            URI url, Optional<URI> status, String secret, Optional<Duration> timeLimit) {}

    /**
     * Where requests may go.
     *
     * @param destinations {@code host:port}, or {@code .suffix} for all hosts below it
     * @param plainText whether http may be spoken as well as https
     * @param loopback whether this machine may be called
     * @param privateNetworks whether addresses that are not public may be called
     */
    public record Allowed(
            Set<String> destinations,
            boolean plainText,
            boolean loopback,
            boolean privateNetworks) {
        public Allowed {
            destinations = Set.copyOf(destinations);
        }
    }

    /**
     * A client certificate.
     *
     * @param keyStore a PKCS #12 file
     * @param password where its password is found
     */
    public record Identity(Path keyStore, String password) {}

    /** Settings that are checked. */
    public WebhookSettings {
        endpoints = endpoints.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(endpoints));
        require(requestLimit.isPositive(), "request-limit is more than nothing");
        require(checkLimit.isPositive(), "check-limit is more than nothing");
        require(pollInterval.isPositive(), "poll-interval is more than nothing");
        require(!firstBackOff.isNegative(), "first-back-off is not less than nothing");
        require(
                answerLimit >= 1 && answerLimit <= MOST_ANSWER,
                "answer-limit is 1 to " + MOST_ANSWER + " bytes");
        require(attempts >= 1 && attempts <= MOST_ATTEMPTS, "attempts is 1 to " + MOST_ATTEMPTS);
        for (Map.Entry<Operation, Endpoint> entry : endpoints.entrySet()) {
            String name = "endpoints." + entry.getKey().setting();
            Endpoint endpoint = entry.getValue();
            require(
                    endpoint.timeLimit().filter(limit -> !limit.isPositive()).isEmpty(),
                    name + ".time-limit is more than nothing");
            refuse(name + ".url", endpoint.url(), allowed);
            endpoint.status().ifPresent(url -> refuse(name + ".status", url, allowed));
        }
    }

    private static void refuse(String name, URI url, Allowed allowed) {
        Destinations.refusal(url, allowed).ifPresent(why -> require(false, name + ": " + why));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("understudy.webhook." + rule);
        }
    }
}
