package io.understudy.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Counts requests by what the contract calls their path, and by methods that there are. Whoever has
 * no key could otherwise make up as many as are counted at all, and those that matter would no
 * longer be; and each is kept.
 */
public final class RequestPaths implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String PATH = "uri";
    private static final String NONE_OF_OURS = "UNMATCHED";
    private static final String METHOD = "method";

    /** Those of RFC 9110 and RFC 5789. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private static final String NO_SUCH_METHOD = "OTHER";

    private final Function<String, Optional<String>> template;

    /**
     * @param template the contract's path that one of a request is one of
     */
    public RequestPaths(Function<String, Optional<String>> template) {
        this.template = template;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().equals(REQUESTS) ? withPath(withMethod(id)) : id;
    }

    private static Meter.Id withMethod(Meter.Id id) {
        String method = id.getTag(METHOD);
        return method == null || METHODS.contains(method)
                ? id
                : id.withTag(Tag.of(METHOD, NO_SUCH_METHOD));
    }

    private Meter.Id withPath(Meter.Id id) {
        String path = id.getTag(PATH);
        if (path == null || !path.startsWith("/")) {
            return id;
        }
        Optional<String> known = template.apply(path);
        boolean served = String.valueOf(id.getTag("status")).startsWith("2");
        return known.isEmpty() && served
                ? id
                : id.withTag(Tag.of(PATH, known.orElse(NONE_OF_OURS)));
    }
}
