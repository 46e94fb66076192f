package io.understudy.estate;

/** The fully qualified domain name of a pool, in lower case. */
public record PoolFqdn(String value) implements Comparable<PoolFqdn> {

    public PoolFqdn {
        value = Names.fqdn(value, "pool fqdn");
    }

    @Override
    public int compareTo(PoolFqdn other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
