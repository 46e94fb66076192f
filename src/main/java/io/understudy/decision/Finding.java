package io.understudy.decision;

import io.understudy.estate.ComponentId;
import java.time.Instant;
import java.util.List;

/**
 * Something wrong.
 *
 * @param rule row of domain.md 8 that names it
 * @param confirmed whether enough observers agree; an unconfirmed finding leads to no remediation
 * @param evidence sentences: who saw what
 */
public record Finding(
        FindingCode code,
        ComponentId target,
        String rule,
        Severity severity,
        Instant since,
        boolean confirmed,
        List<String> evidence) {

    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** The same, named by another row. */
    public Finding by(String row) {
        return new Finding(code, target, row, severity, since, confirmed, evidence);
    }
}
