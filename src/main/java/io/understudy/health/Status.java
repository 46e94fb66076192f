package io.understudy.health;

/** What is said or believed of a component. UNKNOWN is neither down nor fine. */
public enum Status {
    UP,
    DEGRADED,
    DOWN,
    UNKNOWN
}
