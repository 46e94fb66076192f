package io.understudy.proof;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Facts;
import io.understudy.health.Observation;
import io.understudy.health.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who says what of a component that is seen so: an observer at each of the pair's sites, and one at
 * a third.
 */
final class Vantage {

    /** One observer's statement, first and last made then. */
    record Statement(int from, Status status, Instant since) {}

    /** In the order of their names, as evidence is listed. */
    private static final int[] BY_NAME = {1, 2, 0};

    private static final List<ObserverName> OBSERVERS =
            List.of(
                    new ObserverName("o-redmond"),
                    new ObserverName("o-dublin"),
                    new ObserverName("o-lisbon"));
    private static final List<Optional<SiteName>> SITES =
            List.of(
                    Optional.of(new SiteName("redmond")),
                    Optional.of(new SiteName("dublin")),
                    Optional.of(new SiteName("lisbon")));
    private static final Duration LONG = Duration.ofDays(1);

    private Vantage() {}

    static List<Statement> statements(World world, int site, Seen seen) {
        List<Statement> said = new ArrayList<>(3);
        for (int observer : BY_NAME) {
            said(world, site, seen, observer)
                    .map(status ->
                            new Statement(
                                    observer,
                                    status,
                                    Sight.NOW.minus(
                                            status == Status.DOWN || status == Status.DEGRADED
                                                    ? world.age()
                                                    : LONG)))
                    .ifPresent(said::add);
        }
        return said;
    }

    private static Optional<Status> said(World world, int site, Seen seen, int observer) {
        boolean watched = site != 0 || world.around().watched();
        boolean own = observer == site;
        if (own && !watched) {
            return Optional.empty();
        }
        return switch (seen) {
            case UP -> Optional.of(Status.UP);
            case DEGRADED -> Optional.of(Status.DEGRADED);
            case DOWN -> Optional.of(Status.DOWN);
            case SILENT -> Optional.empty();
            case ONE_SITE ->
                    observer == 1 - site ? Optional.of(Status.DOWN) : Optional.<Status>empty();
            case DISAGREED ->
                    Optional.of(own || (!watched && observer == 2) ? Status.UP : Status.DOWN);
        };
    }

    static Condition condition(World world, int site, Seen seen, ComponentId component) {
        List<Statement> said = statements(world, site, seen);
        List<Evidence> evidence = new ArrayList<>(said.size());
        said.forEach(s -> evidence.add(evidence(s, component)));
        Instant since = Sight.NOW.minus(world.age());
        return switch (seen) {
            case UP -> new Condition.Up(Sight.NOW.minus(LONG), evidence);
            case DEGRADED -> new Condition.Degraded(since, evidence);
            case DOWN -> new Condition.Down(since, evidence);
            case SILENT -> unknown(since, evidence, Condition.Doubt.SILENCE);
            case ONE_SITE -> unknown(since, evidence, Condition.Doubt.TOO_FEW_SITES);
            case DISAGREED -> unknown(since, evidence, Condition.Doubt.DISAGREEMENT);
        };
    }

    private static Condition unknown(
            Instant since, List<Evidence> evidence, Condition.Doubt doubt) {
        return new Condition.Unknown(since, evidence, doubt, "other evidence");
    }

    private static Evidence evidence(Statement s, ComponentId component) {
        ObserverName from = OBSERVERS.get(s.from());
        return new Evidence(
                from,
                SITES.get(s.from()),
                s.status(),
                s.since(),
                Sight.NOW,
                id(from, component, Sight.NOW));
    }

    private static String id(ObserverName from, ComponentId component, Instant at) {
        return from.value() + ' ' + component.name() + ' ' + at.getEpochSecond();
    }

    /** The same as observations: made when it began, and made again now. */
    static List<Observation> observations(World world) {
        List<Observation> all = new ArrayList<>();
        Sight.visit(
                world,
                (component, site, seen) -> {
                    for (Statement s : statements(world, site, seen)) {
                        if (!s.since().equals(Sight.NOW)) {
                            all.add(observation(s, component, s.since()));
                        }
                        all.add(observation(s, component, Sight.NOW));
                    }
                });
        FactsTold.forEach(world, (_, told) -> all.addAll(told.observations()));
        return all;
    }

    private static Observation observation(Statement s, ComponentId component, Instant at) {
        ObserverName from = OBSERVERS.get(s.from());
        return new Observation(
                id(from, component, at), component, s.status(), from, at, new Facts.None());
    }
}
