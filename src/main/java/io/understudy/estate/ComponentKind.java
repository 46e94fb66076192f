package io.understudy.estate;

import java.util.Optional;

/**
 * The kinds of things that are watched; the label is the part of a component id before the colon.
 */
public enum ComponentKind {
    SERVER("server"),
    SQL("sql"),
    POOL("pool"),
    STORE("store"),
    FILE_STORE("fileStore"),
    SITE("site"),
    OBSERVER("observer");

    private final String label;

    ComponentKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    static Optional<ComponentKind> labelled(String label) {
        for (ComponentKind kind : values()) {
            if (kind.label.equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
