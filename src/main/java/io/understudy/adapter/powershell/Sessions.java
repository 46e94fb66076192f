package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.estate.SiteName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sessions on management servers: one for a look, as many as it takes for an order. */
final class Sessions {

    private static final ManagementServer HERE =
            new ManagementServer(
                    "this machine",
                    new SiteName("here"),
                    ManagementServer.Transport.LOCAL,
                    "localhost",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());

    private final Map<ManagementServer.Transport, Transport> transports;
    private final Duration reconnect;
    private final InstantSource clock;
    private final Pause pause;

    Sessions(
            Map<ManagementServer.Transport, Transport> transports,
            Duration reconnect,
            InstantSource clock,
            Pause pause) {
        this.transports = Map.copyOf(transports);
        this.reconnect = reconnect;
        this.clock = clock;
        this.pause = pause;
    }

    /** One session, whatever comes of it. */
    Ended once(
            Optional<ManagementServer> named,
            Transport.Input input,
            Duration limit,
            Replies replies)
            throws InterruptedException {
        ManagementServer server = named.orElse(HERE);
        Transport transport = transports.get(server.transport());
        if (transport == null) {
            return new Ended.NotStarted(
                    Ended.NotStarted.Reason.MISCONFIGURED,
                    "there is no way to " + server.name() + " by " + server.transport());
        }
        return transport.run(server, input, limit, replies);
    }

    /**
     * Sessions until there is a result or the limit has passed. A lost one is opened again: giving
     * an order a second time joins what it began.
     *
     * @param input made anew for each, for the lines that were heard already and the time left
     * @return how the last one ended; NotStarted only when none ever got through
     */
    Ended persistently(
            Optional<ManagementServer> server,
            Function<Duration, Transport.Input> input,
            Duration limit,
            Replies replies)
            throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        boolean lost = false;
        String last = "";
        while (true) {
            Duration left = Duration.between(clock.instant(), end);
            if (!left.isPositive()) {
                return new Ended.Lost("it had not ended after " + limit + last);
            }
            Ended ended = once(server, input.apply(left), left, replies);
            boolean certain = ended instanceof Ended.NotStarted && !lost && !replies.greeted();
            boolean dumb = ended instanceof Ended.Exited && !lost && !replies.greeted();
            if (certain || dumb || replies.result().isPresent() || replies.broken().isPresent()) {
                return ended;
            }
            lost = true;
            last = last(ended);
            Duration wait = Duration.between(clock.instant(), end);
            pause.pass(wait.compareTo(reconnect) < 0 ? wait : reconnect);
        }
    }

    private static String last(Ended ended) {
        return switch (ended) {
            case Ended.NotStarted not -> "; the last session: " + not.why();
            case Ended.Lost gone -> "; the last session: " + gone.why();
            case Ended.Exited exited -> "; the last session ended with code " + exited.code();
        };
    }
}
