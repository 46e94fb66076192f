package io.understudy.estate;

/**
 * A configured place in a mirrored store, which stays, as opposed to the role held now (domain.md
 * 1).
 */
public enum Position {
    PRIMARY,
    MIRROR;

    public Position other() {
        return this == PRIMARY ? MIRROR : PRIMARY;
    }
}
