package io.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.control.Present;
import io.understudy.decision.Finding;
import io.understudy.document.ConditionDocument;
import io.understudy.document.FactsDocument;
import io.understudy.document.FindingDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.ComponentFacts;
import io.understudy.health.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is believed of the components of the estate at one time, as it is shown. */
final class Components {

    private final Present present;
    private final Map<ComponentId, List<Finding>> findings;

    Components(Present present) {
        this.present = present;
        this.findings =
                present.evaluation().findings().stream()
                        .collect(Collectors.groupingBy(Finding::target));
    }

    /** The newest facts, and when they were seen. */
    record FactsSeen(Instant seenAt, JsonNode facts) {}

    /** A component with what is believed of it; a pool and a store also as configured. */
    record View(
            ComponentId component,
            String kind,
            String site,
            JsonNode condition,
            Optional<FactsSeen> facts,
            List<JsonNode> findings,
            Optional<JsonNode> pool,
            Optional<JsonNode> store) {}

    Estate estate() {
        return present.estate().body();
    }

    View view(ComponentId id) {
        return view(id, Optional.empty(), Optional.empty());
    }

    View pool(ComponentId id, JsonNode configured) {
        return view(id, Optional.of(configured), Optional.empty());
    }

    View store(ComponentId id, JsonNode configured) {
        return view(id, Optional.empty(), Optional.of(configured));
    }

    private View view(ComponentId id, Optional<JsonNode> pool, Optional<JsonNode> store) {
        List<JsonNode> wrong =
                findings.getOrDefault(id, List.of()).stream()
                        .<JsonNode>map(FindingDocument::write)
                        .toList();
        return new View(
                id,
                id.kind().label(),
                estate().siteOf(id).orElseThrow().value(),
                ConditionDocument.write(id, present.conditions().of(id)),
                seen(present.conditions().facts(id)),
                wrong,
                pool,
                store);
    }

    private static Optional<FactsSeen> seen(ComponentFacts known) {
        return known.facts() instanceof Facts.None
                ? Optional.empty()
                : Optional.of(new FactsSeen(known.at(), FactsDocument.write(known.facts())));
    }
}
