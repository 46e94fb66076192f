package io.understudy.simulation;

/** The process that this belongs to has died: nothing in it may catch this. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
