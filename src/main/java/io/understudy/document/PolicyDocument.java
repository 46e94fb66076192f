package io.understudy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Remediation;
import io.understudy.decision.Setting;
import io.understudy.estate.ComponentId;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policy document; every field is optional and has its value of {@link Policy#DEFAULT} where
 * absent.
 */
public final class PolicyDocument {

    /**
     * Irreversible or lossy whatever the evidence: these never start by themselves (domain.md 8.8
     * no. 7).
     */
    private static final Set<Remediation> NEVER_AUTOMATED =
            EnumSet.of(
                    Remediation.FORCED_MIRROR_FAILOVER,
                    Remediation.FORCED_AVAILABILITY_GROUP_FAILOVER,
                    Remediation.CHAT_FAILOVER);

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
    static Policy read(Cursor policy) {
        Map<Setting, Duration> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            policy.optional(setting.field(), Duration::parse)
                    .ifPresent(value -> settings.put(setting, value));
        }
        return new Policy(
                thresholds(policy.at("thresholds")),
                policy.list("modes", PolicyDocument::mode),
                settings,
                List.of(),
                policy.constant("primaryStoreVotes", Policy.DEFAULT.primaryStoreVotes()),
                Policy.Limits.DEFAULT,
                List.of());
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
        Policy.ModeRule read =
                new Policy.ModeRule(
                        rule.optional("remediation", Remediation::valueOf),
                        rule.optional("scope", PolicyDocument::scope),
                        rule.constant("mode", Mode.class));
        if (read.mode() == Mode.AUTOMATE
                && read.remediation().filter(NEVER_AUTOMATED::contains).isPresent()) {
            throw rule.at("mode")
                    .refused(
                            "what may lose data or cannot be taken back never starts by itself",
                            "NEVER_AUTOMATED");
        }
        return read;
    }

    private static ComponentId scope(String text) {
        ComponentId scope = ComponentId.parse(text);
        return switch (scope.kind()) {
            case SITE, POOL, STORE -> scope;
            case SERVER, SQL, FILE_STORE, OBSERVER ->
                    throw new IllegalArgumentException("a scope is a site, a pool or a store");
        };
    }

    /** The document of a policy, with every value that holds. */
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
            Tree.text(document, setting.field(), policy.setting(setting, List.of()));
        }
        return document.put("primaryStoreVotes", policy.primaryStoreVotes().name());
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
