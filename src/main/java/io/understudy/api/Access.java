package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.understudy.access.Role;
import io.understudy.control.DocumentStore.Version;
import io.understudy.control.LiveDocument;
import io.understudy.estate.Estate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Says how far a caller may see and act in the estate in force; {@link Reach} decides. */
@Singleton
final class Access {

    private final LiveDocument<Estate> estates;
    private final boolean approvalByKey;

    @Inject
    Access(LiveDocument<Estate> estates, OidcSettings settings) {
        this.estates = estates;
        this.approvalByKey =
                settings.provider().map(OidcSettings.Provider::approvalByKey).orElse(true);
    }

    /**
     * Refuses an approval by a key where people sign in: somebody who had a key of another name
     * beside his own could be two people.
     */
    void requirePerson(SecurityIdentity who) {
        if (!approvalByKey && Caller.of(who).credential() == Caller.Credential.KEY) {
            throw Problem.of(
                            ProblemType.APPROVAL_BY_KEY,
                            "The approval came by the key of "
                                    + Caller.of(who).name()
                                    + ", which whoever has it may have used.")
                    .exception();
        }
    }

    /** What somebody may see. */
    Reach sight(SecurityIdentity who) {
        return sight(Caller.of(who));
    }

    Reach sight(Caller caller) {
        return reach(caller, Role.VIEWER);
    }

    /** Where somebody may act in a role. */
    Reach reach(SecurityIdentity who, Role role) {
        return reach(Caller.of(who), role);
    }

    private Reach reach(Caller caller, Role role) {
        return new Reach(role, caller.grants().scope(role), estates.current().map(Version::body));
    }
}
