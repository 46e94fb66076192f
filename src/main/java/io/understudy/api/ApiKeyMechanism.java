package io.understudy.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Finds out by what a request shows who sends it: {@code Authorization: Bearer <key>} is for us; a
 * signed token and a browser's session are for the identity provider's side, if there is one. Asked
 * before that side asks by itself, and so the one that says what a refusal looks like.
 */
@Singleton
final class ApiKeyMechanism implements HttpAuthenticationMechanism {

    private static final int FIRST = DEFAULT_PRIORITY + 1_000;

    static final String CHALLENGE = "Bearer realm=\"understudy\"";

    private static final String HEALTH = "/q/health";

    private final OidcTenants tenants;
    private final OidcAuthenticationMechanism oidc;

    @Inject
    ApiKeyMechanism(OidcTenants tenants, OidcAuthenticationMechanism oidc) {
        this.tenants = tenants;
        this.oidc = oidc;
    }

    @Override
    public int getPriority() {
        return FIRST;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager manager) {
        List<String> headers = context.request().headers().getAll(HttpHeaderNames.AUTHORIZATION);
        // health is for everybody, even while nobody can say whose a key is
        if (context.normalizedPath().startsWith(HEALTH)) {
            return Uni.createFrom().nullItem();
        }
        if (headers.size() <= 1 && tenants.concerns(context.request())) {
            return oidc.authenticate(context, manager).onFailure().invoke(() -> claim(context));
        }
        if (headers.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return ShownKey.key(headers)
                .map(key -> manager.authenticate(new ApiKeyRequest(key)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    /**
     * Has a failure answered by us, as every other one; but a browser that comes to sign in is led
     * on, unless it has just come back without success: it would go round in circles.
     */
    private void claim(RoutingContext context) {
        if (!tenants.isSignIn(context.request()) || context.request().query() != null) {
            context.put(HttpAuthenticationMechanism.class.getName(), this);
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(401, HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (tenants.isSignIn(context.request()) && context.request().query() == null) {
            return Uni.createFrom().item(false);
        }
        RequestFilter.refuse(context, ProblemMappers.unauthorized());
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(ApiKeyRequest.class);
    }
}
