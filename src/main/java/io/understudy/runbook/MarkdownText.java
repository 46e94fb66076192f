package io.understudy.runbook;

/**
 * What people, monitoring systems and tools have said, as it may stand in a page of Markdown: their
 * words are shown, and whatever they contain is nothing but words.
 */
public final class MarkdownText {

    private MarkdownText() {}

    /** On one line; neither HTML nor a link, an image, code or the end of a table's cell. */
    public static String of(String words) {
        StringBuilder text = new StringBuilder();
        words.replaceAll("\\R", " ").chars().forEach(c -> text.append(escaped((char) c)));
        return text.toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '\\', '[', ']', '`', '|' -> "\\" + c;
            default -> String.valueOf(c);
        };
    }
}
