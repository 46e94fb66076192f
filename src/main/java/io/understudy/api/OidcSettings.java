package io.understudy.api;

import io.understudy.access.Grants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How people sign in at an identity provider.
 *
 * @param provider where; without one nobody does, and tokens of providers are refused
 */
public record OidcSettings(Optional<Provider> provider) {

    /**
     * An OpenID Connect provider.
     *
     * @param authServerUrl below which its discovery document stands
     * @param audience of which a bearer token must name one
     * @param client as which browsers are signed in; without one only bearer tokens are taken
     * @param groupsClaim the claim that names what somebody belongs to; slashes lead into objects
     * @param actorClaim the claim that becomes the actor; sub is qualified by the issuer
     * @param clockSkew by how much the provider's clock may differ
     * @param tls the named TLS configuration whose certificates it is held against
     * @param approvalByKey whether keys may approve beside people who sign in
     * @param grants what whoever belongs to a group may do
     */
    public record Provider(
            String authServerUrl,
            List<String> audience,
            Optional<Client> client,
            String groupsClaim,
            String actorClaim,
            Duration clockSkew,
            Duration connectionTimeout,
            Optional<String> tls,
            boolean approvalByKey,
            Map<String, Grants> grants) {
        public Provider {
            audience = List.copyOf(audience);
            grants = Map.copyOf(grants);
        }
    }

    /** As whom this service asks for people to be signed in. */
    public record Client(String id, String secret) {

        /** The secret is nobody's business. */
        @Override
        public String toString() {
            return "client " + id;
        }
    }
}
