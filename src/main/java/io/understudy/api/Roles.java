package io.understudy.api;

import io.understudy.access.Grants;
import io.understudy.access.Role;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Roles as annotations and settings name them. */
final class Roles {

    static final String VIEWER = "viewer";
    static final String MONITOR = "monitor";
    static final String OPERATOR = "operator";
    static final String APPROVER = "approver";
    static final String ADMIN = "admin";

    /** Added to the name of a role that holds everywhere. */
    private static final String EVERYWHERE = "-everywhere";

    private Roles() {}

    static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The role of this name, as {@link #name} writes it. */
    static Role role(String name) {
        return Role.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Everything that somebody with these grants may act as, somewhere and everywhere. */
    static Set<String> names(Grants grants) {
        Set<String> names = new TreeSet<>();
        grants.roles().forEach(role -> names.add(name(role)));
        Arrays.stream(Role.values())
                .filter(grants::everywhere)
                .forEach(role -> names.add(name(role) + EVERYWHERE));
        return names;
    }
}
