package io.understudy.api;

import io.understudy.access.Keys;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What requests show in Authorization: the same however it is written. */
final class ShownKey {

    /** RFC 6750's token, no longer than any key of ours. */
    private static final Pattern KEY = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,256}=*)");

    private static final Pattern SCHEME = Pattern.compile("(?i:bearer) +");

    private ShownKey() {}

    /** The key, if there is one header and it shows what a key may be. */
    static Optional<String> key(List<String> headers) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher key = KEY.matcher(headers.getFirst());
        return key.matches() ? Optional.of(key.group(1)) : Optional.empty();
    }

    /**
     * By what it is counted: a digest of the token alone. The name of the scheme and the blanks
     * behind it can be written in many ways, of which each would have a share of its own.
     */
    static String id(List<String> headers) {
        return Keys.id(SCHEME.matcher(String.join("\n", headers)).replaceFirst(""));
    }
}
