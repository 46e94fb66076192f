package io.understudy.run;

import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.StepExecutor;
import java.time.Duration;
import java.util.Optional;

/**
 * Who carries an action out.
 *
 * @param managementServer empty where there is none
 * @param timeLimit instead of what the step says; empty where no route sets one
 */
public record Routed(
        StepExecutor executor,
        Optional<ManagementServer> managementServer,
        Optional<Duration> timeLimit) {

    /** What is saved of it. */
    Carrier carrier() {
        return new Carrier(executor.name(), managementServer.map(Carrier.Machine::of), timeLimit);
    }
}
