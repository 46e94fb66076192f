package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.Setting;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Violation;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy document; every field is optional and has its value of {@link Policy#DEFAULT} where
 * absent.
 */
public final class PolicyDocument {

    private PolicyDocument() {}

    /**
     * Reads a policy.
     *
     * @throws InvalidDocument when it has not the shape of the contract's {@code Policy}, or
     *     automates what must never start by itself
     */
    public static Policy read(JsonNode document) {
        Schemas.check("Policy", document);
        return read(Cursor.of(document));
    }

    /** Reads a policy whose shape is checked. */
    static Policy read(Cursor document) {
        Policy policy = stored(document);
        PolicyRules.check(policy, document);
        return policy;
    }

    /**
     * What is worth a second look in a policy that has been read: scopes that the estate does not
     * have.
     */
    public static List<Violation> advice(JsonNode document, Estate estate) {
        return PolicyRules.advice(Cursor.of(document), estate);
    }

    /** Reads a policy that has been checked once. */
    static Policy stored(Cursor policy) {
        return new Policy(
                thresholds(policy.at("thresholds")),
                policy.list("modes", PolicyDocument::mode),
                settings(policy),
                policy.list("scopes", PolicyDocument::scoped).stream()
                        .flatMap(List::stream)
                        .toList(),
                policy.constant("primaryStoreVotes", Policy.DEFAULT.primaryStoreVotes()),
                limits(policy.at("limits")),
                Arrays.stream(Window.Kind.values())
                        .flatMap(kind ->
                                policy
                                        .list(
                                                WindowDocument.field(kind),
                                                window -> WindowDocument.read(kind, window))
                                        .stream())
                        .toList());
    }

    private static Map<Setting, Duration> settings(Cursor from) {
        Map<Setting, Duration> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            from.duration(setting.field()).ifPresent(value -> settings.put(setting, value));
        }
        return settings;
    }

    private static List<Policy.ScopedSetting> scoped(Cursor entry) {
        ComponentId scope = entry.value("scope", PolicyDocument::scope);
        return settings(entry).entrySet().stream()
                .map(e -> new Policy.ScopedSetting(scope, e.getKey(), e.getValue()))
                .toList();
    }

    private static Policy.Limits limits(Cursor limits) {
        Policy.Limits otherwise = Policy.Limits.DEFAULT;
        return limits.checked(() ->
                new Policy.Limits(
                        limits.integer("perSite").orElse(otherwise.perSite()),
                        limits.integer("estateWide").orElse(otherwise.estateWide())));
    }

    private static Thresholds thresholds(Cursor thresholds) {
        Thresholds otherwise = Thresholds.DEFAULT;
        return thresholds.checked(() ->
                new Thresholds(
                        thresholds.integer("consecutive").orElse(otherwise.consecutive()),
                        thresholds.integer("required").orElse(otherwise.required()),
                        thresholds.integer("ofLast").orElse(otherwise.ofLast()),
                        thresholds.duration("maxAge", otherwise.maxAge()),
                        thresholds.integer("sites").orElse(otherwise.sites())));
    }

    private static Policy.ModeRule mode(Cursor rule) {
        return new Policy.ModeRule(
                rule.optional("remediation", Remediation::valueOf),
                rule.optional("scope", PolicyDocument::scope),
                rule.constant("mode", Mode.class));
    }

    static ComponentId scope(String text) {
        ComponentId scope = ComponentId.parse(text);
        return switch (scope.kind()) {
            case SITE, POOL, STORE -> scope;
            case SERVER, SQL, FILE_STORE, OBSERVER ->
                    throw new IllegalArgumentException("a scope is a site, a pool or a store");
        };
    }

    /**
     * The document of a policy: thresholds, limits and votes as they hold, of all else what was
     * said.
     */
    public static ObjectNode write(Policy policy) {
        ObjectNode document = Tree.object();
        document.putObject("thresholds")
                .put("consecutive", policy.thresholds().consecutive())
                .put("required", policy.thresholds().required())
                .put("ofLast", policy.thresholds().ofLast())
                .put("maxAge", policy.thresholds().maxAge().toString())
                .put("sites", policy.thresholds().sites());
        writeModes(policy.modes(), document.putArray("modes"));
        for (Setting setting : Setting.values()) {
            Tree.text(
                    document, setting.field(), Optional.ofNullable(policy.settings().get(setting)));
        }
        writeScoped(policy.scoped(), document);
        document.put("primaryStoreVotes", policy.primaryStoreVotes().name());
        document.putObject("limits")
                .put("perSite", policy.limits().perSite())
                .put("estateWide", policy.limits().estateWide());
        for (Window.Kind kind : Window.Kind.values()) {
            WindowDocument.write(kind, policy.windows(), document);
        }
        return document;
    }

    private static void writeScoped(List<Policy.ScopedSetting> rules, ObjectNode document) {
        if (rules.isEmpty()) {
            return;
        }
        ArrayNode entries = document.putArray("scopes");
        ObjectNode entry = Tree.object();
        for (int i = 0; i < rules.size(); i++) {
            Policy.ScopedSetting rule = rules.get(i);
            if (i == 0 || !rule.sharesEntryWith(rules.get(i - 1))) {
                entry = entries.addObject().put("scope", rule.scope().toString());
            }
            entry.put(rule.setting().field(), rule.value().toString());
        }
    }

    private static void writeModes(List<Policy.ModeRule> rules, ArrayNode to) {
        for (Policy.ModeRule rule : rules) {
            ObjectNode written = to.addObject();
            Tree.text(written, "remediation", rule.remediation());
            Tree.text(written, "scope", rule.scope());
            written.put("mode", rule.mode().name());
        }
    }
}
