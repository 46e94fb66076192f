package io.understudy.replay;

import io.understudy.decision.GateClause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says differences in words. */
final class Sentences {

    private static final int LONG = 120;

    private Sentences() {}

    static Difference otherRemediation(Span then, Span now, Instant end) {
        return of(
                Difference.Kind.DIFFERENT_REMEDIATION,
                then,
                now,
                end,
                "Then it was "
                        + decided(then, end)
                        + "; now it would be "
                        + decided(now, end)
                        + ": "
                        + now.verdict(end).reason());
    }

    static Difference otherRule(Span then, Span now, Instant end) {
        return of(
                Difference.Kind.DIFFERENT_RULE,
                then,
                now,
                end,
                "%s rested on %s and would rest on %s: %s"
                        .formatted(
                                then.what(),
                                then.verdict(end).rule(),
                                now.verdict(end).rule(),
                                now.verdict(end).reason()));
    }

    static Difference otherMode(Span then, Span now, Instant end) {
        return of(
                Difference.Kind.DIFFERENT_MODE,
                then,
                now,
                end,
                "%s was %s and would be %s."
                        .formatted(then.what(), mode(then.verdict(end)), mode(now.verdict(end))));
    }

    static Difference otherGate(
            Span then, Span now, Instant end, List<Difference.GateDifference> gate) {
        String clauses =
                gate.stream()
                        .map(d ->
                                "%s was %s and would be %s%s"
                                        .formatted(
                                                d.clause(),
                                                d.then().map(Enum::name).orElse("not asked"),
                                                d.now().map(Enum::name).orElse("not asked"),
                                                evidence(now.verdict(end), d)))
                        .collect(Collectors.joining("; "));
        String blocked =
                then.verdict(end).blocked() == now.verdict(end).blocked()
                        ? ""
                        : now.verdict(end).blocked()
                                ? " It would be blocked."
                                : " It would not be blocked.";
        return new Difference(
                Difference.Kind.DIFFERENT_GATE,
                Optional.of(side(then, end)),
                Optional.of(side(now, end)),
                Optional.empty(),
                gate,
                "In the gate of " + then.what() + " " + clauses + "." + blocked);
    }

    /**
     * @param by negative when it would be earlier
     */
    static Difference otherTime(Span then, Span now, Instant end, Duration by) {
        return new Difference(
                by.isNegative() ? Difference.Kind.EARLIER : Difference.Kind.LATER,
                Optional.of(side(then, end)),
                Optional.of(side(now, end)),
                Optional.of(by.abs()),
                List.of(),
                "%s would be decided %s %s, at %s instead of %s."
                        .formatted(
                                then.what(),
                                text(by.abs()),
                                by.isNegative() ? "earlier" : "later",
                                now.decidedAt(),
                                then.decidedAt()));
    }

    static Difference missing(Span then, Instant end) {
        return new Difference(
                Difference.Kind.MISSING,
                Optional.of(side(then, end)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "Then it was " + decided(then, end) + "; now it would not be.");
    }

    static Difference additional(Span now, Instant end) {
        return new Difference(
                Difference.Kind.ADDITIONAL,
                Optional.empty(),
                Optional.of(side(now, end)),
                Optional.empty(),
                List.of(),
                "Then it was not decided; now it would be "
                        + decided(now, end)
                        + ": "
                        + now.verdict(end).reason());
    }

    private static Difference of(
            Difference.Kind kind, Span then, Span now, Instant end, String sentence) {
        return new Difference(
                kind,
                Optional.of(side(then, end)),
                Optional.of(side(now, end)),
                Optional.empty(),
                List.of(),
                sentence);
    }

    private static Difference.Side side(Span span, Instant end) {
        return new Difference.Side(span.decidedAt(), span.until(), span.verdict(end));
    }

    private static String decided(Span span, Instant end) {
        Verdict verdict = span.verdict(end);
        return "decided at %s: %s by %s%s"
                .formatted(
                        span.decidedAt(),
                        span.what(),
                        verdict.rule(),
                        verdict.blocked() ? ", blocked" : "");
    }

    private static String mode(Verdict verdict) {
        return switch (verdict.mode()) {
            case OBSERVE -> "in mode OBSERVE, so that nobody carries it out";
            case ADVISE -> "in mode ADVISE with approvals needed: " + verdict.approvalsRequired();
            case AUTOMATE -> "in mode AUTOMATE, so that it starts by itself";
        };
    }

    private static String evidence(Verdict now, Difference.GateDifference different) {
        return now.gate().stream()
                .filter(clause -> clause.clause() == different.clause())
                .map(GateClause::evidence)
                .findFirst()
                .map(evidence -> " (" + shortened(evidence) + ")")
                .orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= LONG ? text : text.substring(0, LONG) + "…";
    }

    /** Seconds to the millisecond, minutes beyond two of them. */
    static String text(Duration time) {
        if (time.compareTo(Duration.ofMinutes(2)) >= 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return BigDecimal.valueOf(time.toMillis())
                        .divide(BigDecimal.valueOf(1_000), 3, RoundingMode.UNNECESSARY)
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }
}
