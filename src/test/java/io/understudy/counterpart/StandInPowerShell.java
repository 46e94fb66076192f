package io.understudy.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.conformance.Behaviour;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands in for PowerShell on a management server: given our bootstrap and an envelope it answers
 * as the scripts would, with jobs that outlive the connection, and logs the cmdlets.
 *
 * <p>Safe on any thread; each {@link #run} is one PowerShell process.
 */
public final class StandInPowerShell implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A cmdlet that the scripts would have called to act, with its parameters as text.
     *
     * @param parameters by name, without dash; a switch is "true"
     */
    public record Invocation(
            String cmdlet, Map<String, String> parameters, String run, int step, int attempt) {
        public Invocation {
            parameters = Map.copyOf(parameters);
        }
    }

    private final StandInJobs jobs;

    /** PowerShell on a server of this world. */
    public StandInPowerShell(StandInWorld world) {
        this.jobs = new StandInJobs(world);
    }

    /**
     * Runs one PowerShell process to its end.
     *
     * @param bootstrap the script as text, or as -EncodedCommand has it
     * @param environment its environment; UNDERSTUDY_INPUT_0 and on hold the envelope where there
     *     is no standard input
     * @return its exit code
     */
    public int run(
            String bootstrap,
            Map<String, String> environment,
            InputStream stdin,
            OutputStream out,
            OutputStream err) {
        try {
            if (!ours(bootstrap)) {
                err.write("this is not the bootstrap\n".getBytes(StandardCharsets.UTF_8));
                return 1;
            }
            StandInTalk talk = new StandInTalk(out, jobs.behaviour());
            JsonNode envelope = JSON.readTree(envelope(environment, stdin));
            Optional<String> flaw = flaw(envelope);
            if (flaw.isPresent()) {
                talk.say("broken", Map.of("message", flaw.get()));
                return 3;
            }
            jobs.answer(envelope, talk);
            return 0;
        } catch (IOException e) {
            return 255; // whoever listened is gone
        }
    }

    private static boolean ours(String bootstrap) throws IOException {
        String ours = resource("bootstrap.ps1");
        return bootstrap.equals(ours)
                || bootstrap.equals(
                        Base64.getEncoder()
                                .encodeToString(ours.getBytes(StandardCharsets.UTF_16LE)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StandInPowerShell.class.getResourceAsStream("/powershell/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String envelope(Map<String, String> environment, InputStream stdin)
            throws IOException {
        StringBuilder parts = new StringBuilder();
        for (int i = 0; environment.containsKey("UNDERSTUDY_INPUT_" + i); i++) {
            parts.append(environment.get("UNDERSTUDY_INPUT_" + i));
        }
        return parts.isEmpty()
                ? new String(stdin.readAllBytes(), StandardCharsets.US_ASCII)
                : new String(Base64.getDecoder().decode(parts.toString()), StandardCharsets.UTF_8);
    }

    /** What the bootstrap would find wrong. */
    private static Optional<String> flaw(JsonNode envelope) {
        if (envelope.path("protocol").asInt() != 1) {
            return Optional.of("protocol " + envelope.path("protocol") + " is not known here");
        }
        return envelope.path("sha256").asText().equalsIgnoreCase(sha256(envelope.path("script")))
                ? Optional.empty()
                : Optional.of("the script is not the one that its checksum names");
    }

    private static String sha256(JsonNode script) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(script.asText().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the next orders are treated; jobs that run already keep theirs. */
    public void behave(Behaviour behaviour) {
        jobs.behave(behaviour);
    }

    /** Cmdlets that act wait from now on until {@link #release}. */
    public void hold() {
        jobs.hold();
    }

    /** Lets cmdlets that wait go on. */
    public void release() {
        jobs.release();
    }

    /** Returns once this cmdlet has been called to act. */
    public void awaitInvocation(String cmdlet) throws InterruptedException {
        jobs.awaitInvocation(cmdlet);
    }

    /** The cmdlets that were called to act, oldest first. */
    public List<Invocation> invocations() {
        return jobs.invocations();
    }

    /** How many orders to act have come, whether or not they started anything. */
    public int orders() {
        return jobs.orders();
    }

    /** Ends everything that waits. */
    @Override
    public void close() {
        jobs.close();
    }
}
