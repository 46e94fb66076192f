package io.understudy.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of the two ways to sign in a request is about: a bearer token that it brings, or a
 * browser's session. They are kept apart, since a bearer token must be meant for this service, and
 * what a browser is told of who its user is must not pass for one. The provider is asked nothing
 * before the first request of either kind.
 */
@Singleton
final class OidcTenants implements TenantConfigResolver {

    /** Where browsers sign in and where the provider sends them back to. */
    static final String SIGN_IN = "/login";

    /** How Quarkus begins the names of its session cookies. */
    static final String SESSION_COOKIE = "q_session";

    /** Three parts, the first an object in JSON: a signed token, if only by its looks. */
    private static final Pattern TOKEN =
            Pattern.compile("(?i:bearer) +eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    private final Optional<OidcTenantConfig> tokens;
    private final Optional<OidcTenantConfig> sessions;

    @Inject
    OidcTenants(OidcSettings settings) {
        this.tokens = settings.provider().map(OidcTenants::tokens);
        this.sessions =
                settings.provider().flatMap(p -> p.client().map(client -> sessions(p, client)));
    }

    @Override
    public Uni<OidcTenantConfig> resolve(
            RoutingContext context, OidcRequestContext<OidcTenantConfig> blocking) {
        return tenant(context.request())
                .map(found -> Uni.createFrom().item(found))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    /** Whether a request is for the identity provider's side to know. */
    boolean concerns(HttpServerRequest request) {
        return tenant(request).isPresent();
    }

    /** Whether a browser asks to be signed in. */
    boolean isSignIn(HttpServerRequest request) {
        return sessions.isPresent()
                && SIGN_IN.equals(request.path())
                && request.getHeader(HttpHeaderNames.AUTHORIZATION) == null;
    }

    private Optional<OidcTenantConfig> tenant(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null) {
            return tokens.filter(_ -> TOKEN.matcher(authorization).matches());
        }
        return sessions.filter(_ ->
                isSignIn(request)
                        || request.cookies().stream()
                                .anyMatch(c -> c.getName().startsWith(SESSION_COOKIE)));
    }

    private static OidcTenantConfig tokens(OidcSettings.Provider provider) {
        return common(provider)
                .tenantId("tokens")
                .applicationType(ApplicationType.SERVICE)
                .token()
                .audience(provider.audience())
                .subjectRequired(true)
                .lifespanGrace(Math.toIntExact(provider.clockSkew().toSeconds()))
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .build();
    }

    private static OidcTenantConfig sessions(
            OidcSettings.Provider provider, OidcSettings.Client client) {
        return common(provider)
                .tenantId("sessions")
                .applicationType(ApplicationType.WEB_APP)
                .clientId(client.id())
                .credentials(client.secret())
                .token()
                .lifespanGrace(Math.toIntExact(provider.clockSkew().toSeconds()))
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .authentication()
                .redirectPath(SIGN_IN)
                .pkceRequired()
                .nonceRequired()
                .cookieForceSecure()
                // lax, since the provider leads back here; what changes anything needs more than
                // a cookie: see SessionFilter
                .cookieSameSite(CookieSameSite.LAX)
                .failOnMissingStateParam()
                .end()
                .tokenStateManager()
                .strategy(Strategy.ID_TOKEN)
                .end()
                .build();
    }

    private static OidcTenantConfigBuilder common(OidcSettings.Provider provider) {
        OidcTenantConfigBuilder tenant =
                OidcTenantConfig.authServerUrl(provider.authServerUrl())
                        // what stands at the provider's address must not send us elsewhere
                        .followRedirects(false)
                        .connectionTimeout(provider.connectionTimeout());
        provider.tls().ifPresent(tenant::tlsConfigurationName);
        return tenant;
    }
}
