package io.understudy.estate;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names are written: host names in lower case, no name blank, none longer than DNS allows. */
final class Names {

    private static final int LONGEST = 253;
    private static final Pattern FQDN =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$-]*");

    private Names() {}

    /** The host name in lower case; refused when it is not one. */
    static String fqdn(String value, String what) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST || !FQDN.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    what + " is not a host name: '" + shortened(value) + "'");
        }
        return lower;
    }

    /**
     * A name of letters, digits, dot, dash, underscore and dollar, as SQL instances and sites bear.
     */
    static String plain(String value, String what) {
        if (value.length() > LONGEST || !PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " has characters that a name may not have: '" + shortened(value) + "'");
        }
        return value;
    }

    private static String shortened(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }
}
