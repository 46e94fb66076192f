package io.understudy.replay;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How the same thing came to be decided otherwise. */
record PairDifferences(Span then, Span now, Comparison.Frame frame) {

    List<Difference> all() {
        List<Difference> found = new ArrayList<>();
        timing().ifPresent(found::add);
        Verdict before = then.verdict(frame.end());
        Verdict after = now.verdict(frame.end());
        if (!before.rule().equals(after.rule())) {
            found.add(Sentences.otherRule(then, now, frame.end()));
        }
        if (before.mode() != after.mode()
                || before.approvalsRequired() != after.approvalsRequired()) {
            found.add(Sentences.otherMode(then, now, frame.end()));
        }
        List<Difference.GateDifference> gate = gate(before, after);
        if (!gate.isEmpty()) {
            found.add(Sentences.otherGate(then, now, frame.end(), gate));
        }
        return found;
    }

    private Optional<Difference> timing() {
        Instant before = max(then.decidedAt(), frame.begin());
        Instant after = max(now.decidedAt(), frame.begin());
        Duration by = Duration.between(before, after);
        return by.isZero() || by.abs().compareTo(frame.tolerance()) < 0
                ? Optional.empty()
                : Optional.of(Sentences.otherTime(then, now, frame.end(), by));
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static List<Difference.GateDifference> gate(Verdict then, Verdict now) {
        Map<Clause, ClauseResult> before = results(then);
        Map<Clause, ClauseResult> after = results(now);
        TreeSet<Clause> clauses = new TreeSet<>(before.keySet());
        clauses.addAll(after.keySet());
        return clauses.stream()
                .map(clause ->
                        new Difference.GateDifference(
                                clause,
                                Optional.ofNullable(before.get(clause)),
                                Optional.ofNullable(after.get(clause))))
                .filter(d -> !d.then().equals(d.now()))
                .toList();
    }

    private static Map<Clause, ClauseResult> results(Verdict verdict) {
        Map<Clause, ClauseResult> results = new EnumMap<>(Clause.class);
        for (GateClause clause : verdict.gate()) {
            results.put(clause.clause(), clause.result());
        }
        return results;
    }
}
