package io.understudy.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** All that somebody may do. */
public record Grants(Set<Grant> all) {

    public static final Grants NONE = new Grants(Set.of());

    public Grants {
        all = Set.copyOf(all);
    }

    /** Roles that hold everywhere. */
    public static Grants everywhere(Collection<Role> roles) {
        return new Grants(
                roles.stream()
                        .map(role -> new Grant(role, Scope.EVERYWHERE))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Where somebody may act in a role, be it one that includes it. */
    public Scope scope(Role wanted) {
        return all.stream()
                .filter(grant -> grant.role().includes(wanted))
                .map(Grant::scope)
                .reduce(Scope.NOWHERE, Scope::or);
    }

    /** Whether somebody may act in a role whatever it is about. */
    public boolean everywhere(Role wanted) {
        return scope(wanted).equals(Scope.EVERYWHERE);
    }

    /** In which roles somebody may act anywhere at all. */
    public Set<Role> roles() {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(Role.values())
                .filter(role -> all.stream().anyMatch(grant -> grant.role().includes(role)))
                .forEach(roles::add);
        return roles;
    }

    /** The roles that were granted everywhere. */
    public Set<Role> unscoped() {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        all.stream()
                .filter(grant -> grant.scope().equals(Scope.EVERYWHERE))
                .forEach(grant -> roles.add(grant.role()));
        return roles;
    }

    @Override
    public String toString() {
        return all.stream().map(Grant::toString).sorted().toList().toString();
    }
}
