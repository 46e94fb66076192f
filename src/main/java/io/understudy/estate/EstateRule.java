package io.understudy.estate;

import io.understudy.estate.Violation.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One rule of the field.
 *
 * @param source section of domain.md, or product.md for what only makes the document whole
 * @param check every place of an estate that breaks it
 */
record EstateRule(String code, Severity severity, String source, Function<Estate, List<Fault>> check) {

    /**
     * A place that breaks a rule.
     *
     * @param pointer to a field that the document has
     */
    record Fault(String pointer, String message) {

        Fault under(String prefix) {
            return new Fault(prefix + pointer, message);
        }
    }

    /** A rule about each pool by itself; pointers start at the pool. */
    static EstateRule ofPools(
            String code, Severity severity, String source, BiFunction<Estate, Pool, List<Fault>> check) {
        return new EstateRule(code, severity, source, estate -> each(estate, estate.pools(), "/pools/", check));
    }

    /** A rule about each store by itself; pointers start at the store. */
    static EstateRule ofStores(
            String code, Severity severity, String source, BiFunction<Estate, Store, List<Fault>> check) {
        return new EstateRule(code, severity, source, estate -> each(estate, estate.stores(), "/stores/", check));
    }

    private static <T> List<Fault> each(
            Estate estate, List<T> things, String pointer, BiFunction<Estate, T, List<Fault>> check) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            String place = pointer + i;
            check.apply(estate, things.get(i)).forEach(fault -> faults.add(fault.under(place)));
        }
        return faults;
    }

    static List<Fault> faultIf(boolean broken, String pointer, String message) {
        return broken ? List.of(new Fault(pointer, message)) : List.of();
    }

    static <T> List<Fault> faultIf(Optional<T> offender, String pointer, Function<T, String> message) {
        return offender.map(o -> List.of(new Fault(pointer, message.apply(o)))).orElse(List.of());
    }

    List<Violation> violations(Estate estate) {
        return check.apply(estate).stream()
                .map(fault -> new Violation(code, severity, fault.pointer(), fault.message(), source))
                .toList();
    }
}
