package io.understudy.estate;

import java.time.Duration;

/**
 * A product release, with Microsoft's published targets (domain.md, number card and 2.2).
 * Subscription Edition is taken as 2019 (domain.md 11 no. 12).
 */
public enum Release {
    LYNC_2013(Duration.ofMinutes(30), Duration.ofMinutes(30), 12),
    SFB_2015(Duration.ofMinutes(20), Duration.ofMinutes(5), 12),
    SFB_2019(Duration.ofMinutes(20), Duration.ofMinutes(5), 16);

    private final Duration poolFailoverRto;
    private final Duration poolFailoverRpo;
    private final int mostFrontEnds;

    Release(Duration poolFailoverRto, Duration poolFailoverRpo, int mostFrontEnds) {
        this.poolFailoverRto = poolFailoverRto;
        this.poolFailoverRpo = poolFailoverRpo;
        this.mostFrontEnds = mostFrontEnds;
    }

    /**
     * The longest time that a pool failover should take; excludes the decision and the users'
     * signing in again.
     */
    public Duration poolFailoverRto() {
        return poolFailoverRto;
    }

    /** The greatest age of data that a pool failover may lose. */
    public Duration poolFailoverRpo() {
        return poolFailoverRpo;
    }

    /** The most Front End Servers that one Enterprise pool may have. */
    public int mostFrontEnds() {
        return mostFrontEnds;
    }
}
