package io.understudy.health;

/** State of a Windows service as Get-CsWindowsService tells it (domain.md 7.2). */
public enum ServiceState {
    RUNNING,
    STOPPED,
    START_PENDING,
    STOP_PENDING,
    PAUSED,
    UNKNOWN
}
