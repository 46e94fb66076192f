package io.understudy.decision.rules;

import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Observer;
import io.understudy.estate.ObserverName;
import io.understudy.estate.SiteName;
import io.understudy.health.Condition;
import io.understudy.health.Evidence;
import io.understudy.health.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one observer says that is not agreed upon, and how it looks as a whole (domain.md 8.6 rows
 * P6 to P8).
 *
 * @param doubted components that it says are down, without agreement
 * @param contradicted those of them of which another says that they serve
 */
record Statements(Observer observer, Set<ComponentId> doubted, Set<ComponentId> contradicted) {

    /** The statements of those observers who doubt any of these components, by name. */
    static List<Statements> of(Sight sight, Set<ComponentId> doubted) {
        TreeMap<ObserverName, Statements> byObserver = new TreeMap<>();
        for (ComponentId component : doubted) {
            Condition condition = sight.condition(component);
            for (Evidence evidence : condition.evidence()) {
                if (evidence.status() == Status.DOWN) {
                    sight.estate()
                            .observer(evidence.observer())
                            .ifPresent(observer ->
                                    byObserver
                                            .computeIfAbsent(
                                                    observer.name(),
                                                    _ ->
                                                            new Statements(
                                                                    observer,
                                                                    new TreeSet<>(),
                                                                    new TreeSet<>()))
                                            .add(component, condition));
                }
            }
        }
        return new ArrayList<>(byObserver.values());
    }

    private void add(ComponentId component, Condition condition) {
        doubted.add(component);
        if (condition instanceof Condition.Unknown unknown
                && unknown.doubt() == Condition.Doubt.DISAGREEMENT) {
            contradicted.add(component);
        }
    }

    SiteName site() {
        return observer.site();
    }

    /**
     * Everything looks dead to it, at more than one site, and nobody agrees: it is the observer
     * that is cut off.
     */
    boolean isolated(Sight sight) {
        return sites(sight, doubted).size() > 1
                && !sight.snapshot().conditions().anyMatch(this::supported);
    }

    /** The other sites that look entirely dead to it while somebody says that they are not. */
    Set<SiteName> cutOffFrom(Sight sight) {
        Set<SiteName> cut = sites(sight, contradicted);
        cut.remove(site());
        cut.removeIf(other ->
                sight.estate().componentsAt(other).stream()
                        .anyMatch(component -> supported(component, sight.condition(component))));
        return cut;
    }

    /** Whether it says that something of its own site serves. */
    boolean seesItsSite(Sight sight) {
        return sight.estate().componentsAt(site()).stream()
                .anyMatch(component -> saysUp(component, sight.condition(component)));
    }

    /** It says that the component serves, or that it is down as others agree. */
    private boolean supported(ComponentId component, Condition condition) {
        if (component.kind() == ComponentKind.OBSERVER) {
            return false;
        }
        boolean speaks =
                condition.evidence().stream().anyMatch(e -> e.observer().equals(observer.name()));
        return speaks && (condition instanceof Condition.Down || saysUp(component, condition));
    }

    private boolean saysUp(ComponentId component, Condition condition) {
        return component.kind() != ComponentKind.OBSERVER
                && condition.evidence().stream()
                        .anyMatch(e ->
                                e.observer().equals(observer.name()) && e.status() != Status.DOWN);
    }

    static Set<SiteName> sites(Sight sight, Set<ComponentId> components) {
        Set<SiteName> sites = new TreeSet<>();
        components.forEach(c -> sight.estate().siteOf(c).ifPresent(sites::add));
        return sites;
    }
}
