package io.understudy.api;

import io.quarkus.logging.LoggingFilter;
import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Keeps out of the log that whoever read an event stream has gone away: no fault of anybody's. */
@LoggingFilter(name = "gone-readers")
public final class GoneReaders implements Filter {

    private static final String STREAMS =
            "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !STREAMS.equals(record.getLoggerName())
                || !(record.getThrown() instanceof IOException);
    }
}
