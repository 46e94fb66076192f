package io.understudy.api;

import io.understudy.access.Role;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Roles as annotations name them, and what each includes: whoever may act may also look, and an
 * administrator may do everything.
 */
final class Roles {

    static final String VIEWER = "viewer";
    static final String MONITOR = "monitor";
    static final String OPERATOR = "operator";
    static final String APPROVER = "approver";
    static final String ADMIN = "admin";

    private Roles() {}

    /** Everything that a key with these roles may act as. */
    static Set<String> effective(Set<Role> roles) {
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        for (Role role : roles) {
            switch (role) {
                case VIEWER, MONITOR -> all.add(role);
                case OPERATOR, APPROVER -> {
                    all.add(role);
                    all.add(Role.VIEWER);
                }
                case ADMIN -> all.addAll(EnumSet.allOf(Role.class));
            }
        }
        return all.stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }
}
