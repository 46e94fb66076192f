package io.understudy.topology;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An XML element. Names are local and in lower case: the two shapes put the same names into
 * different namespaces, so that a name alone says what is meant.
 *
 * @param name its local name in lower case
 * @param written its local name as it is written
 * @param namespace its namespace; empty when it has none
 * @param attributes by local name in lower case
 * @param text what stands between its tags, without blanks around it
 * @param line where it starts, from 1
 */
record Element(
        String name,
        String written,
        String namespace,
        Map<String, String> attributes,
        List<Element> children,
        String text,
        int line) {

    Element {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The attribute of this name in any case; empty when it is absent or blank. */
    Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(folded(wanted)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** What is said under this name, be it by an attribute or by a child's text. */
    Optional<String> told(String wanted) {
        return attribute(wanted)
                .or(() -> child(wanted).map(Element::text).filter(t -> !t.isEmpty()));
    }

    /** The attribute of this name as a number; empty when it is absent or none. */
    OptionalInt number(String wanted) {
        return attribute(wanted)
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElse(OptionalInt.empty());
    }

    Optional<Element> child(String wanted) {
        return children.stream().filter(child -> child.isNamed(wanted)).findFirst();
    }

    boolean isNamed(String wanted) {
        return name.equals(folded(wanted));
    }

    /** This element and all below it, in document order. */
    Stream<Element> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Element::all));
    }

    /** The elements of this name below this one, in document order. */
    Stream<Element> below(String wanted) {
        return children.stream().flatMap(Element::all).filter(e -> e.isNamed(wanted));
    }
}
