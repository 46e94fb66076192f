package io.understudy.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often somebody may fail to get in. */
@ConfigMapping(prefix = "understudy.login")
interface LoginConfiguration {

    /** Failures from one address, of IPv6 from one /64 network, in a window; at least 1. */
    @WithDefault("300")
    int mostPerAddress();

    /** Failures with the same wrong key in a window, from wherever; at least 1. */
    @WithDefault("100")
    int mostPerKey();

    /** The window; more than nothing. */
    @WithDefault("PT1M")
    Duration window();

    /** How many addresses, and how many keys, are remembered; at least 1. */
    @WithDefault("10000")
    int mostRemembered();

    /** How often the audit is told in counts who was not let in; more than nothing. */
    @WithDefault("PT1M")
    Duration auditInterval();
}
