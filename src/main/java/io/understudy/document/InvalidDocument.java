package io.understudy.document;

import java.util.List;

/** The document can be read and breaks rules: of its schema, of the estate that it speaks of, or of the field. */
public final class InvalidDocument extends RuntimeException {

    /** The most problems that are listed; the message tells how many there are. */
    public static final int MOST_LISTED = 100;

    private static final long serialVersionUID = 1;

    private final transient List<DocumentProblem> problems;

    public InvalidDocument(List<DocumentProblem> problems) {
        super(message(problems));
        this.problems = problems.stream().limit(MOST_LISTED).toList();
    }

    InvalidDocument(String pointer, String message, String code) {
        this(List.of(new DocumentProblem(pointer, message, code)));
    }

    /** The problems in the order of the document, at least one. */
    public List<DocumentProblem> problems() {
        return problems;
    }

    private static String message(List<DocumentProblem> problems) {
        DocumentProblem first = problems.getFirst();
        String more = problems.size() > 1 ? ", and " + (problems.size() - 1) + " more" : "";
        return (first.pointer().isEmpty() ? "the document" : first.pointer()) + ": " + first.message() + more;
    }
}
