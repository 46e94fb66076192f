package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what monitoring systems send is signed, where they have to. */
@ConfigMapping(prefix = "understudy.signature")
interface SignatureConfiguration {

    /** The header with the time of the signature, in seconds since 1970. */
    @WithDefault("Understudy-Timestamp")
    String timestampHeader();

    /** The header with the signature. */
    @WithDefault("Understudy-Signature")
    String signatureHeader();

    /** How far the time may be from now; more than nothing. */
    @WithDefault("PT5M")
    Duration tolerance();
}
