package io.understudy.decision;

/** Whether a clause of a gate is proven, disproven, or neither. */
public enum ClauseResult {
    PASSED,
    FAILED,
    UNKNOWN
}
