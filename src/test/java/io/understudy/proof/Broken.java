package io.understudy.proof;

/**
 * A property of product.md that an evaluation breaks.
 *
 * @param property S1 to S7 or L1
 * @param how in words that are the same for every world in which it is broken so
 */
record Broken(String property, String how) implements Comparable<Broken> {
    @Override
    public int compareTo(Broken other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return property + ": " + how;
    }
}
