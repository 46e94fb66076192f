package io.understudy.adapter.sqlserver;

/** Names of databases and groups as T-SQL takes them. */
final class Identifier {

    /** As sysname has it, in UTF-16 units. */
    private static final int LONGEST = 128;

    private Identifier() {}

    /**
     * The name in brackets, in which nothing but the closing bracket ends it: that is doubled.
     *
     * @throws IllegalArgumentException saying what is wrong with a name that is blank, longer than
     *     128, or has characters that nobody can see: controls, marks of direction, separators of
     *     lines, halves of surrogate pairs
     */
    static String quoted(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name is not blank");
        }
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("a name has at most 128 characters");
        }
        name.codePoints()
                .filter(Identifier::unseen)
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException(
                            "a name has no character U+%04X".formatted(c));
                });
        return "[" + name.replace("]", "]]") + "]";
    }

    private static boolean unseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
