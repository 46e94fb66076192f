package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the database is waited for; what concerns connections is quarkus.datasource.jdbc.*. */
@ConfigMapping(prefix = "understudy.database")
interface DatabaseConfiguration {

    /** How long one statement may take; default 10 s. */
    @WithDefault("PT10S")
    Duration statementLimit();

    /** How long one statement may wait for a lock; default 5 s. */
    @WithDefault("PT5S")
    Duration lockLimit();

    /**
     * How long the server may be silent before the connection is given up; longer than the limit of
     * a statement; default 12 s.
     */
    @WithDefault("PT12S")
    Duration silenceLimit();

    /** How often a transaction is tried that was certainly rolled back, in all; default 5. */
    @WithDefault("5")
    int attempts();

    /** What callers are told to wait while the database cannot be used; default 2 s. */
    @WithDefault("PT2S")
    Duration retryAfter();

    /** How long a question about readiness may wait for the database; default 2 s. */
    @WithDefault("PT2S")
    Duration readinessLimit();
}
