package io.understudy.api;

import io.understudy.estate.ObserverName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What monitoring systems have to show besides their key, and whom they speak as.
 *
 * @param timestampHeader the header with the seconds since 1970 at which a request was signed
 * @param signatureHeader the header with the signature
 * @param tolerance how far that time may be from now, more than nothing
 * @param monitors by the name of their key; one that is not here needs its key only
 */
public record MonitorSettings(
        String timestampHeader,
        String signatureHeader,
        Duration tolerance,
        Map<String, Monitor> monitors) {

    /**
     * One monitoring system.
     *
     * @param secrets references to the secrets that it may sign with; where empty, it need not sign
     * @param certificate whom its client certificate is for: {@code subject:CN=…}, {@code dns:…},
     *     {@code uri:…} or {@code email:…}; where absent, it needs none
     * @param observer whom everything that it sends is told by; where absent, what it sends says
     */
    public record Monitor(
            List<String> secrets, Optional<String> certificate, Optional<ObserverName> observer) {}

    public MonitorSettings {
        monitors = Map.copyOf(monitors);
        if (!tolerance.isPositive()) {
            throw new IllegalArgumentException(
                    "understudy.signature.tolerance is more than nothing");
        }
    }
}
