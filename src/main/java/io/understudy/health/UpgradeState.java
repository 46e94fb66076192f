package io.understudy.health;

/** What Get-CsPoolUpgradeReadinessState says of a Front End pool (domain.md 3.4). */
public enum UpgradeState {
    READY,
    BUSY,
    INSUFFICIENT_ACTIVE_FRONT_ENDS
}
