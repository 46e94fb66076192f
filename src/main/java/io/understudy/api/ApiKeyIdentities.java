package io.understudy.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.understudy.access.ApiKey;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Knows who a key is. Looked up at every request, so that a revoked key is refused at once. */
@Singleton
final class ApiKeyIdentities implements IdentityProvider<TokenAuthenticationRequest> {

    private final KeyStore keys;

    @Inject
    ApiKeyIdentities(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() ->
                Keys.known(keys, request.getToken().getToken())
                        .map(ApiKeyIdentities::identity)
                        .orElseThrow(AuthenticationFailedException::new));
    }

    private static SecurityIdentity identity(ApiKey key) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.name()))
                .addRoles(Roles.effective(key.roles()))
                .build();
    }
}
