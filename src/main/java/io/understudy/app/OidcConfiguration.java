package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.understudy.access.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How people sign in at an OpenID Connect provider, beside keys. */
@ConfigMapping(prefix = "understudy.oidc")
interface OidcConfiguration {

    /** The provider, below whose address its discovery document stands; without one nobody does. */
    Optional<String> authServerUrl();

    /** Of which names a bearer token's audience must have one. */
    Optional<List<String>> audience();

    /** As which client browsers are signed in; without one only bearer tokens are taken. */
    Optional<String> clientId();

    /** That client's secret, at least 32 characters. */
    Optional<String> clientSecret();

    /** The claim that names what somebody belongs to; slashes lead into objects. */
    @WithDefault("groups")
    String groupsClaim();

    /** The claim that becomes the actor; sub is qualified by the issuer. */
    @WithDefault("sub")
    String actorClaim();

    /** By how much the provider's clock may differ, default 10 s, at most 1 min. */
    @WithDefault("PT10S")
    Duration clockSkew();

    /** How long the provider is waited for, default 5 s. */
    @WithDefault("PT5S")
    Duration connectionTimeout();

    /**
     * The name of the quarkus.tls configuration whose certificates the provider is held against.
     */
    Optional<String> tls();

    /** Whether keys may approve beside people who sign in, default false. */
    @WithDefault("false")
    boolean approvalByKey();

    /** What whoever belongs to a group may do, by the group's name. */
    Map<String, Granted> grants();

    /** Roles and where they hold; everywhere when neither sites nor pools are named. */
    interface Granted {
        @WithName("role")
        Set<Role> roles();

        Optional<Set<String>> sites();

        Optional<Set<String>> pools();
    }
}
