package io.understudy.health;

/** State of a Persistent Chat pool (domain.md 6.7). */
public enum ChatState {
    NORMAL,
    FAILED_OVER
}
