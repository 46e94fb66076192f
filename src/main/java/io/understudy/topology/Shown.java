package io.understudy.topology;

/** Texts of a topology, as they are repeated to people. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    /** Not longer than a line, so that a text of a megabyte does not come back in every note. */
    static String of(String text) {
        return text.length() <= LONGEST ? text : cut(text, LONGEST) + "…";
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
