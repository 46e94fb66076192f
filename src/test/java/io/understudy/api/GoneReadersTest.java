package io.understudy.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class GoneReadersTest {

    private static boolean isLogged(String logger, Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, "it went wrong");
        line.setLoggerName(logger);
        line.setThrown(thrown);
        return new GoneReaders().isLoggable(line);
    }

    @Test
    void aReaderWhoGoesAwayIsNotLoggedAndAnythingElseIs() {
        String streams = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

        assertFalse(isLogged(streams, new IOException("Connection reset by peer")));
        assertTrue(isLogged(streams, new IllegalStateException("ours")));
        assertTrue(isLogged("io.understudy.store.Database", new IOException("disk")));
    }
}
