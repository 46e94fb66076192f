package io.understudy.access;

/** One role, and where it holds. */
public record Grant(Role role, Scope scope) {

    @Override
    public String toString() {
        return scope.equals(Scope.EVERYWHERE) ? role.name() : role + " of " + scope;
    }
}
