package io.understudy.api;

import io.understudy.estate.ComponentId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the query, the path and the headers; what is wrong is named. */
final class Parameters {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");

    /** The longest id of a run, an incident and the like, in characters. */
    static final int LONGEST_ID = 100;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private Parameters() {}

    static Optional<ComponentId> component(String name, @Nullable String value) {
        return named(name, value, ComponentId::parse);
    }

    /** A value of a type that checks itself, as the names of the estate do. */
    static <T> Optional<T> named(String name, @Nullable String value, Function<String, T> parse) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(value));
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(name, String.valueOf(e.getMessage())).exception();
        }
    }

    static <E extends Enum<E>> Optional<E> choice(
            String name, Class<E> type, @Nullable String value) {
        return choice(name, type, each -> each.name(), value);
    }

    /** One of an enumeration's values as {@code label} writes them. */
    static <E extends Enum<E>> Optional<E> choice(
            String name, Class<E> type, Function<E, String> label, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        for (E each : type.getEnumConstants()) {
            if (label.apply(each).equals(value)) {
                return Optional.of(each);
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(label).collect(Collectors.joining(", "));
        throw Problem.parameter(name, "is one of " + known).exception();
    }

    /** A time of the years in which something can have happened or be planned. */
    static Optional<Instant> time(String name, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.parse(value);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return Optional.of(time);
            }
        } catch (DateTimeException e) {
            throw noTime(name);
        }
        throw noTime(name);
    }

    private static ProblemException noTime(String name) {
        return Problem.parameter(
                        name,
                        "is an RFC 3339 time of the years 1970 to 2999, 2026-11-21T10:00:00Z for"
                                + " instance")
                .exception();
    }

    static Optional<Boolean> truth(String name, @Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        return switch (value) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw Problem.parameter(name, "is true or false").exception();
        };
    }

    static Optional<Integer> number(String name, @Nullable String value, int least, int most) {
        if (value == null) {
            return Optional.empty();
        }
        long number = DIGITS.matcher(value).matches() ? Long.parseLong(value) : -1;
        if (number < least || number > most) {
            throw Problem.parameter(name, "is a whole number from " + least + " to " + most)
                    .exception();
        }
        return Optional.of((int) number);
    }

    /** A text that may be stored and compared: neither empty nor too long, nothing unprintable. */
    static Optional<String> text(String name, @Nullable String value, int longest) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isBlank()
                || value.length() > longest
                || value.chars().anyMatch(Character::isISOControl)) {
            throw Problem.parameter(name, "is 1 to " + longest + " printable characters")
                    .exception();
        }
        return Optional.of(value);
    }
}
