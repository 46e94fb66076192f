package io.understudy.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the face of the service allows. */
@ConfigMapping(prefix = "understudy.api")
interface ApiConfiguration {

    /**
     * The longest body taken. Must be less than quarkus.http.limits.max-body-size, at which the
     * server itself cuts off, without a word.
     */
    @WithDefault("16M")
    MemorySize maxBodySize();

    /** How far ahead of this machine's clock an observation may be dated. */
    @WithDefault("PT1M")
    Duration futureTolerance();

    /** How far ahead of this machine's clock an observation or an alert may be valid. */
    @WithDefault("PT24H")
    Duration longestValidity();

    /**
     * How often a silent event stream says that it is alive, and looks for other replicas' news.
     */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** How many event streams may be open at once. */
    @WithDefault("200")
    int maxEventStreams();

    /** How many of them one caller, by name, may have. */
    @WithDefault("50")
    int maxEventStreamsPerCaller();

    /** How many header fields a request may have. */
    @WithDefault("100")
    int mostHeaders();

    /**
     * How long they may be together. Less than quarkus.http.limits.max-header-size, at which the
     * server itself cuts off, without a word.
     */
    @WithDefault("16K")
    MemorySize headerSize();

    /**
     * Characters of the longest path with its query. Less than
     * quarkus.http.limits.max-initial-line-length, at which the server itself cuts off, without a
     * word.
     */
    @WithDefault("4096")
    int longestAddress();

    /** How many parameters the query of a request may have. */
    @WithDefault("50")
    int mostParameters();

    /** How long a sender may take for the body of a request before the connection is closed. */
    @WithDefault("PT1M")
    Duration sendTime();

    /**
     * How long a browser that was here by TLS shall never come without it; PT0S leaves the header
     * Strict-Transport-Security out.
     */
    @WithDefault("P365D")
    Duration strictTransport();
}
