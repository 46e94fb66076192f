package io.understudy.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.document.Cursor;
import io.understudy.document.Schemas;
import io.understudy.estate.ObserverName;
import io.understudy.health.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The mapping document. */
public final class MappingDocument {

    private static final String SQL_INSTANCE_LABEL = "sql_instance";

    private MappingDocument() {}

    /**
     * Reads a mapping.
     *
     * @throws io.understudy.document.InvalidDocument when it has not the shape of the contract's {@code Mapping}, or a
     *     rule says in two ways or in none what an alert is about
     */
    public static Mapping read(JsonNode document) {
        Schemas.check("Mapping", document);
        Cursor mapping = Cursor.of(document);
        return new Mapping(
                mapping.list("rules", MappingDocument::rule),
                mapping.list(
                        "observers",
                        label -> new Mapping.ObserverLabel(
                                label.text("label"), label.text("names").equals("SITE"))));
    }

    private static Mapping.Rule rule(Cursor rule) {
        Map<String, String> labels = new HashMap<>();
        rule.at("labels").node().properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
        return new Mapping.Rule(
                rule.text("name"),
                labels,
                new HashSet<>(rule.list("without", label -> label.node().asText())),
                target(rule),
                rule.optional("observer", ObserverName::new),
                rule.constant("status", Status.DOWN),
                rule.integer("samples").orElse(Mapping.SAMPLES),
                rule.duration("validFor", Mapping.VALID_FOR));
    }

    private static Target target(Cursor rule) {
        if (rule.has("component") == rule.has("hostLabel")) {
            throw rule.refused("a rule has exactly one of component and hostLabel", "TARGET");
        }
        return rule.has("component")
                ? new Target.Template(rule.text("component"))
                : new Target.Host(
                        rule.text("hostLabel"),
                        rule.optional("sqlInstanceLabel", label -> label).orElse(SQL_INSTANCE_LABEL));
    }

    /** The document of a mapping, with every value that holds. */
    public static ObjectNode write(Mapping mapping) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = document.putArray("rules");
        mapping.rules().forEach(rule -> write(rule, rules.addObject()));
        ArrayNode observers = document.putArray("observers");
        mapping.observers()
                .forEach(from -> observers
                        .addObject()
                        .put("label", from.label())
                        .put("names", from.site() ? "SITE" : "OBSERVER"));
        return document;
    }

    private static void write(Mapping.Rule rule, ObjectNode to) {
        to.put("name", rule.name());
        ObjectNode labels = to.putObject("labels");
        new TreeMap<>(rule.labels()).forEach(labels::put);
        ArrayNode without = to.putArray("without");
        new TreeSet<>(rule.without()).forEach(without::add);
        switch (rule.target()) {
            case Target.Template template -> to.put("component", template.text());
            case Target.Host host -> to.put("hostLabel", host.label()).put("sqlInstanceLabel", host.sqlInstanceLabel());
        }
        rule.observer().ifPresent(observer -> to.put("observer", observer.value()));
        to.put("status", rule.status().name())
                .put("samples", rule.samples())
                .put("validFor", rule.validFor().toString());
    }
}
