package io.understudy.decision;

/** What can be done about a finding (product.md). */
public enum Remediation {
    NONE,
    WAIT,
    REPAIR,
    MIRROR_FAILOVER,
    FORCED_MIRROR_FAILOVER,
    PRINCIPAL_ALIGNMENT,
    MIRROR_FAILBACK,
    AVAILABILITY_GROUP_FAILOVER,
    FORCED_AVAILABILITY_GROUP_FAILOVER,
    QUORUM_RECOVERY,
    CMS_FAILOVER,
    EDGE_NEXT_HOP_CHANGE,
    POOL_FAILOVER,
    POOL_FAILBACK,
    CHAT_FAILOVER,
    CHAT_FAILBACK;

    /** Whether somebody acts: NONE, WAIT and REPAIR are carried out by nobody here. */
    public boolean acts() {
        return this != NONE && this != WAIT && this != REPAIR;
    }

    /**
     * Whether it gives data up or cannot be taken back whatever the evidence: it needs two people
     * and never starts by itself (domain.md 8.8 no. 7).
     */
    public boolean irreversible() {
        return this == FORCED_MIRROR_FAILOVER
                || this == FORCED_AVAILABILITY_GROUP_FAILOVER
                || this == CHAT_FAILOVER;
    }

    /**
     * Whether it undoes a failover: only a person starts it, so that no failover is followed by its
     * failback unasked (domain.md 8.8 no. 8).
     */
    public boolean failsBack() {
        return this == MIRROR_FAILBACK || this == POOL_FAILBACK || this == CHAT_FAILBACK;
    }

    /** Whether it gives up what the lost side has not sent (domain.md 4.5, 4.10). */
    public boolean forced() {
        return this == FORCED_MIRROR_FAILOVER || this == FORCED_AVAILABILITY_GROUP_FAILOVER;
    }

    /**
     * Whether a run of it is opened as soon as it is decided, be it to wait for approval; else only
     * a person opens one: failbacks, and what is forced.
     */
    public boolean openedUnasked() {
        return acts() && !failsBack() && !forced();
    }

    /** Whether only people start it, whatever a policy says. */
    public boolean neverAutomated() {
        return irreversible() || failsBack();
    }
}
