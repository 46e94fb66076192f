package io.understudy.adapter.webhook;

import io.understudy.outbound.Addresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where requests may go: by name, and again by every address that the name has at the moment.
 *
 * <p>The HTTP client resolves the name itself, directly afterwards. Java keeps an answer of the
 * name service for 30 s (networkaddress.cache.ttl), so that it gets the addresses that were looked
 * at here; and a server that another address leads to would still have to show a certificate for
 * the name. What is left is plain http, which has to be allowed, when the name changes between the
 * two in the moment that the kept answer runs out.
 */
final class Destinations {

    /** How a name becomes addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final WebhookSettings.Allowed allowed;
    private final Resolver resolver;

    Destinations(WebhookSettings.Allowed allowed, Resolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    /**
     * Why a request may not go there; empty when it may.
     *
     * @throws UnknownHostException when the name has no address now
     */
    Optional<String> refusal(URI url) throws UnknownHostException {
        Optional<String> byName = refusal(url, allowed);
        if (byName.isPresent()) {
            return byName;
        }
        for (InetAddress address : resolver.resolve(bare(url.getHost()))) {
            if (!mayReach(Addresses.kind(address))) {
                return Optional.of(
                        url.getHost()
                                + " is "
                                + address.getHostAddress()
                                + ", an address of kind "
                                + Addresses.kind(address)
                                + ", which may not be called");
            }
        }
        return Optional.empty();
    }

    private boolean mayReach(Addresses.Kind kind) {
        return switch (kind) {
            case PUBLIC -> true;
            case LOOPBACK -> allowed.loopback();
            case PRIVATE -> allowed.privateNetworks();
            case METADATA, LINK_LOCAL, MULTICAST, UNSPECIFIED -> false;
        };
    }

    /** Why a URL may not be called whatever its addresses; empty when it may. */
    static Optional<String> refusal(URI url, WebhookSettings.Allowed allowed) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("is no URL of a host, without user and fragment");
        }
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        if (!https && !(allowed.plainText() && "http".equalsIgnoreCase(url.getScheme()))) {
            return Optional.of(
                    "is not https, and understudy.webhook.plain-text-allowed does not allow http");
        }
        int port = url.getPort() >= 0 ? url.getPort() : https ? 443 : 80;
        String host = url.getHost().toLowerCase(Locale.ROOT);
        boolean listed =
                allowed.destinations().stream()
                        .map(entry -> entry.toLowerCase(Locale.ROOT))
                        .anyMatch(entry ->
                                entry.startsWith(".")
                                        ? host.endsWith(entry) && host.length() > entry.length()
                                        : entry.equals(host + ":" + port));
        return listed
                ? Optional.empty()
                : Optional.of(
                        host + ":" + port + " is not in understudy.webhook.allowed-destinations");
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
