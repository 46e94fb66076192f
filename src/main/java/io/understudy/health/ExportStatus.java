package io.understudy.health;

/** How far a Backup Service module has sent its data (domain.md 2.5). */
public enum ExportStatus {
    FINAL_STATE,
    STEADY_STATE,
    NON_STEADY_STATE,
    NOT_INITIALIZED,
    ERROR_STATE,
    UNKNOWN
}
