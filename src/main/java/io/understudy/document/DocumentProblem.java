package io.understudy.document;

/**
 * One thing wrong with a document.
 *
 * @param pointer JSON pointer (RFC 6901) to the offending field, be it there or missing; empty for the whole document
 * @param code stable name of the rule that is broken
 */
public record DocumentProblem(String pointer, String message, String code) {

    /** The same problem of a document that is part of a greater one. */
    public DocumentProblem under(String prefix) {
        return new DocumentProblem(prefix + pointer, message, code);
    }
}
