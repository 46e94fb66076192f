package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Secrets;
import io.understudy.outbound.Addresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.future.SshFuture;
import org.apache.sshd.common.future.VerifiableFuture;

/**
 * PowerShell by SSH: with a key, an agent or a password, and only with servers whose host key is
 * known. One session per call; standard input carries the envelope.
 */
final class SshTransport implements Transport, AutoCloseable {

    static final int PORT = 22;

    /** What a session may be shown, for the client that all of them share. */
    static final AttributeKey<Trust> TRUST = new AttributeKey<>();

    private static final int ERROR_KEPT = 4096;

    /** The keys that the server may show, and whether it showed another. */
    static final class Trust {
        final HostKeys keys;
        volatile boolean broken;

        Trust(HostKeys keys) {
            this.keys = keys;
        }
    }

    private final PowerShellSettings settings;
    private final SshCredentials credentials;
    private final InstantSource clock;
    private final Object lock = new Object();
    private final Map<Boolean, SshClient> clients = new HashMap<>();

    SshTransport(PowerShellSettings settings, Secrets secrets, InstantSource clock) {
        this.settings = settings;
        this.credentials = new SshCredentials(secrets, settings.agent());
        this.clock = clock;
    }

    @Override
    public Ended run(ManagementServer server, Input input, Duration limit, Consumer<String> line)
            throws InterruptedException {
        Instant end = clock.instant().plus(limit);
        Trust trust;
        try {
            trust = new Trust(HostKeys.of(server, port(server), settings.knownHosts()));
        } catch (IOException e) {
            return new NotStarted(Reason.MISCONFIGURED, String.valueOf(e.getMessage()));
        }
        try (ClientSession session = connected(server, trust)) {
            Optional<NotStarted> shut = credentials.offer(server, session);
            if (shut.isPresent()) {
                return shut.get();
            }
            try {
                await(session.auth(), settings.connectLimit());
            } catch (IOException e) {
                return refused(server, session, trust, e);
            }
            return executed(session, input, end, line);
        } catch (IOException e) {
            return trust.broken ? untrusted(server) : unreachable(server, e);
        }
    }

    private static int port(ManagementServer server) {
        return server.port().orElse(PORT);
    }

    private ClientSession connected(ManagementServer server, Trust trust)
            throws IOException, InterruptedException {
        Optional<String> refusal = Addresses.refusal(server.host());
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        ConnectFuture connecting =
                client(credentials.byAgent(server))
                        .connect(
                                server.user().orElse(""),
                                server.host(),
                                port(server),
                                AttributeRepository.ofKeyValuePair(TRUST, trust),
                                null);
        await(connecting, settings.connectLimit());
        return connecting.getSession();
    }

    private NotStarted refused(
            ManagementServer server, ClientSession session, Trust trust, IOException why) {
        if (trust.broken) {
            return untrusted(server);
        }
        // an answer that never came is no refusal
        return session.isOpen() && !(why instanceof NoAnswer)
                ? new NotStarted(
                        Reason.NOT_PERMITTED,
                        server.name()
                                + " does not let in "
                                + server.user().orElse("nobody")
                                + ": "
                                + why.getMessage())
                : unreachable(server, why);
    }

    private static NotStarted untrusted(ManagementServer server) {
        return new NotStarted(
                Reason.UNTRUSTED,
                server.name() + " at " + server.host() + " shows a host key that is not known");
    }

    private static NotStarted unreachable(ManagementServer server, IOException why) {
        return new NotStarted(
                Reason.UNREACHABLE,
                server.name()
                        + " at "
                        + server.host()
                        + ":"
                        + port(server)
                        + ": "
                        + why.getMessage());
    }

    /** From here on something may have been started. */
    private Ended executed(ClientSession session, Input input, Instant end, Consumer<String> line)
            throws InterruptedException {
        Tail error = new Tail(ERROR_KEPT);
        Lines lines = new Lines(PowerShellSettings.OUTPUT_LINE, line);
        String command =
                String.join(" ", LocalTransport.command(settings.program(), input.bootstrap()));
        byte[] envelope = (input.envelope() + "\n").getBytes(StandardCharsets.US_ASCII);
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setIn(new ByteArrayInputStream(envelope));
            channel.setOut(lines);
            channel.setErr(error);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            channel.addCloseFutureListener(_ -> closed.complete(null));
            await(channel.open(), settings.connectLimit());
            closed.get(
                    Math.max(1, Duration.between(clock.instant(), end).toMillis()),
                    TimeUnit.MILLISECONDS);
            lines.close();
            Integer code = channel.getExitStatus();
            return code == null
                    ? new Ended.Lost("the session ended before PowerShell had")
                    : new Ended.Exited(code, error.text());
        } catch (TimeoutException e) {
            return new Ended.Lost("PowerShell had not ended when its time was over");
        } catch (IOException | ExecutionException e) {
            return new Ended.Lost("the session was lost: " + e.getMessage());
        }
    }

    /** Waits so that an interrupt is heard, which the library's own waiting swallows. */
    private static <T extends SshFuture<T> & VerifiableFuture<?>> void await(
            T future, Duration limit) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        future.addListener(_ -> done.complete(null));
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswer("no answer within " + limit);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        future.verify(1);
    }

    /** Nobody said anything. */
    private static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1;

        private NoAnswer(String message) {
            super(message);
        }
    }

    /** One for servers with a credential, and one that asks the agent for those without. */
    private SshClient client(boolean byAgent) {
        synchronized (lock) {
            return clients.computeIfAbsent(
                    byAgent,
                    asked ->
                            SshClients.started(
                                    settings, asked ? settings.agent() : Optional.empty()));
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            clients.values().forEach(SshClient::stop);
            clients.clear();
        }
    }
}
