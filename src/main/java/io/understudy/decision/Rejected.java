package io.understudy.decision;

/** A remediation that was considered and ruled out, why, and by which row of domain.md 8. */
public record Rejected(Remediation remediation, String because, String rule) {}
