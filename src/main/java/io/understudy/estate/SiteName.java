package io.understudy.estate;

/** The name of a site, a datacenter. */
public record SiteName(String value) implements Comparable<SiteName> {

    public SiteName {
        value = Names.plain(value, "site name");
    }

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
