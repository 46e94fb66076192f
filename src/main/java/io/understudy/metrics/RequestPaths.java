package io.understudy.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts requests by what the contract calls their path. Whoever has no key could otherwise make up
 * as many as are counted at all, and those that matter would no longer be.
 */
public final class RequestPaths implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String PATH = "uri";
    private static final String NONE_OF_OURS = "UNMATCHED";

    private final Function<String, Optional<String>> template;

    /**
     * @param template the contract's path that one of a request is one of
     */
    public RequestPaths(Function<String, Optional<String>> template) {
        this.template = template;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getTag(PATH);
        if (!id.getName().equals(REQUESTS) || path == null || !path.startsWith("/")) {
            return id;
        }
        Optional<String> known = template.apply(path);
        boolean refused = String.valueOf(id.getTag("status")).startsWith("4");
        return known.isEmpty() && !refused
                ? id
                : id.withTag(Tag.of(PATH, known.orElse(NONE_OF_OURS)));
    }
}
