package io.understudy.health;

/** What a partner says of its witness (domain.md 4.4). */
public enum WitnessState {
    CONNECTED,
    DISCONNECTED,
    UNKNOWN
}
