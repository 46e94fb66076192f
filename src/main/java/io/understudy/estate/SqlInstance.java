package io.understudy.estate;

import java.util.Locale;

/** One SQL Server instance: a host and the instance on it, written {@code host/instance}. */
public record SqlInstance(ServerFqdn fqdn, String instance) implements Comparable<SqlInstance> {

    public SqlInstance {
        instance = Names.plain(instance, "SQL instance").toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(SqlInstance other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return fqdn + "/" + instance;
    }
}
