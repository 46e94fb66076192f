package io.understudy.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.decision.Clause;
import io.understudy.decision.ClauseResult;
import io.understudy.decision.GateClause;
import io.understudy.decision.Mode;
import io.understudy.decision.Remediation;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final ComponentId STORE = ComponentId.parse("store:be1");
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    @Test
    void whatDiffersByLessThanTheToleranceIsTheSame() {
        assertEquals(
                List.of(),
                compared(
                        List.of(held(failover("B3"), 10.0, 60)),
                        List.of(held(failover("B3"), 11.999, 65))));
    }

    @Test
    void whatIsDecidedMuchSoonerOrLaterSaysByHowMuch() {
        Difference earlier =
                only(List.of(held(failover("B3"), 70, 90)), List.of(held(failover("B3"), 7.5, 90)));
        assertEquals(Difference.Kind.EARLIER, earlier.kind());
        assertEquals(Optional.of(Duration.ofMillis(62_500)), earlier.by());
        assertEquals(
                "MIRROR_FAILOVER of store:be1 to sql:sql2.contoso.com/rtc would be decided 62.5 s earlier,"
                        + " at 1970-01-01T00:00:07.500Z instead of 1970-01-01T00:01:10Z.",
                earlier.sentence());
        Difference later =
                only(
                        List.of(held(failover("B3"), 10, 900)),
                        List.of(held(failover("B3"), 12, 900)));
        assertEquals(Difference.Kind.LATER, later.kind());
        assertEquals(Optional.of(TOLERANCE), later.by());
    }

    @Test
    void whatBeganBeforeTheFirstEvidenceIsNeitherSoonerNorLater() {
        assertEquals(
                List.of(),
                compared(
                        List.of(held(failover("B3"), -500, 60)),
                        List.of(held(failover("B3"), 0, 60))));
        assertEquals(List.of(), compared(List.of(held(failover("B3"), -500, -400)), List.of()));
    }

    @Test
    void anotherRuleAnotherModeAndAnotherGateAreNamed() {
        Difference rule =
                only(List.of(held(failover("B3"), 10, 60)), List.of(held(failover("B1"), 10, 60)));
        assertEquals(Difference.Kind.DIFFERENT_RULE, rule.kind());
        Difference mode =
                only(
                        List.of(held(failover("B3"), 10, 60)),
                        List.of(
                                held(
                                        verdict(Remediation.MIRROR_FAILOVER, "B3", Mode.ADVISE, 1),
                                        10,
                                        60)));
        assertEquals(Difference.Kind.DIFFERENT_MODE, mode.kind());
        assertTrue(mode.sentence().contains("approvals needed: 1"), mode.sentence());
        Difference gate =
                only(
                        List.of(held(failover("B3"), 10, 60)),
                        List.of(held(gated(ClauseResult.UNKNOWN), 10, 60)));
        assertEquals(Difference.Kind.DIFFERENT_GATE, gate.kind());
        assertEquals(
                List.of(
                        new Difference.GateDifference(
                                Clause.MIRROR_REACHABLE,
                                Optional.of(ClauseResult.PASSED),
                                Optional.of(ClauseResult.UNKNOWN))),
                gate.gate());
        assertTrue(gate.sentence().endsWith("It would be blocked."), gate.sentence());
    }

    @Test
    void whatOnlyOneSideHasIsMissingOrAdditional() {
        assertEquals(
                Difference.Kind.MISSING,
                only(List.of(held(failover("B3"), 10, 60)), List.of()).kind());
        assertEquals(
                Difference.Kind.ADDITIONAL,
                only(List.of(), List.of(held(failover("B3"), 10, 60))).kind());
    }

    @Test
    void somethingElseAtTheSameTimeIsAnotherRemediation() {
        Verdict repair = verdict(Remediation.REPAIR, "B4", Mode.ADVISE, 0);
        Difference other =
                only(List.of(held(failover("B3"), 10, 60)), List.of(held(repair, 12, 60)));
        assertEquals(Difference.Kind.DIFFERENT_REMEDIATION, other.kind());
        assertTrue(other.sentence().contains("REPAIR of store:be1"), other.sentence());
        assertEquals(
                List.of(Difference.Kind.MISSING, Difference.Kind.ADDITIONAL),
                compared(List.of(held(failover("B3"), 10, 60)), List.of(held(repair, 60, 90)))
                        .stream()
                        .map(Difference::kind)
                        .toList());
    }

    @Test
    void whatLastedForLessThanTheToleranceIsLeftOutUnlessARunCouldHaveBegun() {
        Verdict none = verdict(Remediation.NONE, "P8", Mode.AUTOMATE, 0);
        assertEquals(List.of(), compared(List.of(), List.of(held(none, 10, 11.9))));
        assertEquals(
                List.of(),
                compared(List.of(), List.of(held(gated(ClauseResult.FAILED), 10, 11.9))));
        assertEquals(1, compared(List.of(), List.of(held(failover("B3"), 10, 10.1))).size());
    }

    @Test
    void whatShowedForAMomentTwiceDidNotLastForTheTimeInBetween() {
        Verdict none = verdict(Remediation.NONE, "P6", Mode.AUTOMATE, 0);
        assertEquals(
                List.of(),
                compared(List.of(), List.of(held(none, 10, 10.002), held(none, 12, 12.002))));
        assertEquals(
                1,
                compared(List.of(), List.of(held(none, 10, 11), held(none, 12, 13))).size(),
                "together as long as the tolerance");
    }

    @Test
    void aDecisionCountsFromWhenItCouldBeCarriedOut() {
        List<Span.Held> blockedFirst =
                List.of(held(gated(ClauseResult.UNKNOWN), 10, 30), held(failover("B3"), 30, 60));
        Difference later = only(List.of(held(failover("B3"), 10, 60)), blockedFirst);
        assertEquals(Difference.Kind.LATER, later.kind());
        assertEquals(Optional.of(Duration.ofSeconds(20)), later.by());
    }

    @Test
    void whatWasDecidedThenAfterARunThatWouldNotHaveBegunIsNotCompared() {
        Comparison.Frame frame =
                new Comparison.Frame(at(0), Optional.of(at(20)), at(100), TOLERANCE);
        Verdict aftermath = verdict(Remediation.REPAIR, "B12", Mode.ADVISE, 0);
        Comparison comparison =
                new Comparison(
                        frame,
                        List.of(held(failover("B3"), 10, 25), held(aftermath, 25, 100)),
                        List.of(held(failover("B3"), 10, 100)));
        assertEquals(List.of(), comparison.targets().getFirst().differences());
    }

    private static List<Difference> compared(List<Span.Held> then, List<Span.Held> now) {
        Comparison.Frame frame = new Comparison.Frame(at(0), Optional.empty(), at(100), TOLERANCE);
        return new Comparison(frame, then, now)
                .targets().stream().flatMap(t -> t.differences().stream()).toList();
    }

    private static Difference only(List<Span.Held> then, List<Span.Held> now) {
        List<Difference> found = compared(then, now);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private static Span.Held held(Verdict verdict, double from, double until) {
        return new Span.Held(verdict, at(from), Optional.of(at(until)));
    }

    private static Instant at(double second) {
        return Instant.ofEpochMilli(Math.round(second * 1_000));
    }

    private static Verdict failover(String rule) {
        return verdict(Remediation.MIRROR_FAILOVER, rule, Mode.AUTOMATE, 0);
    }

    private static Verdict verdict(Remediation remediation, String rule, Mode mode, int approvals) {
        boolean acted = remediation == Remediation.MIRROR_FAILOVER;
        return new Verdict(
                new Verdict.What(
                        STORE,
                        remediation,
                        acted
                                ? Optional.of(ComponentId.parse("sql:sql2.contoso.com/rtc"))
                                : Optional.empty(),
                        Optional.empty()),
                rule,
                mode,
                approvals,
                acted ? gate(ClauseResult.PASSED) : List.of(),
                "for a reason");
    }

    private static Verdict gated(ClauseResult result) {
        Verdict failover = failover("B3");
        return new Verdict(failover.what(), "B3", Mode.AUTOMATE, 0, gate(result), "for a reason");
    }

    private static List<GateClause> gate(ClauseResult result) {
        return List.of(
                new GateClause(Clause.MIRROR_REACHABLE, result, true, "as seen"),
                new GateClause(Clause.NO_OTHER_RUN, ClauseResult.FAILED, true, "its own"));
    }
}
