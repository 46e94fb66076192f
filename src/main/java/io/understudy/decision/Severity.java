package io.understudy.decision;

/**
 * How bad a finding is: CRITICAL means that service is lost or about to be, WARNING that redundancy
 * is, INFO neither.
 */
public enum Severity {
    CRITICAL,
    WARNING,
    INFO
}
