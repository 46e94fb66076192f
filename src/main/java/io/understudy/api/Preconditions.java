package io.understudy.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a writer says of the version that he replaces: a document's version is its entity tag. */
final class Preconditions {

    private static final Pattern TAG = Pattern.compile("\"(0|[1-9][0-9]{0,8})\"");

    private Preconditions() {}

    static String tag(int version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that is to be replaced: 0 for none yet, empty for whatever is there.
     *
     * @throws ProblemException 428 when nothing is said
     */
    static Optional<Integer> expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw wrong("If-None-Match", "goes not together with If-Match");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.strip().equals("*")) {
                throw wrong("If-None-Match", "is * when a document is put");
            }
            return Optional.of(0);
        }
        if (ifMatch == null) {
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "Neither If-Match nor If-None-Match says which version is replaced.")
                    .exception();
        }
        return ifMatch.strip().equals("*")
                ? Optional.empty()
                : Optional.of(version(ifMatch.strip()));
    }

    /** Whether what the reader has already is this version. */
    static boolean isKnown(@Nullable String ifNoneMatch, int version) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String tag : ifNoneMatch.split(",", -1)) {
            String strong = tag.strip().replaceFirst("^W/", "");
            if (strong.equals("*") || strong.equals(tag(version))) {
                return true;
            }
        }
        return false;
    }

    private static int version(String tag) {
        Matcher matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            throw wrong("If-Match", "is one ETag as it was answered, \"3\" for instance, or *");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static ProblemException wrong(String header, String message) {
        return Problem.of(
                        ProblemType.INVALID_PARAMETER,
                        header + " " + message,
                        List.of(new Problem.Field(header, message)))
                .exception();
    }
}
