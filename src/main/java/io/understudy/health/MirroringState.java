package io.understudy.health;

/** State of a mirrored database (domain.md 4.4); UNKNOWN where it was not told. */
public enum MirroringState {
    SYNCHRONIZED,
    SYNCHRONIZING,
    SUSPENDED,
    DISCONNECTED,
    PENDING_FAILOVER,
    UNSYNCHRONIZED,
    UNKNOWN
}
