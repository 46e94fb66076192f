package io.understudy.estate;

/** The name of a store, the SQL behind a pool. */
public record StoreName(String value) implements Comparable<StoreName> {

    public StoreName {
        value = Names.plain(value, "store name");
    }

    @Override
    public int compareTo(StoreName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
