package io.understudy.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.understudy.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Closes every operation that does not say how it keeps a scope to callers who have one. Runs after
 * roles were checked and before the operation.
 */
@Singleton
final class ScopeFilter {

    private final SecurityIdentity who;

    @Inject
    ScopeFilter(SecurityIdentity who) {
        this.who = who;
    }

    @ServerRequestFilter
    void closed(ResourceInfo operation) {
        if (stated(operation, Scoped.class).map(Scoped::value).orElse(Scoped.Way.ESTATE)
                != Scoped.Way.ESTATE) {
            return;
        }
        List<Reach> reaches =
                stated(operation, RolesAllowed.class).stream()
                        .flatMap(allowed -> Arrays.stream(allowed.value()))
                        .map(role -> reach(Roles.role(role)))
                        .toList();
        if (reaches.stream().noneMatch(Reach::everywhere)) {
            Reach some = reaches.isEmpty() ? reach(Role.VIEWER) : reaches.getFirst();
            some.requireEverywhere("this is about the whole estate");
        }
    }

    /** Without an estate: whether it is everything does not depend on one. */
    private Reach reach(Role role) {
        return new Reach(role, Caller.of(who).grants().scope(role), Optional.empty());
    }

    /** What an operation says of itself, or its class for all of its operations. */
    private static <A extends Annotation> Optional<A> stated(
            ResourceInfo operation, Class<A> annotation) {
        return first(operation.getResourceMethod(), annotation)
                .or(() -> first(operation.getResourceClass(), annotation));
    }

    private static <A extends Annotation> Optional<A> first(
            AnnotatedElement element, Class<A> annotation) {
        return Optional.ofNullable(element.getAnnotation(annotation));
    }
}
