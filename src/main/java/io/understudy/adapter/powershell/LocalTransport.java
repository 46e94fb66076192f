package io.understudy.adapter.powershell;

import io.understudy.adapter.powershell.Transport.Ended.NotStarted.Reason;
import io.understudy.adapter.spi.ManagementServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** PowerShell as a process of this machine, never through a shell. */
final class LocalTransport implements Transport {

    /** How long the last output of a process that has ended may take to arrive. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

    private static final int ERROR_KEPT = 4096;

    private final PowerShellSettings settings;

    LocalTransport(PowerShellSettings settings) {
        this.settings = settings;
    }

    /** The words of the command line; the script is the only long one. */
    static List<String> command(String program, String bootstrap) {
        return List.of(
                program,
                "-NoLogo",
                "-NoProfile",
                "-NonInteractive",
                "-ExecutionPolicy",
                "Bypass",
                "-EncodedCommand",
                Scripts.encoded(bootstrap));
    }

    @Override
    public Ended run(ManagementServer server, Input input, Duration limit, Consumer<String> line)
            throws InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    new ArrayList<>(command(settings.program(), input.bootstrap())))
                            .start();
        } catch (IOException e) {
            return new Ended.NotStarted(
                    Reason.MISCONFIGURED,
                    settings.program() + " cannot be started here: " + e.getMessage());
        }
        Tail error = new Tail(ERROR_KEPT);
        CompletableFuture<Void> out =
                copied(process.getInputStream(), new Lines(PowerShellSettings.OUTPUT_LINE, line));
        CompletableFuture<Void> err = copied(process.getErrorStream(), error);
        Thread.ofVirtual().start(() -> write(process.getOutputStream(), input.envelope()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended.Lost("PowerShell had not ended after " + limit);
            }
            return drained(out) && drained(err)
                    ? new Ended.Exited(process.exitValue(), error.text())
                    : new Ended.Lost("PowerShell ended, and something holds its output open");
        } finally {
            // only itself: the job that it has started goes on
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<Void> copied(InputStream from, OutputStream to) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (from;
                            to) {
                        from.transferTo(to);
                        done.complete(null);
                    } catch (IOException e) {
                        done.complete(null);
                    }
                });
        return done;
    }

    private static void write(OutputStream to, String envelope) {
        try (to) {
            to.write(envelope.getBytes(StandardCharsets.US_ASCII));
            to.write('\n');
        } catch (IOException e) {
            // it did not read: it says so by how it ends
            return;
        }
    }

    private static boolean drained(CompletableFuture<Void> copied) throws InterruptedException {
        try {
            copied.get(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
