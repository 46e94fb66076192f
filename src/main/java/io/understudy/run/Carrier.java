package io.understudy.run;

import io.understudy.adapter.spi.ManagementServer;
import java.time.Duration;
import java.util.Optional;

/**
 * Who carries a step out: chosen by the routing with the step's first intention, saved with it, and
 * the same until the step is over, whoever owns the run by then. What was begun is known to that
 * executor, and on that management server, only: anyone else would say that nothing was.
 *
 * @param executor its name
 * @param managementServer empty where there was none
 * @param timeLimit the route's; empty where it set none
 */
public record Carrier(
        String executor, Optional<Machine> managementServer, Optional<Duration> timeLimit) {

    /**
     * A management server, by what makes it the same machine as before. How one gets in there, by
     * which account, credential and host keys, may change meanwhile.
     */
    public record Machine(
            String name,
            ManagementServer.Transport transport,
            String host,
            Optional<Integer> port) {

        static Machine of(ManagementServer server) {
            return new Machine(server.name(), server.transport(), server.host(), server.port());
        }
    }

    /** For people. */
    String told() {
        return "executor "
                + executor
                + managementServer
                        .map(m ->
                                " by way of management server %s (%s)"
                                        .formatted(m.name(), m.host()))
                        .orElse("");
    }
}
