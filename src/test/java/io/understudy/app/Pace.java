package io.understudy.app;

import java.time.Duration;
import java.util.Optional;

/** Replicas that notice within a second that another is gone. */
record Pace(Duration shift) implements Settings.Replica {

    @Override
    public Optional<String> name() {
        return Optional.empty();
    }

    @Override
    public Duration heartbeat() {
        return Duration.ofMillis(100);
    }

    @Override
    public int missedHeartbeats() {
        return 10;
    }

    @Override
    public Duration polling() {
        return Duration.ofMillis(50);
    }

    @Override
    public int slices() {
        return 4;
    }

    @Override
    public Duration actWithin() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration forgetAfter() {
        return Duration.ofHours(1);
    }
}
