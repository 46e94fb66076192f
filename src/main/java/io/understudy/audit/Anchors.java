package io.understudy.audit;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Heads of the chain that were kept outside of the database and can be read again. */
@FunctionalInterface
public interface Anchors {

    /** None are kept where they can be read. */
    Anchors NONE = () -> new Kept(new TreeMap<>(), Optional.empty());

    /**
     * What was kept.
     *
     * @param hashes by number
     * @param problem why they could not be read, and what to do
     */
    record Kept(NavigableMap<Long, String> hashes, Optional<String> problem) {}

    Kept kept();
}
