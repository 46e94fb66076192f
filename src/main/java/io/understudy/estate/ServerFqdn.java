package io.understudy.estate;

/** The fully qualified domain name of a server, in lower case. */
public record ServerFqdn(String value) implements Comparable<ServerFqdn> {

    public ServerFqdn {
        value = Names.fqdn(value, "server fqdn");
    }

    @Override
    public int compareTo(ServerFqdn other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
