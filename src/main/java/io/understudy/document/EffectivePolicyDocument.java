package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.calendar.Occurrence;
import io.understudy.calendar.Planned;
import io.understudy.decision.Effective;
import io.understudy.decision.EffectivePolicy;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.Scopes;
import io.understudy.decision.Setting;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a policy amounts to for one target, with where each value comes from. */
public final class EffectivePolicyDocument {

    private EffectivePolicyDocument() {}

    /** What is asked: of which policy, for what, when. */
    public record Question(
            Policy policy,
            Optional<Estate> estate,
            Optional<ComponentId> target,
            Optional<Instant> at) {}

    /**
     * Reads what is asked of a policy that need not be in force.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code
     *     EffectivePolicyRequest}, or when policy or estate could not be put
     */
    public static Question readRequest(JsonNode document) {
        Schemas.check("EffectivePolicyRequest", document);
        Cursor request = Cursor.of(document);
        return new Question(
                PolicyDocument.read(request.at("policy")),
                request.has("estate")
                        ? Optional.of(EvaluationDocument.estate(request.at("estate")))
                        : Optional.empty(),
                request.optional("target", ComponentId::parse),
                request.optional("at", Instant::parse));
    }

    /**
     * The answer.
     *
     * @param estate where the target belongs; without it only rules for the very target fit
     * @param target empty for the estate as a whole
     */
    public static ObjectNode write(
            Policy policy, Optional<Estate> estate, Optional<ComponentId> target, Instant at) {
        List<ComponentId> scopes =
                target.map(t -> estate.map(e -> Scopes.of(e, t)).orElse(List.of(t)))
                        .orElse(List.of());
        EffectivePolicy effective = new EffectivePolicy(policy, scopes);
        ArrayNode windows = Tree.object().arrayNode();
        boolean frozen = windows(policy, scopes, at, windows);
        ObjectNode answer = Tree.object();
        Tree.text(answer, "target", target);
        Tree.texts(answer, "scopes", scopes);
        answer.put("at", at.toString()).put("frozen", frozen);
        modes(effective, answer.putArray("modes"));
        ObjectNode settings = answer.putObject("settings");
        for (Setting setting : Setting.values()) {
            Effective<Optional<Duration>> held = effective.setting(setting);
            ObjectNode written = settings.putObject(setting.field());
            Tree.text(written, "value", held.value());
            written.put("origin", held.origin().text());
        }
        values(effective.thresholds(), answer.putObject("thresholds"));
        values(effective.limits(), answer.putObject("limits"));
        put(answer.putObject("primaryStoreVotes"), effective.primaryStoreVotes());
        answer.set("windows", windows);
        return answer;
    }

    private static void modes(EffectivePolicy effective, ArrayNode to) {
        for (Remediation remediation : Remediation.values()) {
            Effective<Mode> mode = effective.mode(remediation);
            to.addObject()
                    .put("remediation", remediation.name())
                    .put("mode", mode.value().name())
                    .put("origin", mode.origin().text());
        }
    }

    private static void values(Map<String, Effective<Object>> values, ObjectNode to) {
        values.forEach((field, value) -> put(to.putObject(field), value));
    }

    private static void put(ObjectNode to, Effective<?> held) {
        switch (held.value()) {
            case Integer number -> to.put("value", number);
            case Object other -> to.put("value", other.toString());
        }
        to.put("origin", held.origin().text());
    }

    /** Writes the windows that are open or come next; answers whether one of them is a freeze. */
    private static boolean windows(
            Policy policy, List<ComponentId> scopes, Instant at, ArrayNode to) {
        Map<Window.Kind, Integer> indexes = new EnumMap<>(Window.Kind.class);
        boolean frozen = false;
        for (Window window : policy.windows()) {
            int index = indexes.merge(window.kind(), 1, Integer::sum) - 1;
            Optional<Occurrence> next = WindowDocument.planned(window).schedule().onOrAfter(at);
            if (!window.concerns(scopes) || next.isEmpty()) {
                continue;
            }
            boolean open = next.get().covers(at);
            frozen |= open && window.kind() == Window.Kind.FREEZE;
            window(window, "/" + WindowDocument.field(window.kind()) + "/" + index, open, to)
                    .setAll(WindowDocument.times(next.get()));
        }
        return frozen;
    }

    private static ObjectNode window(Window window, String origin, boolean open, ArrayNode to) {
        Planned planned = WindowDocument.planned(window);
        ObjectNode written =
                to.addObject().put("name", window.name()).put("kind", window.kind().name());
        Tree.text(written, "scope", window.scope());
        written.put("origin", origin).put("open", open);
        Tree.text(written, "reason", planned.reason());
        Tree.text(written, "by", planned.by());
        return written;
    }
}
