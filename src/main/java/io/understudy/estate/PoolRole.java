package io.understudy.estate;

/** What the servers of a pool do. */
public enum PoolRole {
    FRONT_END,
    EDGE,
    MEDIATION,
    DIRECTOR,
    PERSISTENT_CHAT
}
