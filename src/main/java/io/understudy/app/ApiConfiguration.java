package io.understudy.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the face of the service allows. */
@ConfigMapping(prefix = "understudy.api")
interface ApiConfiguration {

    /**
     * The longest body taken. Must be no more than quarkus.http.limits.max-body-size, at which the
     * server itself cuts off.
     */
    @WithDefault("16M")
    MemorySize maxBodySize();

    /** How far ahead of this machine's clock an observation may be dated. */
    @WithDefault("PT1M")
    Duration futureTolerance();

    /**
     * How often a silent event stream says that it is alive, and looks for other replicas' news.
     */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** How many event streams may be open at once. */
    @WithDefault("200")
    int maxEventStreams();
}
