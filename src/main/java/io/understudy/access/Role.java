package io.understudy.access;

/**
 * What somebody may do (product.md): monitors only post what they saw, approvers approve, admins do
 * everything.
 */
public enum Role {
    VIEWER,
    MONITOR,
    OPERATOR,
    APPROVER,
    ADMIN;

    /**
     * Whether who has this role may act in the other: whoever may act may also look, and an
     * administrator may do everything.
     */
    public boolean includes(Role other) {
        return switch (this) {
            case VIEWER, MONITOR -> other == this;
            case OPERATOR, APPROVER -> other == this || other == VIEWER;
            case ADMIN -> true;
        };
    }
}
