package io.understudy.intake;

import io.understudy.estate.ObserverName;
import io.understudy.health.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the labels of an alert say what it is about, who saw it, and what it means.
 *
 * @param rules the first that fits an alert decides
 * @param observers the first that names somebody of the estate decides who saw it
 */
public record Mapping(List<Rule> rules, List<ObserverLabel> observers) {

    /**
     * How many probes an alert stands for where its rule does not say: its {@code for} has waited
     * already.
     */
    public static final int SAMPLES = 2;

    /** How long a firing alert is fresh where its rule does not say. */
    public static final Duration VALID_FOR = Duration.ofHours(1);

    /**
     * One rule.
     *
     * @param name said where an alert cannot be mapped
     * @param labels the alert must have these, with exactly these values
     * @param without the alert must not have these
     * @param target what the alert is about
     * @param observer who saw it, whatever the labels say
     * @param status what a firing alert says; a resolved one says UP
     * @param samples how many probes in a row it stands for, at least 1
     * @param validFor how long after its arrival a firing alert is fresh
     */
    public record Rule(
            String name,
            Map<String, String> labels,
            Set<String> without,
            Target target,
            Optional<ObserverName> observer,
            Status status,
            int samples,
            Duration validFor) {

        public Rule {
            labels = Map.copyOf(labels);
            without = Set.copyOf(without);
        }

        /** A rule for every alert that has the target's labels. */
        static Rule of(String name, Target target, Status status, String... without) {
            return new Rule(
                    name,
                    Map.of(),
                    Set.of(without),
                    target,
                    Optional.empty(),
                    status,
                    SAMPLES,
                    VALID_FOR);
        }

        private Rule toldBy(ObserverName who) {
            return new Rule(
                    name, labels, without, target, Optional.of(who), status, samples, validFor);
        }

        private Rule freshAtMost(Duration longest) {
            return validFor.compareTo(longest) <= 0
                    ? this
                    : new Rule(name, labels, without, target, observer, status, samples, longest);
        }

        boolean fits(Map<String, String> alert) {
            return labels.entrySet().stream()
                            .allMatch(label -> label.getValue().equals(alert.get(label.getKey())))
                    && without.stream().noneMatch(alert::containsKey);
        }
    }

    /**
     * A label that says who saw it.
     *
     * @param site whether it names a site, whose first observer is taken; else it names the
     *     observer
     */
    public record ObserverLabel(String label, boolean site) {}

    /**
     * Fits the labels that Prometheus users have: {@code component} as it stands; {@code instance}
     * when it is a host of the estate; {@code store}; {@code pool}. An alert of a pool that names
     * some instance which the estate does not have says that one member has trouble, which degrades
     * the pool and never condemns it.
     */
    public static final Mapping DEFAULT =
            new Mapping(
                    List.of(
                            Rule.of("component", new Target.Template("{component}"), Status.DOWN),
                            Rule.of(
                                    "host",
                                    new Target.Host("instance", "sql_instance"),
                                    Status.DOWN),
                            Rule.of("store", new Target.Template("store:{store}"), Status.DOWN),
                            Rule.of(
                                    "pool",
                                    new Target.Template("pool:{pool}"),
                                    Status.DOWN,
                                    "instance"),
                            Rule.of(
                                    "member of a pool",
                                    new Target.Template("pool:{pool}"),
                                    Status.DEGRADED)),
                    List.of(
                            new ObserverLabel("observer", false),
                            new ObserverLabel("site", true),
                            new ObserverLabel("prometheus", false)));

    /** The same, but whatever an alert says of it, this observer has seen it. */
    public Mapping toldBy(ObserverName observer) {
        return new Mapping(rules.stream().map(rule -> rule.toldBy(observer)).toList(), observers);
    }

    /** The same, but no alert is fresh for longer than this after its arrival. */
    public Mapping freshAtMost(Duration longest) {
        return new Mapping(
                rules.stream().map(rule -> rule.freshAtMost(longest)).toList(), observers);
    }

    public Mapping {
        rules = List.copyOf(rules);
        observers = List.copyOf(observers);
    }
}
