package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy amounts to for one target, value by value with its origin. {@link Policy} itself
 * resolves by this, so that what is shown is what is used.
 *
 * @param scopes what the target belongs to ({@link Scopes}); empty for the estate as a whole
 */
public record EffectivePolicy(Policy policy, List<ComponentId> scopes) {

    /** The first rule that fits decides, but for what never starts by itself. */
    public Effective<Mode> mode(Remediation remediation) {
        List<Policy.ModeRule> rules = policy.modes();
        for (int i = 0; i < rules.size(); i++) {
            Policy.ModeRule rule = rules.get(i);
            if (rule.remediation().map(remediation::equals).orElse(true)
                    && rule.scope().map(scopes::contains).orElse(true)) {
                return rule.mode() == Mode.AUTOMATE && remediation.neverAutomated()
                        ? new Effective<>(Mode.ADVISE, new Origin.NeverAutomated())
                        : new Effective<>(rule.mode(), new Origin.Rule(i));
            }
        }
        return new Effective<>(Policy.defaultMode(remediation), new Origin.Default());
    }

    /**
     * The first entry that fits decides, else what holds everywhere, else the default; empty where
     * that depends on the release.
     */
    public Effective<Optional<Duration>> setting(Setting setting) {
        List<Policy.ScopedSetting> scoped = policy.scoped();
        int entry = -1;
        for (int i = 0; i < scoped.size(); i++) {
            Policy.ScopedSetting rule = scoped.get(i);
            if (i == 0 || !rule.sharesEntryWith(scoped.get(i - 1))) {
                entry++;
            }
            if (rule.setting() == setting && scopes.contains(rule.scope())) {
                return new Effective<>(
                        Optional.of(rule.value()), new Origin.Scoped(entry, setting));
            }
        }
        Duration everywhere = policy.settings().get(setting);
        return everywhere != null
                ? new Effective<>(Optional.of(everywhere), new Origin.Everywhere(setting))
                : new Effective<>(setting.otherwise(), new Origin.Default());
    }

    /** The thresholds by the names of their fields; they hold everywhere. */
    public Map<String, Effective<Object>> thresholds() {
        Thresholds held = policy.thresholds();
        Thresholds otherwise = Thresholds.DEFAULT;
        Map<String, Effective<Object>> all = new LinkedHashMap<>();
        String part = "/thresholds/";
        all.put(
                "consecutive",
                said(part + "consecutive", held.consecutive(), otherwise.consecutive()));
        all.put("required", said(part + "required", held.required(), otherwise.required()));
        all.put("ofLast", said(part + "ofLast", held.ofLast(), otherwise.ofLast()));
        all.put("maxAge", said(part + "maxAge", held.maxAge(), otherwise.maxAge()));
        all.put("sites", said(part + "sites", held.sites(), otherwise.sites()));
        return all;
    }

    /** The limits by the names of their fields; they hold everywhere. */
    public Map<String, Effective<Object>> limits() {
        Policy.Limits held = policy.limits();
        Policy.Limits otherwise = Policy.Limits.DEFAULT;
        Map<String, Effective<Object>> all = new LinkedHashMap<>();
        all.put("perSite", said("/limits/perSite", held.perSite(), otherwise.perSite()));
        all.put(
                "estateWide",
                said("/limits/estateWide", held.estateWide(), otherwise.estateWide()));
        return all;
    }

    /** Where the primary SQL store has a vote; it holds everywhere. */
    public Effective<Policy.PrimaryStoreVotes> primaryStoreVotes() {
        return said(
                "/primaryStoreVotes",
                policy.primaryStoreVotes(),
                Policy.DEFAULT.primaryStoreVotes());
    }

    private static <T> Effective<T> said(String pointer, T held, T otherwise) {
        return new Effective<>(
                held, held.equals(otherwise) ? new Origin.Default() : new Origin.Field(pointer));
    }
}
