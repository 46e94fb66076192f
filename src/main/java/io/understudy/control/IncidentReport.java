package io.understudy.control;

import io.understudy.decision.DataLoss;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened, when, why, and why nothing else: the post-incident report.
 *
 * @param phases in the order of time; those that were not reached are missing
 * @param runs how each run did against Microsoft's targets
 * @param why for each decision that was acted upon or waited for, its reason
 * @param whyNot what was ruled out, and by which row
 */
public record IncidentReport(
        Incident incident,
        List<Phase> phases,
        List<RunMeasure> runs,
        List<Line> timeline,
        List<String> why,
        List<String> whyNot) {

    /**
     * One phase.
     *
     * @param name from FIRST_OBSERVATION to RECOVERED
     * @param sinceFirstMillis since the first observation, in milliseconds
     * @param sinceBeforeMillis since the phase before, in milliseconds
     */
    public record Phase(Name name, Instant at, long sinceFirstMillis, long sinceBeforeMillis) {

        /** The phases of an incident, in order. */
        public enum Name {
            FIRST_OBSERVATION,
            FINDING,
            DECISION,
            APPROVED,
            STARTED,
            ACTED,
            VERIFIED,
            RECOVERED
        }
    }

    /**
     * A run against its targets.
     *
     * @param targetRto Microsoft's target for the release; like it, the measured time excludes
     *     detection and approval
     * @param measuredRto from the start to the last verification; empty unless it succeeded
     * @param targetMet empty unless it succeeded
     * @param dataLoss what the decision said would be lost, the recovery point
     */
    public record RunMeasure(
            String run,
            Remediation remediation,
            ComponentId target,
            RunState state,
            Duration expectedRto,
            Duration targetRto,
            Optional<Duration> measuredRto,
            Optional<Boolean> targetMet,
            DataLoss dataLoss) {}

    /** One line of what happened. */
    public record Line(Instant at, String text) {}

    public IncidentReport {
        phases = List.copyOf(phases);
        runs = List.copyOf(runs);
        timeline = List.copyOf(timeline);
        why = List.copyOf(why);
        whyNot = List.copyOf(whyNot);
    }

    /** The report for people, as Markdown. */
    public String markdown() {
        return ReportMarkdown.of(this);
    }
}
