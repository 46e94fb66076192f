package io.understudy.decision;

/** Where a value of the policy that holds comes from. */
public sealed interface Origin {

    /** The policy says nothing, or the very same. */
    record Default() implements Origin {}

    /**
     * A rule would let it start by itself, but nothing may ({@link Remediation#neverAutomated}).
     */
    record NeverAutomated() implements Origin {}

    /** The rule at this index of {@code modes}. */
    record Rule(int index) implements Origin {}

    /** A field of the entry at this index of {@code scopes}. */
    record Scoped(int entry, Setting setting) implements Origin {}

    /** A field that holds everywhere. */
    record Everywhere(Setting setting) implements Origin {}

    /** Another field of the document, by its JSON pointer. */
    record Field(String pointer) implements Origin {}

    /** As the API shows it: a JSON pointer into the policy document, or words. */
    default String text() {
        return switch (this) {
            case Default _ -> "default";
            case NeverAutomated _ -> "never automated";
            case Rule(int index) -> "/modes/" + index;
            case Scoped(int entry, Setting setting) -> "/scopes/" + entry + "/" + setting.field();
            case Everywhere(Setting setting) -> "/" + setting.field();
            case Field(String pointer) -> pointer;
        };
    }
}
