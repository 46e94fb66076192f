package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.control.Incident;
import io.understudy.control.IncidentRecord;
import io.understudy.decision.Remediation;
import io.understudy.decision.RunState;
import io.understudy.document.EstateDocument;
import io.understudy.document.Json;
import io.understudy.document.ObservationDocument;
import io.understudy.document.PolicyDocument;
import io.understudy.document.RecordingDocument;
import io.understudy.estate.ComponentId;
import io.understudy.replay.Heard;
import io.understudy.replay.RecordedRun;
import java.time.Instant;
import java.util.List;

/** The recording of an incident as it is shown, and as {@link RecordingDocument} reads it. */
record RecordingView(
        int format,
        Incident incident,
        List<ComponentId> about,
        Instant from,
        Instant to,
        int estateVersion,
        JsonNode estate,
        int policyVersion,
        JsonNode policy,
        List<HeardView> observations,
        List<RunView> runs,
        List<FindingResource.FindingView> findings,
        List<DecisionResource.DecisionView> decisions) {

    /** A statement and when it came in. */
    record HeardView(Instant heardAt, JsonNode observation) {
        static HeardView of(Heard heard) {
            return new HeardView(heard.at(), ObservationDocument.write(heard.observation()));
        }
    }

    /** A run and when it was in which state. */
    record RunView(String id, Remediation remediation, ComponentId target, List<PhaseView> phases) {
        static RunView of(RecordedRun run) {
            return new RunView(
                    run.id(),
                    run.remediation(),
                    run.target(),
                    run.phases().stream()
                            .map(phase -> new PhaseView(phase.state(), phase.since()))
                            .toList());
        }
    }

    /** One phase of a run. */
    record PhaseView(RunState state, Instant since) {}

    static RecordingView of(IncidentRecord record) {
        return new RecordingView(
                RecordingDocument.FORMAT,
                record.incident(),
                record.about(),
                record.from(),
                record.to(),
                record.estate().version(),
                EstateDocument.write(record.estate().body()),
                record.policy().version(),
                PolicyDocument.write(record.policy().body()),
                record.heard().stream().map(HeardView::of).toList(),
                record.runs().stream().map(RunView::of).toList(),
                record.findings().stream().map(FindingResource.FindingView::of).toList(),
                record.decisions().stream().map(DecisionResource.DecisionView::of).toList());
    }

    /** The document that is answered. */
    JsonNode document() {
        return Json.mapper().valueToTree(this);
    }
}
