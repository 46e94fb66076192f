package io.understudy.adapter.spi;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Status;

/** Looks at a component. What cannot be reached is a value, not an exception. */
public interface Probe {

    /**
     * What was seen.
     *
     * @param detail a sentence for people: the answer, or the error in the words of the client
     *     library; never a secret
     */
    record Reading(Status status, Facts facts, String detail) {}

    /** Whether this probe can look at the component at all. */
    boolean sees(ComponentId component);

    /**
     * Looks now, as the observer would from where it sits.
     *
     * @return UNKNOWN where the probe itself failed, DOWN only where the component did
     */
    Reading read(ObserverName observer, ComponentId component);
}
