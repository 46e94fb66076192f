package io.understudy.run;

import java.time.Duration;

/**
 * Does something again and again beside a thread that is busy: renews a lease while a step acts.
 */
@FunctionalInterface
public interface Renewal {

    /** Stops it. */
    interface Ticket extends AutoCloseable {
        @Override
        void close();
    }

    /** Repeats {@code renew} with this pause, first after one pause, until the ticket is closed. */
    Ticket every(Duration pause, Runnable renew);
}
