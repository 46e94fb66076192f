package io.understudy.control;

import io.understudy.decision.Finding;
import io.understudy.decision.Severity;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.Condition;
import io.understudy.health.Conditions;
import io.understudy.health.Evidence;
import io.understudy.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The open incidents. A confirmed critical finding opens one, unless one is open for what hangs
 * together with its target ({@link Neighbourhood}): the lost store and the pool that it takes along
 * are one failure. An incident closes when no such finding is left around its target and its runs
 * have ended.
 */
final class IncidentBook {

    private final Present present;
    private final List<Incident> open;
    private final List<Incident> changed = new ArrayList<>();

    IncidentBook(List<Incident> open, Present present) {
        this.open = new ArrayList<>(open);
        this.open.sort(Comparator.comparing(Incident::openedAt));
        this.present = present;
    }

    /** Opens and closes what the findings and runs call for. */
    void update(List<Finding> findings, List<Run> openRuns, Supplier<String> ids) {
        List<Finding> grave = findings.stream().filter(IncidentBook::grave).toList();
        for (Finding finding : grave) {
            if (of(finding.target()).isEmpty()) {
                Incident incident = opened(finding, ids.get());
                open.add(incident);
                changed.add(incident);
            }
        }
        for (Incident incident : List.copyOf(open)) {
            boolean trouble = grave.stream().anyMatch(f -> belongs(f.target(), incident));
            boolean running =
                    openRuns.stream()
                            .anyMatch(r -> r.incident().filter(incident.id()::equals).isPresent());
            if (!trouble && !running) {
                open.remove(incident);
                changed.add(closed(incident));
            }
        }
    }

    /** The incident to which what concerns this component belongs; its own before a neighbour's. */
    Optional<Incident> of(ComponentId target) {
        return Stream.concat(
                        open.stream().filter(i -> i.target().equals(target)),
                        open.stream().filter(i -> belongs(target, i)))
                .findFirst();
    }

    /** The incidents to be saved. */
    List<Incident> changed() {
        return List.copyOf(changed);
    }

    private boolean belongs(ComponentId target, Incident incident) {
        return Neighbourhood.related(present.estate().body(), target, incident.target());
    }

    private static boolean grave(Finding finding) {
        return finding.confirmed() && finding.severity() == Severity.CRITICAL;
    }

    private Incident opened(Finding finding, String id) {
        return new Incident(
                id,
                finding.target(),
                finding.code(),
                firstObserved(finding),
                present.at(),
                Optional.empty());
    }

    private Incident closed(Incident incident) {
        return new Incident(
                incident.id(),
                incident.target(),
                incident.code(),
                incident.firstObservedAt(),
                incident.openedAt(),
                Optional.of(present.at()));
    }

    /**
     * The first statement about the loss that tipped it: of the members that are down, the one that
     * went last before the finding; one that has been down since yesterday is not the failure of
     * today.
     */
    private Instant firstObserved(Finding finding) {
        Estate estate = present.estate().body();
        Conditions conditions = present.conditions();
        return Neighbourhood.members(estate, finding.target()).stream()
                .map(conditions::of)
                .filter(Condition.Down.class::isInstance)
                .flatMap(down -> earliest(down).stream())
                .filter(at -> !at.isAfter(finding.since()))
                .max(Comparator.naturalOrder())
                .orElse(finding.since());
    }

    private static Optional<Instant> earliest(Condition down) {
        return down.evidence().stream().map(Evidence::since).min(Comparator.naturalOrder());
    }
}
