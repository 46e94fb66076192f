package io.understudy.run;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;

/** Somebody's word that a run may start. */
public record Approval(String actor, Instant at) {

    /**
     * Whether two names are one person's: they are when they differ only in case, white space or
     * how a character is written. Rather one approval too few.
     */
    public static boolean samePerson(String name, String other) {
        return person(name).equals(person(other));
    }

    private static String person(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
