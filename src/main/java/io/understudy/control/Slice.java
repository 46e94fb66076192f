package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A part of what one observer looks at: the unit in which looking is shared out among replicas.
 *
 * @param number from 0
 * @param of how many parts there are in all; replicas with another number have other slices
 */
public record Slice(ObserverName observer, int number, int of) {

    private static final Pattern NAME = Pattern.compile("(.+) (\\d{1,6})/(\\d{1,6})");

    public Slice {
        if (number < 0 || number >= of) {
            throw new IllegalArgumentException("there is no slice " + number + " of " + of);
        }
    }

    /** The one in which an observer's look at a component is; the same in every process. */
    public static Slice with(ObserverName observer, ComponentId component, int of) {
        return new Slice(observer, Math.floorMod(component.toString().hashCode(), of), of);
    }

    public static List<Slice> all(Collection<ObserverName> observers, int of) {
        return observers.stream()
                .flatMap(observer ->
                        IntStream.range(0, of).mapToObj(n -> new Slice(observer, n, of)))
                .toList();
    }

    /** The slice of this name; empty when it is none. */
    public static Optional<Slice> named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(parts.group(2));
        int of = Integer.parseInt(parts.group(3));
        return number < of
                ? Optional.of(new Slice(new ObserverName(parts.group(1)), number, of))
                : Optional.empty();
    }

    /** For instance {@code o-dublin 0/4}. */
    public String name() {
        return observer + " " + number + "/" + of;
    }
}
