package io.understudy.app;

import io.quarkus.runtime.StartupEvent;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.access.Scope;
import io.understudy.api.OidcSettings;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** How people sign in, checked: refuses what would let in others, naming the setting. */
@Singleton
class OidcWiring {

    private static final System.Logger LOGGER = System.getLogger(OidcWiring.class.getName());

    static final String PREFIX = "understudy.oidc.";
    static final int SHORTEST_SECRET = 32;
    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    /**
     * Made at the start, so that what is dangerous is refused then and not at the first request.
     */
    void start(@Observes StartupEvent event, OidcSettings made) {
        made.provider()
                .ifPresent(provider ->
                        LOGGER.log(
                                Level.INFO,
                                "people sign in at {0}, with grants for {1} groups",
                                provider.authServerUrl(),
                                provider.grants().size()));
    }

    @Produces
    @Singleton
    OidcSettings settings(OidcConfiguration configured, Settings settings, Config config) {
        return settings(configured, settings.http().plainTextAllowed(), config);
    }

    /**
     * What is configured.
     *
     * @param plainTextAllowed whether the provider may be asked over the network in the clear
     * @param config where names are looked for that have no value
     * @throws IllegalStateException naming the first setting that is dangerous
     */
    static OidcSettings settings(
            OidcConfiguration configured, boolean plainTextAllowed, Config config) {
        return new OidcSettings(
                configured
                        .authServerUrl()
                        .map(url -> provider(url, configured, plainTextAllowed, config)));
    }

    private static OidcSettings.Provider provider(
            String url, OidcConfiguration configured, boolean plainTextAllowed, Config config) {
        refuse(
                !isSafe(url) && !plainTextAllowed,
                "auth-server-url is not https: whoever stands between could sign in as anybody");
        List<String> audience = configured.audience().orElse(List.of());
        refuse(
                audience.isEmpty() || audience.contains("any"),
                "audience is missing: every token of the provider, meant for whatever service,"
                        + " would be taken; set the name that tokens for this service have as their"
                        + " aud");
        refuse(
                configured.clientId().filter(audience::contains).isPresent(),
                "audience has the client-id, too: what a browser is told of who its user is would"
                        + " pass for a token for this service; have another audience for it");
        refuse(
                configured.clientId().isPresent()
                        && configured.clientSecret().map(String::length).orElse(0)
                                < SHORTEST_SECRET,
                "client-secret is missing or shorter than "
                        + SHORTEST_SECRET
                        + " characters: sessions of browsers are encrypted with it");
        refuse(
                configured.clockSkew().isNegative()
                        || configured.clockSkew().compareTo(MOST_SKEW) > 0,
                "clock-skew is not between 0 and " + MOST_SKEW);
        refuse(
                configured.grants().isEmpty(),
                "grants are missing: nobody who signs in could do anything; set"
                        + " grants.\"<group>\".role");
        return new OidcSettings.Provider(
                url,
                audience,
                configured
                        .clientId()
                        .map(id ->
                                new OidcSettings.Client(id, configured.clientSecret().orElse(""))),
                configured.groupsClaim(),
                configured.actorClaim(),
                configured.clockSkew(),
                configured.connectionTimeout(),
                configured.tls(),
                configured.approvalByKey(),
                configured.grants().entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        entry ->
                                                grants(entry.getKey(), entry.getValue(), config))));
    }

    private static Grants grants(String group, OidcConfiguration.Granted granted, Config config) {
        for (String places : List.of("sites", "pools")) {
            for (String key : List.of('"' + group + '"', group)) {
                String name = PREFIX + "grants." + key + "." + places;
                String given = config.getConfigValue(name).getRawValue();
                refuse(
                        given != null && given.isBlank(),
                        "grants."
                                + key
                                + "."
                                + places
                                + " is empty, which does not mean everywhere:"
                                + " name places, or leave it out");
            }
        }
        Set<SiteName> sites = named(granted.sites(), SiteName::new);
        Set<PoolFqdn> pools = named(granted.pools(), PoolFqdn::new);
        Scope scope =
                sites.isEmpty() && pools.isEmpty()
                        ? Scope.EVERYWHERE
                        : new Scope.Within(sites, pools);
        return new Grants(
                granted.roles().stream()
                        .map(role -> new Grant(role, scope))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static <T> Set<T> named(Optional<Set<String>> names, Function<String, T> parse) {
        return names.orElse(Set.of()).stream().map(parse).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isSafe(String url) {
        URI uri = URI.create(url);
        return "https".equals(uri.getScheme())
                || StartupChecks.loopback(String.valueOf(uri.getHost()));
    }

    private static void refuse(boolean dangerous, String why) {
        StartupChecks.refuse(dangerous, PREFIX + why);
    }
}
