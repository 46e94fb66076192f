package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.ObserverName;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Observations, one or many. */
public final class ObservationDocument {

    private ObservationDocument() {}

    /**
     * Reads one observation.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code Observation}
     */
    public static Observation read(JsonNode document) {
        Schemas.check("Observation", document);
        return read(Cursor.of(document));
    }

    /**
     * Reads a batch: an array, or an object that has it under {@code observations}.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code ObservationBatch}
     */
    public static List<Observation> readBatch(JsonNode document) {
        if (document.isObject()) {
            Schemas.check("ObservationEnvelope", document);
            return readAll(Cursor.of(document).at("observations"));
        }
        Schemas.check("ObservationList", document);
        return readAll(Cursor.of(document));
    }

    /** Reads an array of observations whose shape is checked. */
    static List<Observation> readAll(Cursor observations) {
        return observations.items(ObservationDocument::read);
    }

    static Observation read(Cursor document) {
        ComponentId component = document.value("component", ComponentId::parse);
        return new Observation(
                document.text("id"),
                component,
                document.constant("status", Status.class),
                document.value("observer", ObserverName::new),
                document.time("observedAt"),
                FactsDocument.read(component.kind(), document.at("facts")),
                document.text("signal"),
                document.integer("samples").orElse(1),
                document.optional("validUntil", Instant::parse));
    }

    /** What observations speak of that the estate does not have; pointers start at the array. */
    public static List<DocumentProblem> unknownTo(Estate estate, List<Observation> observations) {
        Set<ComponentId> components = estate.components();
        List<DocumentProblem> problems = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            Observation observation = observations.get(i);
            if (!components.contains(observation.component())) {
                problems.add(
                        new DocumentProblem(
                                "/" + i + "/component",
                                "the estate has no component " + observation.component(),
                                "UNKNOWN_COMPONENT"));
            }
            if (estate.observer(observation.observer()).isEmpty()) {
                problems.add(
                        new DocumentProblem(
                                "/" + i + "/observer",
                                "the estate has no observer " + observation.observer(),
                                "UNKNOWN_OBSERVER"));
            }
        }
        return problems;
    }

    /** The document of an observation; defaults are left out, facts are always there. */
    public static ObjectNode write(Observation observation) {
        ObjectNode document =
                Tree.object()
                        .put("id", observation.id())
                        .put("component", observation.component().toString())
                        .put("status", observation.status().name())
                        .put("observer", observation.observer().value())
                        .put("observedAt", observation.observedAt().toString());
        document.set("facts", FactsDocument.write(observation.facts()));
        if (!observation.signal().isEmpty()) {
            document.put("signal", observation.signal());
        }
        if (observation.samples() != 1) {
            document.put("samples", observation.samples());
        }
        Tree.text(document, "validUntil", observation.validUntil());
        return document;
    }
}
