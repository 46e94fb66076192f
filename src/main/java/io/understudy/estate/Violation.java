package io.understudy.estate;

/**
 * A rule of the field that an estate breaks.
 *
 * @param code stable name of the rule
 * @param pointer JSON pointer (RFC 6901) to the offending field of the document
 * @param message what is wrong and what to do
 * @param source where the rule comes from: a section of domain.md
 */
public record Violation(
        String code, Severity severity, String pointer, String message, String source) {

    /** Whether the estate is refused or only warned about. */
    public enum Severity {
        ERROR,
        ADVICE
    }
}
