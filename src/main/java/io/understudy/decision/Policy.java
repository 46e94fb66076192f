package io.understudy.decision;

import io.understudy.estate.ComponentId;
import io.understudy.health.Thresholds;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operators allow, and how long to wait before what.
 *
 * @param modes the first rule that fits decides; else {@link #defaultMode}
 * @param settings durations that hold everywhere; those that are absent have their default
 * @param scoped durations that hold for one site, pool or store; the first that fits decides
 * @param primaryStoreVotes in which pools the primary SQL store counts as a voter (domain.md 11 no.
 *     6: sources differ)
 * @param windows when nothing may start, and when failing back may
 */
public record Policy(
        Thresholds thresholds,
        List<ModeRule> modes,
        Map<Setting, Duration> settings,
        List<ScopedSetting> scoped,
        PrimaryStoreVotes primaryStoreVotes,
        Limits limits,
        List<Window> windows) {

    /** In which Front End pools the primary SQL store has a vote. */
    public enum PrimaryStoreVotes {
        EVEN_SIZED_POOLS,
        ALL_POOLS
    }

    /**
     * Sets a mode.
     *
     * @param remediation the only remediation it is about; empty means every one
     * @param scope a site, pool or store; empty means everywhere
     */
    public record ModeRule(
            Optional<Remediation> remediation, Optional<ComponentId> scope, Mode mode) {}

    /** A duration for one site, pool or store. */
    public record ScopedSetting(ComponentId scope, Setting setting, Duration value) {

        /**
         * Whether it stands in one entry of the document with the one before it, which is of the
         * same scope; an entry has its fields in the order of {@link Setting}.
         */
        public boolean sharesEntryWith(ScopedSetting before) {
            return scope.equals(before.scope) && setting.compareTo(before.setting) > 0;
        }
    }

    /**
     * How many runs may be open at a time (product.md S8), each at least 1.
     *
     * @param perSite at one site
     * @param estateWide everywhere
     */
    public record Limits(int perSite, int estateWide) {
        public static final Limits DEFAULT = new Limits(10, 20);

        public Limits {
            if (perSite < 1 || estateWide < 1) {
                throw new IllegalArgumentException("a limit is at least 1");
            }
        }
    }

    public static final Policy DEFAULT =
            new Policy(
                    Thresholds.DEFAULT,
                    List.of(),
                    Map.of(),
                    List.of(),
                    PrimaryStoreVotes.EVEN_SIZED_POOLS,
                    Limits.DEFAULT,
                    List.of());

    public Policy {
        modes = List.copyOf(modes);
        settings = Map.copyOf(settings);
        scoped = List.copyOf(scoped);
        windows = List.copyOf(windows);
    }

    /**
     * A duration for a target that belongs to the given scopes; empty where neither the policy nor
     * the default says one.
     */
    public Optional<Duration> setting(Setting setting, List<ComponentId> scopes) {
        return new EffectivePolicy(this, scopes).setting(setting).value();
    }

    /** The longest cool-down that holds anywhere: for so long an ended run is of interest. */
    public Duration longestCoolDown() {
        Duration everywhere = setting(Setting.COOL_DOWN, List.of()).orElseThrow();
        return scoped.stream()
                .filter(rule -> rule.setting() == Setting.COOL_DOWN)
                .map(ScopedSetting::value)
                .reduce(everywhere, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /** The same with one duration set everywhere. */
    public Policy with(Setting setting, Duration value) {
        Map<Setting, Duration> all = new EnumMap<>(Setting.class);
        all.putAll(settings);
        all.put(setting, value);
        return new Policy(thresholds, modes, all, scoped, primaryStoreVotes, limits, windows);
    }

    /** The same with other windows. */
    public Policy withWindows(List<Window> others) {
        return new Policy(thresholds, modes, settings, scoped, primaryStoreVotes, limits, others);
    }

    /** The mode of a remediation where no rule says otherwise (product.md). */
    public static Mode defaultMode(Remediation remediation) {
        return switch (remediation) {
            case NONE, WAIT, MIRROR_FAILOVER, PRINCIPAL_ALIGNMENT -> Mode.AUTOMATE;
            case REPAIR,
                    FORCED_MIRROR_FAILOVER,
                    MIRROR_FAILBACK,
                    AVAILABILITY_GROUP_FAILOVER,
                    FORCED_AVAILABILITY_GROUP_FAILOVER,
                    QUORUM_RECOVERY,
                    CMS_FAILOVER,
                    EDGE_NEXT_HOP_CHANGE,
                    POOL_FAILOVER,
                    POOL_FAILBACK,
                    CHAT_FAILOVER,
                    CHAT_FAILBACK ->
                    Mode.ADVISE;
        };
    }

    /** The mode of a remediation for a target that belongs to the given scopes. */
    public Mode mode(Remediation remediation, List<ComponentId> scopes) {
        return new EffectivePolicy(this, scopes).mode(remediation).value();
    }
}
