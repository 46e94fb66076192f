package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.access.Grant;
import io.understudy.access.Grants;
import io.understudy.document.Json;
import io.understudy.run.Approval;
import io.understudy.run.Run;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a token says of its bearer, by the settings. Its signature was checked before. */
final class TokenClaims {

    /** The claim that is unique at its issuer only. */
    private static final String SUBJECT = "sub";

    /** As long as the longest of which an issuer and a subject of 255 characters each make up. */
    private static final int LONGEST_NAME = 512;

    private final OidcSettings.Provider provider;
    private final InstantSource clock;

    TokenClaims(OidcSettings.Provider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * Who somebody with this token is; empty when it does not say that in a way that we can use.
     */
    Optional<Caller> caller(String token, Caller.Credential credential) {
        return payload(token)
                .flatMap(claims ->
                        actor(claims)
                                .map(name ->
                                        new Caller(
                                                name,
                                                grants(claims),
                                                credential,
                                                () -> isGood(claims))));
    }

    private Optional<String> actor(JsonNode claims) {
        String value = claim(claims, provider.actorClaim()).asText("");
        String name =
                provider.actorClaim().equals(SUBJECT)
                        ? claims.path("iss").asText("") + "#" + value
                        : value;
        boolean usable =
                !value.isBlank()
                        && name.length() <= LONGEST_NAME
                        && name.chars().noneMatch(Character::isISOControl)
                        && !Approval.samePerson(name, Run.UNDERSTUDY);
        return usable ? Optional.of(name) : Optional.empty();
    }

    private Grants grants(JsonNode claims) {
        JsonNode groups = claim(claims, provider.groupsClaim());
        Set<Grant> grants = new HashSet<>();
        if (groups.isTextual()) {
            grants.addAll(of(groups));
        } else if (groups.isArray()) {
            // a number or an object may look like the name of a group, and is none
            groups.forEach(group -> grants.addAll(group.isTextual() ? of(group) : Set.of()));
        }
        return new Grants(grants);
    }

    private Set<Grant> of(JsonNode group) {
        return provider.grants().getOrDefault(group.asText(), Grants.NONE).all();
    }

    private boolean isGood(JsonNode claims) {
        return clock.instant().isBefore(Instant.ofEpochSecond(claims.path("exp").asLong()));
    }

    /** A claim by its name, or by the names on the way to it. */
    private static JsonNode claim(JsonNode claims, String path) {
        if (claims.has(path)) {
            return claims.get(path);
        }
        JsonNode at = claims;
        for (String name : path.split("/")) {
            at = at.path(name);
        }
        return at;
    }

    private static Optional<JsonNode> payload(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1])))
                    .filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException e) {
            // a token that nobody can read names nobody
            return Optional.empty();
        }
    }
}
