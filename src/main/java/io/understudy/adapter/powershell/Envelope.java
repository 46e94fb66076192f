package io.understudy.adapter.powershell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.understudy.adapter.spi.StepCall;
import io.understudy.document.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the bootstrap reads: one JSON document in one line of ASCII. */
final class Envelope {

    private static final int PROTOCOL = 1;
    private static final ObjectWriter ASCII =
            Json.mapper().writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII);

    /** What is wanted of a script. */
    enum Mode {
        /** Begin the order unless it has begun, and tell how it goes on to its end. */
        ACT,
        CHECK,
        REHEARSE,
        READ
    }

    private final PowerShellSettings settings;

    Envelope(PowerShellSettings settings) {
        this.settings = settings;
    }

    /**
     * An order, or a look at one.
     *
     * @param run as a name of files: letters, digits, dash and underscore
     * @param heard how many lines of progress need not be told again
     */
    Transport.Input of(
            Mode mode, Order order, String run, StepCall call, int heard, Duration limit) {
        Map<String, Object> all = common(mode, order, limit);
        all.put("run", run);
        all.put("step", call.stepNumber());
        all.put("attempt", call.attempt());
        all.put("token", call.fencingToken());
        all.put("heard", heard);
        return input(all);
    }

    /** A look at what the management shell knows. */
    Transport.Input read(Order order, Duration limit) {
        return input(common(Mode.READ, order, limit));
    }

    private Map<String, Object> common(Mode mode, Order order, Duration limit) {
        Map<String, Object> all = new LinkedHashMap<>();
        Scripts.Script script = Scripts.of(order.script());
        all.put("protocol", PROTOCOL);
        all.put("mode", mode.name().toLowerCase(Locale.ROOT));
        all.put("operation", order.script());
        all.put("parameters", order.parameters());
        all.put("modules", settings.modules());
        all.put("directory", settings.orderDirectory().orElse(""));
        all.put("limitSeconds", limit.toSeconds() + 1);
        all.put("startSeconds", settings.startLimit().toSeconds());
        all.put("pollMillis", settings.poll().toMillis());
        all.put("lineLimit", settings.lineLength());
        all.put("progressLimit", settings.lineCount());
        all.put("sha256", script.sha256());
        all.put("script", script.text());
        return all;
    }

    private static Transport.Input input(Map<String, Object> all) {
        try {
            return new Transport.Input(Scripts.BOOTSTRAP, ASCII.writeValueAsString(all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text, numbers and flags can be written", e);
        }
    }
}
