package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a browser's session change something only from a page of ours. A browser sends its cookie
 * whoever makes it ask; a header of this name it sends for another site only after asking us
 * whether it may, which nothing here ever allows.
 */
@Singleton
final class SessionFilter {

    static final String HEADER = "X-Requested-With";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final SecurityIdentity who;

    @Inject
    SessionFilter(SecurityIdentity who) {
        this.who = who;
    }

    @ServerRequestFilter
    void fromOurPage(ContainerRequestContext request) {
        if (Caller.of(who).credential() != Caller.Credential.SESSION
                || SAFE.contains(request.getMethod())) {
            return;
        }
        String site = request.getHeaderString("Sec-Fetch-Site");
        boolean ours = site == null || site.equals("same-origin");
        if (!ours || request.getHeaderString(HEADER) == null) {
            throw Problem.of(
                            ProblemType.CROSS_SITE,
                            "The request comes by a session's cookie and not from a page of this"
                                    + " service.")
                    .exception();
        }
    }
}
