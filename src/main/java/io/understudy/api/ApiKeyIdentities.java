package io.understudy.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.understudy.access.ApiKey;
import io.understudy.access.KeyStore;
import io.understudy.access.Keys;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Knows who a key is. Looked up at every request, so that a revoked key is refused at once. */
@Singleton
final class ApiKeyIdentities implements IdentityProvider<ApiKeyRequest> {

    private final KeyStore keys;
    private final InstantSource clock;

    @Inject
    ApiKeyIdentities(KeyStore keys, ApiSeams seams) {
        this.keys = keys;
        this.clock = seams.clock();
    }

    @Override
    public Class<ApiKeyRequest> getRequestType() {
        return ApiKeyRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            ApiKeyRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() ->
                Keys.known(keys, request.key(), clock.instant())
                        .map(key -> caller(key).identity())
                        .orElseThrow(AuthenticationFailedException::new));
    }

    private Caller caller(ApiKey key) {
        return new Caller(key.name(), key.grants(), Caller.Credential.KEY, () -> isGood(key.id()));
    }

    private boolean isGood(String id) {
        return keys.find(id).filter(key -> key.holds(clock.instant())).isPresent();
    }
}
