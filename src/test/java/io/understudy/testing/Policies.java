package io.understudy.testing;

import io.understudy.decision.Mode;
import io.understudy.decision.Policy;
import io.understudy.decision.Setting;
import io.understudy.decision.Window;
import io.understudy.estate.ComponentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Policies that differ from the default in one respect. */
public final class Policies {

    /** Everything may start by itself as far as the operators are concerned. */
    public static final Policy AUTOMATE =
            with(List.of(new Policy.ModeRule(Optional.empty(), Optional.empty(), Mode.AUTOMATE)));

    private Policies() {}

    public static Policy with(List<Policy.ModeRule> modes) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                modes,
                Map.of(),
                List.of(),
                Policy.DEFAULT.primaryStoreVotes(),
                Policy.DEFAULT.limits(),
                List.of());
    }

    public static Policy with(Window... windows) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                List.of(),
                Map.of(),
                List.of(),
                Policy.DEFAULT.primaryStoreVotes(),
                Policy.DEFAULT.limits(),
                List.of(windows));
    }

    public static Policy with(Policy.Limits limits) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                List.of(),
                Map.of(),
                List.of(),
                Policy.DEFAULT.primaryStoreVotes(),
                limits,
                List.of());
    }

    public static Policy with(Policy.PrimaryStoreVotes votes) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                List.of(),
                Map.of(),
                List.of(),
                votes,
                Policy.DEFAULT.limits(),
                List.of());
    }

    /** One duration, for one site, pool or store. */
    public static Policy with(String scope, Setting setting, Duration value) {
        return new Policy(
                Policy.DEFAULT.thresholds(),
                List.of(),
                Map.of(),
                List.of(new Policy.ScopedSetting(ComponentId.parse(scope), setting, value)),
                Policy.DEFAULT.primaryStoreVotes(),
                Policy.DEFAULT.limits(),
                List.of());
    }

    /** It is open from then, until before then. */
    public static Window window(
            Window.Kind kind, Optional<String> scope, Instant from, Instant until) {
        return new Window(
                kind.name().toLowerCase(Locale.ROOT),
                kind,
                scope.map(ComponentId::parse),
                at ->
                        !at.isBefore(from) && at.isBefore(until)
                                ? Optional.of(until)
                                : Optional.empty());
    }
}
