package io.understudy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.understudy.adapter.simulator.Fault;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.document.DocumentReader;
import io.understudy.document.Format;
import io.understudy.document.PolicyDocument;
import io.understudy.document.VerdictDocument;
import io.understudy.estate.ComponentId;
import io.understudy.replay.Difference;
import io.understudy.replay.Outcome;
import io.understudy.replay.Recording;
import io.understudy.replay.Replay;
import io.understudy.replay.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Incidents of the twin, recorded, and decided anew. */
class RecordedIncidentTest {

    private static final ComponentId STORE = ComponentId.parse("store:be1");

    private final TwinLoop all = new TwinLoop();

    @Test
    void theSameEngineUnderTheSamePolicyDecidesAsItDid() {
        Outcome outcome = replay(lostPrincipal(), Policy.DEFAULT);
        assertEquals(List.of(), differences(outcome), outcome::toString);
        assertTrue(outcome.same());
        assertEquals(Optional.empty(), outcome.divergedAt());
        assertTrue(
                outcome.targets().stream().anyMatch(t -> t.target().equals(STORE)),
                outcome::toString);
        assertEquals(outcome.then().after(), outcome.now().after());
        assertTrue(outcome.then().after().isPresent());
        assertEquals(0, outcome.leftOut());
    }

    @Test
    void whereMoreProofIsAskedForItIsDecidedLater() {
        Outcome outcome =
                replay(lostPrincipal(), policy("{thresholds: {consecutive: 4, required: 4}}"));
        Difference later = only(outcome, STORE);
        assertEquals(Difference.Kind.LATER, later.kind());
        assertEquals(Optional.of(Duration.ofSeconds(2)), later.by());
        assertTrue(later.sentence().contains("2 s later"), later.sentence());
        assertEquals(
                outcome.then().after().orElseThrow().plusSeconds(2),
                outcome.now().after().orElseThrow());
        assertTrue(outcome.divergedAt().isPresent(), "its run would not have begun");
    }

    @Test
    void whereNothingIsDoneThatIsTold() {
        Outcome outcome =
                replay(
                        lostPrincipal(),
                        policy("{modes: [{remediation: MIRROR_FAILOVER, mode: OBSERVE}]}"));
        Difference other = only(outcome, STORE);
        assertEquals(Difference.Kind.DIFFERENT_MODE, other.kind());
        assertTrue(other.sentence().contains("nobody carries it out"), other.sentence());
        assertTrue(outcome.divergedAt().isPresent());
    }

    @Test
    void aRunThatSomebodyApprovedIsStillBegunWhereItNeedsTheSameApproval() {
        all.until("the loop has looked around", () -> all.passed(60));
        all.twin.inject(new Fault.Kill(ComponentId.parse("server:fe4.contoso.com")));
        all.twin.inject(new Fault.Kill(ComponentId.parse("server:fe5.contoso.com")));
        all.until(
                "it waits for approval", () -> all.waiting(Remediation.POOL_FAILOVER).isPresent());
        Instant waiting = all.clock.instant();
        all.until("somebody comes", () -> all.clock.instant().isAfter(waiting.plusSeconds(100)));
        var run = all.waiting(Remediation.POOL_FAILOVER).orElseThrow();
        for (int person = 1; person <= run.approvalsNeeded(); person++) {
            all.people.approve(run.id(), "person-" + person);
        }
        all.until("it has ended", () -> all.ended(Remediation.POOL_FAILOVER).isPresent());

        Outcome outcome = replay(run.incident().orElseThrow(), Policy.DEFAULT);
        assertEquals(List.of(), differences(outcome), outcome::toString);
        assertEquals(Optional.empty(), outcome.divergedAt());
    }

    @Test
    void thePolicyAndTheEstateOfThenAreRecorded() {
        all.policy.save(policy("{coolDown: PT7M}"), Optional.of(0), "anna");
        String incident = lostPrincipal();
        all.clock.advance(Duration.ofSeconds(1));
        all.policy.save(policy("{coolDown: PT9M}"), Optional.of(1), "anna");

        IncidentRecord record = recordings(100_000).of(incident).orElseThrow();
        assertEquals(1, record.policy().version());
        assertEquals(policy("{coolDown: PT7M}"), record.policy().body());
        assertEquals(all.estate.current().orElseThrow().body(), record.estate().body());
        assertTrue(record.about().contains(STORE));
        assertTrue(record.about().contains(ComponentId.parse("pool:pool1.contoso.com")));
        assertFalse(record.about().contains(ComponentId.parse("store:be2")));
        assertEquals(1, record.runs().size());
        assertTrue(
                record.heard().getFirst().at().isBefore(record.incident().firstObservedAt()),
                "what was before the failure is there");
    }

    @Test
    void whatIsTooLargeIsRefusedAndSaysSo() {
        String incident = lostPrincipal();
        RecordingTooLarge refused =
                assertThrows(RecordingTooLarge.class, () -> recordings(10).of(incident));
        assertTrue(refused.getMessage().contains("more than 10 observations"));
        assertEquals(Optional.empty(), recordings(10).of("none"));
    }

    /** A principal is lost, its mirror takes over; the incident that this was. */
    private String lostPrincipal() {
        all.until("the loop has looked around", () -> all.passed(60));
        all.twin.inject(new Fault.Kill(ComponentId.parse("sql:sql1.contoso.com/rtc")));
        all.until(
                "the mirror is principal",
                () -> all.ended(Remediation.MIRROR_FAILOVER).isPresent());
        var run = all.ended(Remediation.MIRROR_FAILOVER).orElseThrow();
        all.until(
                "the incident is closed", () -> all.report(run).incident().closedAt().isPresent());
        return run.incident().orElseThrow();
    }

    private Recordings recordings(int most) {
        return new Recordings(
                all.evaluations,
                all.observations,
                all.runs,
                all.estate,
                all.policy,
                all.clock,
                new RecordingSettings(Duration.ofMinutes(5), most));
    }

    private Outcome replay(String incident, Policy policy) {
        IncidentRecord record = recordings(100_000).of(incident).orElseThrow();
        Incident known = record.incident();
        Recording recording =
                new Recording(
                        new Recording.Failure(
                                known.id(),
                                known.target(),
                                known.code(),
                                known.firstObservedAt(),
                                known.openedAt(),
                                known.closedAt()),
                        Set.copyOf(record.about()),
                        record.from(),
                        record.to(),
                        record.estate().body(),
                        record.policy().body(),
                        record.heard(),
                        record.runs(),
                        record.decisions().stream()
                                .map(taken ->
                                        new Span.Held(
                                                VerdictDocument.of(taken.decision()),
                                                taken.takenAt(),
                                                taken.endedAt()))
                                .toList());
        return new Replay(
                        recording,
                        recording.estate(),
                        policy,
                        Replay.USUAL_TOLERANCE,
                        Replay.USUAL_BEYOND)
                .outcome(Decider::decide, VerdictDocument::of);
    }

    private static Difference only(Outcome outcome, ComponentId target) {
        List<Difference> found =
                outcome.targets().stream()
                        .filter(t -> t.target().equals(target))
                        .flatMap(t -> t.differences().stream())
                        .toList();
        assertEquals(1, found.size(), () -> found.toString());
        assertEquals(found, differences(outcome), "nothing else is different");
        return found.getFirst();
    }

    private static List<Difference> differences(Outcome outcome) {
        return outcome.targets().stream().flatMap(t -> t.differences().stream()).toList();
    }

    private static Policy policy(String yaml) {
        return PolicyDocument.read(
                DocumentReader.read(yaml.getBytes(StandardCharsets.UTF_8), Format.YAML));
    }
}
