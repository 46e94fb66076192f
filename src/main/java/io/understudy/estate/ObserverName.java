package io.understudy.estate;

/** The name of an observer: who says what it saw. */
public record ObserverName(String value) implements Comparable<ObserverName> {

    public ObserverName {
        value = Names.plain(value, "observer name");
    }

    @Override
    public int compareTo(ObserverName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
