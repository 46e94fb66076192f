package io.understudy.health;

/** How a pool takes in what its pair's Backup Service sends (domain.md 2.5). */
public enum ImportStatus {
    NORMAL_STATE,
    ERROR_STATE,
    UNKNOWN
}
