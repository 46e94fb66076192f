package io.understudy.control;

import io.understudy.decision.Policy;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.replay.Heard;
import io.understudy.replay.RecordedRun;
import java.time.Instant;
import java.util.List;

/**
 * All that is on record of an incident and that its decisions rested on.
 *
 * @param about the components that the incident is about: its target, what hangs together with it,
 *     and whatever was decided on in it
 * @param from since when observations are there
 * @param to until when: the end of the incident, or now while it is open
 * @param estate the version in force when it opened; likewise the policy
 * @param heard what was heard of the whole estate, in that order
 * @param runs every run that was there meanwhile or shortly before
 * @param findings those about {@code about} that were open meanwhile; likewise the decisions
 */
public record IncidentRecord(
        Incident incident,
        List<ComponentId> about,
        Instant from,
        Instant to,
        DocumentStore.Version<Estate> estate,
        DocumentStore.Version<Policy> policy,
        List<Heard> heard,
        List<RecordedRun> runs,
        List<RecordedFinding> findings,
        List<RecordedDecision> decisions) {

    public IncidentRecord {
        about = List.copyOf(about);
        heard = List.copyOf(heard);
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
        decisions = List.copyOf(decisions);
    }
}
