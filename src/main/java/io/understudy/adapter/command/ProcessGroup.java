package io.understudy.adapter.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program with all that it starts, in a session of its own, so that all of it can be killed.
 *
 * <p>What leaves the session on purpose cannot be reached any more.
 */
final class ProcessGroup {

    /** How long the last output of a killed group may take to arrive. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

    /**
     * How it ended.
     *
     * @param exitCode empty when it was killed at its time limit
     * @param output the last of what it wrote, with a note when something was cut before
     */
    record Ended(OptionalInt exitCode, String output) {}

    private final Process process;
    private final CompletableFuture<String> output = new CompletableFuture<>();

    private ProcessGroup(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @throws IOException when it, or setsid, cannot be started
     */
    static ProcessGroup start(
            List<String> command,
            Path directory,
            Map<String, String> environment,
            int outputLimit,
            ProgressLines lines)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("setsid", "--"));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        ProcessGroup group = new ProcessGroup(builder.start());
        Thread.ofVirtual().start(() -> group.read(outputLimit, lines));
        return group;
    }

    private void read(int limit, ProgressLines lines) {
        Tail tail = new Tail(limit);
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                tail.add(buffer, n);
                lines.add(buffer, n);
            }
            output.complete(tail.text());
        } catch (IOException e) {
            output.complete(tail.text() + " (output ended: " + e.getMessage() + ")");
        }
    }

    /** Waits for its end, and kills what is left of the group then. */
    Ended await(Duration limit) throws InterruptedException {
        boolean ended;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            kill();
        }
        String told = told();
        return new Ended(ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(), told);
    }

    private String told() throws InterruptedException {
        try {
            return output.get(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "(something that left the session still holds the output open)";
        } catch (ExecutionException e) {
            return "(output could not be read: " + e.getMessage() + ")";
        }
    }

    /** Kills every process of the group; nothing happens when there is none left. */
    void kill() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // without kill(1) at least the program itself goes
            process.destroyForcibly();
        }
    }

    /** The last bytes of a stream. */
    private static final class Tail {
        private final byte[] ring;
        private long seen;

        private Tail(int limit) {
            this.ring = new byte[limit];
        }

        private void add(byte[] bytes, int length) {
            for (int i = Math.max(0, length - ring.length); i < length; i++) {
                ring[(int) ((seen + i) % ring.length)] = bytes[i];
            }
            seen += length;
        }

        private String text() {
            int kept = (int) Math.min(seen, ring.length);
            byte[] last = new byte[kept];
            for (int i = 0; i < kept; i++) {
                last[i] = ring[(int) ((seen - kept + i) % ring.length)];
            }
            String text = new String(last, StandardCharsets.UTF_8).strip();
            return seen > kept ? "(" + (seen - kept) + " bytes cut) " + text : text;
        }
    }
}
