package io.understudy.api;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Makes of a token that was found good a caller of ours: its groups become grants. Whatever else
 * Quarkus may have taken for known is not: nobody gets in by a way that is not ours.
 */
@Singleton
final class OidcIdentities implements SecurityIdentityAugmentor {

    private final Optional<TokenClaims> claims;

    @Inject
    OidcIdentities(OidcSettings settings, ApiSeams seams) {
        this.claims = settings.provider().map(provider -> new TokenClaims(provider, seams.clock()));
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.isAnonymous() || Caller.known(identity).isPresent()) {
            return Uni.createFrom().item(identity);
        }
        return caller(identity)
                .map(caller -> Uni.createFrom().item(caller.identity(identity)))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    private Optional<Caller> caller(SecurityIdentity identity) {
        boolean session = identity.getCredential(IdTokenCredential.class) != null;
        return identity.getPrincipal() instanceof JsonWebToken token
                ? claims.flatMap(known ->
                        known.caller(
                                token.getRawToken(),
                                session ? Caller.Credential.SESSION : Caller.Credential.TOKEN))
                : Optional.empty();
    }
}
