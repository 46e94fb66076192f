package io.understudy.adapter.spi;

/** Hears what a tool says while it works. */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress UNHEARD = line -> {};

    /**
     * One line of what the tool says, for people; never a secret. Must be quick, and never throws.
     */
    void said(String line);
}
