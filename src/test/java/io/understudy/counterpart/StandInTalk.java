package io.understudy.counterpart;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.understudy.conformance.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What one process writes, well or badly. */
final class StandInTalk {

    private static final ObjectWriter ASCII =
            StandInPowerShell.JSON.writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII);
    private static final int HUGE = 5 << 20;

    private final OutputStream out;
    private final Behaviour behaviour;

    StandInTalk(OutputStream out, Behaviour behaviour) {
        this.out = out;
        this.behaviour = behaviour;
    }

    boolean diesAtTheEnd() {
        return behaviour == Behaviour.DIE_AFTER_ACTING;
    }

    void say(String kind, Map<String, ?> content) throws IOException {
        byte[] line = line(kind, content);
        if (behaviour == Behaviour.SLOW_DRIP) {
            for (byte one : line) {
                out.write(one);
                out.flush();
                pause(1);
            }
            return;
        }
        out.write(line);
        out.flush();
    }

    private static byte[] line(String kind, Map<String, ?> content) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kind", kind);
        all.putAll(content);
        return ("#understudy " + ASCII.writeValueAsString(all) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A line that is no message: what a cmdlet says to the host. */
    void print(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The result, with what the behaviour puts before it, or makes of it. */
    void conclude(Map<String, ?> result) throws IOException {
        switch (behaviour) {
            case HUGE_OUTPUT -> huge();
            case NOT_UTF8 ->
                    out.write(new byte[] {'c', 'a', 'f', (byte) 0xE9, (byte) 0xFF, 0, '\n'});
            case PARTIAL_OUTPUT -> {
                byte[] line = line("result", result);
                out.write(line, 0, line.length / 2);
                out.flush();
                return;
            }
            case DIE_AFTER_ACTING -> throw new IOException("dies before the answer");
            case ENDLESS_DRIP -> drip();
            case WELL, HANG, LATE, SLOW_DRIP, REFUSE, UNREACHABLE -> {}
        }
        say("result", result);
    }

    /** Half of it in one line, half in many. */
    private void huge() throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'x');
        for (int written = 0; written < HUGE / 2; written += block.length) {
            out.write(block);
        }
        out.write('\n');
        byte[] line =
                "WARNING: this is said again and again and again\n"
                        .getBytes(StandardCharsets.US_ASCII);
        for (int written = 0; written < HUGE / 2; written += line.length) {
            out.write(line);
        }
    }

    private void drip() throws IOException {
        while (true) {
            out.write('.');
            out.flush();
            pause(10);
        }
    }

    private static void pause(int milliseconds) throws IOException {
        try {
            new Semaphore(0).tryAcquire(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
