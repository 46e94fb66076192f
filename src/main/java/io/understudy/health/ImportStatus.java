package io.understudy.health;

/** Whether the partner could import what a Backup Service module sent (domain.md 2.5). */
public enum ImportStatus {
    NORMAL_STATE,
    ERROR_STATE,
    UNKNOWN
}
