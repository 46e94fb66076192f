package io.understudy.decision;

/** Whether a remediation is only recorded, waits for approval, or starts by itself. */
public enum Mode {
    OBSERVE,
    ADVISE,
    AUTOMATE
}
