package io.understudy.document;

/** The bytes are no JSON or YAML document, or are more than is read; says where. */
public final class MalformedDocument extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /**
     * Says what is wrong.
     *
     * @param line from 1; 0 when it concerns the whole document
     * @param column from 1; 0 when it concerns the whole document
     */
    public MalformedDocument(String message, int line, int column) {
        super(line > 0 ? message + " (line " + line + ", column " + column + ")" : message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
