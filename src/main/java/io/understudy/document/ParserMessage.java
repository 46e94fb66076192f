package io.understudy.document;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Jackson and SnakeYAML say of a document, for whoever wrote it: without the names of their
 * classes and settings.
 */
final class ParserMessage {

    private static final int MOST_CHARACTERS = 200;
    private static final Pattern SETTING =
            Pattern.compile(
                    ", from `[^`]*`|: enable `[^`]*` to allow| \\(not recognized as one since Feature [^)]*\\)");
    private static final Pattern CAUSE =
            Pattern.compile(": failed to tokenize due to \\([\\w.]+\\): .*");
    private static final Pattern PLACE =
            Pattern.compile("\\[Source: [^\\]]*; line: (\\d+), column: (\\d+)]");
    private static final Pattern EVENT =
            Pattern.compile("<org\\.yaml\\.snakeyaml\\.events\\.(\\w+?)(?:Start)?Event\\(.*\\)>");

    private ParserMessage() {}

    /**
     * At most 200 characters of it. SnakeYAML says on one line what it was reading and on another
     * what is wrong, and shows the places in between, indented.
     */
    static String of(String said) {
        String line =
                said.lines()
                        .filter(l -> !l.isBlank() && !l.startsWith(" "))
                        .collect(Collectors.joining(": "));
        line = SETTING.matcher(line).replaceAll("");
        line = CAUSE.matcher(line).replaceAll("");
        line = PLACE.matcher(line).replaceAll("line $1, column $2");
        line = EVENT.matcher(line).replaceAll(ParserMessage::event);
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }

    private static String event(MatchResult event) {
        return switch (event.group(1)) {
            case "Alias" -> "an alias";
            case "Mapping" -> "a mapping";
            case "Sequence" -> "a sequence";
            default -> "something else";
        };
    }
}
