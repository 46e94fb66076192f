package io.understudy.health;

/** The registrar pool state (domain.md 3.5). */
public enum PoolState {
    ACTIVE,
    FAILING_OVER,
    FAILED_OVER,
    FAILED_BACK
}
