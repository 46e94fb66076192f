package io.understudy.adapter.powershell;

/** A name that no script is told, and the field that it stands in. */
final class UnfitName extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfitName(String field, String why) {
        super(field + ": " + why);
    }
}
