package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended.Lost;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted;
import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import io.understudy.adapter.spi.Secrets;
import io.understudy.outbound.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * PowerShell over WS-Management. Lines are heard on a thread of this transport's own, never after
 * {@link #run} has returned. Each run has its own connection and its own shell, which is deleted at
 * the end: with it ends what was started there and has not detached itself.
 */
final class WinRmTransport implements Transport {

    private static final int PORT = 5986;

    private final WinRmSettings settings;
    private final Secrets secrets;

    WinRmTransport(WinRmSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    @Override
    public Ended run(ManagementServer server, Input input, Duration limit, Consumer<String> line)
            throws InterruptedException {
        WinRmOutput output = new WinRmOutput(settings.outputLimit(), settings.errorLimit(), line);
        WinRmRun run;
        try {
            run = new WinRmRun(settings, login(server), input, output);
        } catch (Misconfigured e) {
            return new NotStarted(Reason.MISCONFIGURED, e.why);
        }
        try {
            return await(run, server, limit);
        } finally {
            output.close();
        }
    }

    /** The dialogue on a thread of its own, since the client library can hardly be interrupted. */
    private Ended await(WinRmRun run, ManagementServer server, Duration limit)
            throws InterruptedException {
        CompletableFuture<Ended> ended = new CompletableFuture<>();
        Thread thread = new Thread(() -> carryOut(run, ended), "winrm " + server.name());
        thread.setDaemon(true);
        // the client library looks for its parts through the thread, wherever that comes from
        thread.setContextClassLoader(WinRmTransport.class.getClassLoader());
        thread.start();
        try {
            return ended.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return run.abandon()
                    ? new NotStarted(Reason.UNREACHABLE, "no shell within " + limit)
                    : new Lost("no end within " + limit);
        } catch (ExecutionException e) {
            return run.abandon()
                    ? new NotStarted(Reason.UNREACHABLE, "the client failed: " + e.getCause())
                    : new Lost("the client failed: " + e.getCause());
        } finally {
            run.abandon();
            thread.interrupt();
        }
    }

    private void carryOut(WinRmRun run, CompletableFuture<Ended> ended) {
        try {
            ended.complete(run.carryOut(() -> giveUpWithoutShell(run, ended)));
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    /** A server that answers the request for a shell never, or in a way that the library misses. */
    private void giveUpWithoutShell(WinRmRun run, CompletableFuture<Ended> ended) {
        Duration opening =
                settings.connectTimeout()
                        .plus(settings.operationTimeout())
                        .plus(settings.answerTimeout());
        CompletableFuture.delayedExecutor(opening.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> {
                    if (run.abandon()) {
                        ended.complete(
                                new NotStarted(Reason.UNREACHABLE, "no shell within " + opening));
                    }
                });
    }

    private WinRmRun.Login login(ManagementServer server) throws Misconfigured {
        String user =
                server.user().orElseThrow(() -> new Misconfigured(server.name() + " has no user"));
        String credential =
                server.credential()
                        .orElseThrow(() -> new Misconfigured(server.name() + " has no credential"));
        try {
            return new WinRmRun.Login(address(server), user, secrets.read(credential), trust());
        } catch (Secrets.SecretUnavailable e) {
            throw new Misconfigured(String.valueOf(e.getMessage()));
        }
    }

    private static URL address(ManagementServer server) throws Misconfigured {
        try {
            Optional<String> refusal = refusal(server);
            if (refusal.isPresent()) {
                throw new Misconfigured(server.name() + ": " + refusal.get());
            }
            int port = server.port().orElse(PORT);
            return new URI("https", null, server.host(), port, "/wsman", null, null).toURL();
        } catch (URISyntaxException | IOException | IllegalArgumentException e) {
            throw new Misconfigured("no address of a server: " + server.host());
        }
    }

    private static Optional<String> refusal(ManagementServer server) {
        try {
            return Addresses.refusal(server.host());
        } catch (UnknownHostException e) {
            // the call itself finds nobody, which may be so for a moment only
            return Optional.empty();
        }
    }

    private SSLContext trust() throws Misconfigured {
        try {
            return WinRmTrust.context(settings, secrets);
        } catch (IOException | GeneralSecurityException e) {
            Optional<String> file = settings.trustStore().map(Object::toString);
            throw new Misconfigured(
                    "no trust store: " + file.orElse("the JVM's") + ": " + e.getMessage());
        }
    }

    /** Settings or secrets that do not allow to try. */
    private static final class Misconfigured extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        Misconfigured(String why) {
            super(why);
            this.why = why;
        }
    }
}
