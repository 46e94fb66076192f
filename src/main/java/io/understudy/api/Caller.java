package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.understudy.access.Grants;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Who sends a request, however he has shown it: what every identity of Quarkus carries that may do
 * anything here.
 *
 * @param name the actor in the audit, in journals and of approvals
 * @param isGood whether the credential still is; a stream that was opened with it ends when it no
 *     longer is. May ask the database
 */
record Caller(String name, Grants grants, Credential credential, BooleanSupplier isGood) {

    private static final String ATTRIBUTE = "understudy.caller";

    /** How a caller has shown who he is. */
    enum Credential {
        /** A key of ours. */
        KEY,
        /** A bearer token of the identity provider. */
        TOKEN,
        /** A cookie, which the browser sends by itself, whoever made it ask. */
        SESSION
    }

    /** The caller that an identity stands for; one without grants when it is none of ours. */
    static Caller of(SecurityIdentity identity) {
        return known(identity)
                .orElseGet(() -> new Caller("nobody", Grants.NONE, Credential.KEY, () -> false));
    }

    static Optional<Caller> known(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
    }

    /** The identity that Quarkus holds against the roles of operations. */
    SecurityIdentity identity() {
        return known(QuarkusSecurityIdentity.builder()).build();
    }

    /** The same with what those need who have found this caller out, but with no role of theirs. */
    SecurityIdentity identity(SecurityIdentity found) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder();
        identity.addAttributes(found.getAttributes());
        found.getCredentials().forEach(identity::addCredential);
        return known(identity).build();
    }

    private QuarkusSecurityIdentity.Builder known(QuarkusSecurityIdentity.Builder identity) {
        return identity.setPrincipal(new QuarkusPrincipal(name))
                .addRoles(Roles.names(grants))
                .addAttribute(ATTRIBUTE, this);
    }
}
