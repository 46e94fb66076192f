package io.understudy.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.estate.ComponentId;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;

/** How the API shows a condition: status, since, evidence, and what would change it. */
public final class ConditionDocument {

    private ConditionDocument() {}

    public static ObjectNode write(ComponentId component, Condition condition) {
        ObjectNode document = Tree.object()
                .put("component", component.toString())
                .put("status", condition.status().name())
                .put("since", condition.since().toString());
        if (condition instanceof Condition.Unknown unknown) {
            document.put("doubt", unknown.doubt().name());
        }
        ArrayNode evidence = document.putArray("evidence");
        condition.evidence().forEach(part -> write(part, evidence.addObject()));
        return document.put("wouldChange", condition.wouldChange());
    }

    private static void write(Evidence evidence, ObjectNode to) {
        to.put("observer", evidence.observer().value());
        Tree.text(to, "site", evidence.site());
        to.put("status", evidence.status().name())
                .put("since", evidence.since().toString())
                .put("at", evidence.at().toString())
                .put("observationId", evidence.observationId());
    }
}
