package io.understudy.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is taken on at once; docs/load.md says what it means for memory. */
@ConfigMapping(prefix = "understudy.load")
interface LoadConfiguration {

    /** Requests under way; default 400. */
    @WithDefault("400")
    int requests();

    /** Of these those of one key, or of one address without key; default 200. */
    @WithDefault("200")
    int requestsPerCaller();

    /** What their bodies come to; default 32M. */
    @WithDefault("32M")
    MemorySize bodies();

    /** Of these those of one caller; default 16M. */
    @WithDefault("16M")
    MemorySize bodiesPerCaller();

    /** Requests that take much computing, worked on at once; default 4. */
    @WithDefault("4")
    int heavyRequests();

    /** How long another one waits for its turn; default 5 s. */
    @WithDefault("PT5S")
    Duration heavyPatience();

    /** What those are told who are refused; default 1 s. */
    @WithDefault("PT1S")
    Duration retryAfter();

    /** Observations that wait to be saved before more are refused; default 50,000. */
    @WithDefault("50000")
    int waitingObservations();

    /** Observations saved in one transaction; default 10,000. */
    @WithDefault("10000")
    int observationsAtOnce();

    /** Looks at components under way; the others wait; default 200. */
    @WithDefault("200")
    int looks();
}
