package io.understudy.topology;

/** The bytes are no topology, or XML of a kind that is not read at all; says what, and where. */
public final class UnreadableTopology extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why it is not read; the names are stable. */
    public enum Reason {
        /** Neither UTF-8 nor UTF-16. */
        NOT_UNICODE,
        /** Not well-formed XML. */
        NOT_XML,
        /** A document type declaration, and with it entities and external subsets. */
        DOCTYPE,
        /** A reference to an entity that XML itself does not define. */
        ENTITY,
        /** An element of XInclude. */
        XINCLUDE,
        /** Nested deeper than {@link XmlReader#MOST_DEPTH}. */
        TOO_DEEP,
        /** More elements than {@link XmlReader#MOST_ELEMENTS}. */
        TOO_MANY_ELEMENTS,
        /** Well-formed XML of something else. */
        NOT_A_TOPOLOGY
    }

    private final Reason reason;

    /**
     * Says what is wrong.
     *
     * @param line from 1; 0 when it concerns the whole document
     * @param column from 1; 0 when only the line is known
     */
    UnreadableTopology(Reason reason, String message, int line, int column) {
        super(message + place(line, column));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    private static String place(int line, int column) {
        if (line <= 0) {
            return "";
        }
        return column <= 0 ? " (line " + line + ")" : " (line " + line + ", column " + column + ")";
    }
}
