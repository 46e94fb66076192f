package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.understudy.access.Refusals;
import io.understudy.access.SeenSignatures;
import io.understudy.access.Signatures;
import io.understudy.access.Signatures.Signed;
import io.understudy.access.Signatures.Verdict;
import io.understudy.adapter.spi.Secrets;
import io.understudy.adapter.spi.Secrets.SecretUnavailable;
import io.understudy.estate.ObserverName;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;

/** Lets in what monitoring systems send when they have shown all that they have to. */
@Singleton
final class Monitors {

    private static final Logger LOG = Logger.getLogger(Monitors.class);
    private static final Duration SECRET_MAY_BE_BACK = Duration.ofSeconds(10);

    private final MonitorSettings settings;
    private final Secrets secrets;
    private final SeenSignatures seen;
    private final Refusals refusals;
    private final InstantSource clock;

    @Inject
    Monitors(
            MonitorSettings settings,
            Secrets secrets,
            SeenSignatures seen,
            Refusals refusals,
            ApiSeams seams) {
        this.settings = settings;
        this.secrets = secrets;
        this.seen = seen;
        this.refusals = refusals;
        this.clock = seams.clock();
    }

    /**
     * Lets in what somebody with a valid key sends, or throws a problem.
     *
     * @return whom everything in it is told by, where that does not depend on what it says
     */
    Optional<ObserverName> admit(SecurityIdentity who, RoutingContext context, byte[] body) {
        String name = who.getPrincipal().getName();
        MonitorSettings.Monitor monitor = settings.monitors().get(name);
        if (monitor == null) {
            return Optional.empty();
        }
        monitor.certificate()
                .filter(whom -> !shows(whom, context.request()))
                .ifPresent(
                        whom -> refuse(name, "CERTIFICATE", "it shows no certificate for " + whom));
        if (!monitor.secrets().isEmpty()) {
            signed(name, monitor.secrets(), context.request(), body);
        }
        return monitor.observer();
    }

    private void signed(
            String name, List<String> references, HttpServerRequest request, byte[] body) {
        Signed signed =
                new Signed(
                        only(request, settings.timestampHeader()),
                        only(request, settings.signatureHeader()));
        Instant now = clock.instant();
        Duration tolerance = settings.tolerance();
        Verdict verdict = Signatures.verdict(known(references), signed, body, now, tolerance);
        if (verdict != Verdict.VALID) {
            refuse(name, "SIGNATURE_" + verdict, why(verdict));
        }
        Instant until =
                Signatures.at(signed.timestamp().orElseThrow()).plus(tolerance).plus(tolerance);
        String digits = signed.signature().orElseThrow().toLowerCase(Locale.ROOT);
        if (!seen.first(name + " " + digits, until, now)) {
            refuse(name, "SIGNATURE_REPLAYED", "this signature was used before");
        }
    }

    private List<String> known(List<String> references) {
        try {
            return references.stream().map(secrets::read).toList();
        } catch (SecretUnavailable e) {
            LOG.warnf("what monitoring systems send cannot be let in: %s", e.getMessage());
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "What proves the sender cannot be read now; the log says why.")
                    .after(SECRET_MAY_BE_BACK)
                    .exception();
        }
    }

    private String why(Verdict verdict) {
        return switch (verdict) {
            case UNSIGNED ->
                    settings.timestampHeader()
                            + " or "
                            + settings.signatureHeader()
                            + " is missing";
            case MALFORMED ->
                    settings.timestampHeader()
                            + " is no number of seconds since 1970, or "
                            + settings.signatureHeader()
                            + " not v1= and 64 hexadecimal digits";
            case OLD ->
                    settings.timestampHeader()
                            + " is more than "
                            + settings.tolerance()
                            + " from now";
            case WRONG -> "the signature is not that of this body and time";
            case VALID -> throw new IllegalStateException("what is valid is not refused");
        };
    }

    /** A header that occurs once. */
    private static Optional<String> only(HttpServerRequest request, String header) {
        List<String> values = request.headers().getAll(header);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static boolean shows(String whom, HttpServerRequest request) {
        try {
            List<Certificate> chain = request.connection().peerCertificates();
            return chain != null
                    && !chain.isEmpty()
                    && chain.getFirst() instanceof X509Certificate own
                    && ClientCertificate.isFor(whom, own);
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private void refuse(String name, String reason, String why) {
        refusals.count(reason + " of " + name);
        throw Problem.of(
                        ProblemType.SENDER_NOT_PROVEN,
                        "The key of " + name + " is right, but " + why + ".")
                .exception();
    }
}
