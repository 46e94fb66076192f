package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A place in a document whose shape its schema has approved. Whatever a core value refuses all the
 * same becomes an {@link InvalidDocument} with the pointer of its place.
 *
 * @param pointer JSON pointer of the place in the whole document
 */
public record Cursor(JsonNode node, String pointer) {

    /** What would be shown with more digits than the contract's Duration has. */
    private static final Duration TOO_LONG = Duration.ofHours(1_000_000);

    /** The whole document. */
    public static Cursor of(JsonNode document) {
        return new Cursor(document, "");
    }

    /** A field or a place for it; of arrays the index. */
    public Cursor at(String field) {
        return new Cursor(node.path(field), pointer + "/" + Schemas.escaped(field));
    }

    public boolean has(String field) {
        return node.has(field);
    }

    public String text(String field) {
        return node.path(field).asText();
    }

    /** What a required text field says. */
    public <T> T value(String field, Function<String, T> read) {
        Cursor place = at(field);
        return place.checked(() -> read.apply(place.node.asText()));
    }

    /** What an optional text field says. */
    public <T> Optional<T> optional(String field, Function<String, T> read) {
        return has(field) ? Optional.of(value(field, read)) : Optional.empty();
    }

    public <E extends Enum<E>> E constant(String field, Class<E> type) {
        return value(field, name -> Enum.valueOf(type, name));
    }

    public <E extends Enum<E>> E constant(String field, E otherwise) {
        return optional(field, name -> Enum.valueOf(otherwise.getDeclaringClass(), name))
                .orElse(otherwise);
    }

    public Duration duration(String field, Duration otherwise) {
        return duration(field).orElse(otherwise);
    }

    public Optional<Duration> duration(String field) {
        return optional(field, Cursor::parsed);
    }

    /** A duration that can be shown again as the contract has it. */
    static Duration parsed(String text) {
        Duration duration = Duration.parse(text);
        if (duration.compareTo(TOO_LONG) >= 0) {
            throw new IllegalArgumentException(
                    "is longer than %d hours".formatted(TOO_LONG.toHours() - 1));
        }
        return duration;
    }

    public OptionalInt integer(String field) {
        return has(field) ? OptionalInt.of(node.path(field).intValue()) : OptionalInt.empty();
    }

    public OptionalLong longInteger(String field) {
        return has(field) ? OptionalLong.of(node.path(field).longValue()) : OptionalLong.empty();
    }

    public Optional<Boolean> flag(String field) {
        return has(field) ? Optional.of(node.path(field).booleanValue()) : Optional.empty();
    }

    /** A time with any offset from UTC. */
    public Instant time(String field) {
        return value(field, Instant::parse);
    }

    /** The items of an array that may be absent. */
    public <T> List<T> list(String field, Function<Cursor, T> read) {
        return at(field).items(read);
    }

    /** The items of this array. */
    public <T> List<T> items(Function<Cursor, T> read) {
        List<T> items = new ArrayList<>(node.size());
        int index = 0;
        for (JsonNode item : node) {
            items.add(read.apply(new Cursor(item, pointer + "/" + index++)));
        }
        return items;
    }

    /** What is made here, or an {@link InvalidDocument} that points here. */
    public <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw refused(String.valueOf(e.getMessage()), "VALUE");
        }
    }

    /** An exception that points here. */
    public InvalidDocument refused(String message, String code) {
        return new InvalidDocument(List.of(new DocumentProblem(pointer, message, code)));
    }
}
