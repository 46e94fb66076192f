package io.understudy.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
public final class Ticker implements InstantSource {

    private Instant now;

    public Ticker(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    /** Goes on to this time, never back. */
    public void reach(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }
}
