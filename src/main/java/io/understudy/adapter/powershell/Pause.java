package io.understudy.adapter.powershell;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Returns when this much time has passed. */
    void pass(Duration time) throws InterruptedException;
}
