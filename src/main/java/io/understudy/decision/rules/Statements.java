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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one observer says that is not agreed upon, and how it looks as a whole (domain.md 8.6 rows
 * P6 and P8).
 *
 * @param doubted components that it says are down, without agreement
 * @param contradicted those of them of which another says that they serve
 * @param up components that it says serve
 */
record Statements(
        ObserverName observer,
        SiteName site,
        Set<ComponentId> doubted,
        Set<ComponentId> contradicted,
        Set<ComponentId> up,
        Set<ComponentId> agreed) {

    /** The statements of every observer of the estate who has said anything, by name. */
    static List<Statements> of(Sight sight) {
        Map<ObserverName, Statements> byObserver = new TreeMap<>();
        for (Observer observer : sight.estate().observers()) {
            byObserver.put(
                    observer.name(),
                    new Statements(
                            observer.name(),
                            observer.site(),
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new TreeSet<>(),
                            new TreeSet<>()));
        }
        sight.snapshot()
                .conditions()
                .byComponent()
                .forEach((component, condition) -> {
                    for (Evidence evidence : condition.evidence()) {
                        Statements statements = byObserver.get(evidence.observer());
                        if (statements != null && component.kind() != ComponentKind.OBSERVER) {
                            statements.add(component, condition, evidence.status());
                        }
                    }
                });
        return new ArrayList<>(byObserver.values());
    }

    private void add(ComponentId component, Condition condition, Status said) {
        if (said != Status.DOWN) {
            up.add(component);
        } else if (condition instanceof Condition.Down) {
            agreed.add(component);
        } else {
            doubted.add(component);
            if (condition instanceof Condition.Unknown u
                    && u.doubt() == Condition.Doubt.DISAGREEMENT) {
                contradicted.add(component);
            }
        }
    }

    /**
     * Everything looks dead to it, at more than one site, and nobody agrees: it is the observer
     * that is cut off.
     */
    boolean isolated(Sight sight) {
        return up.isEmpty()
                && agreed.isEmpty()
                && doubted.size() > 1
                && sites(sight, doubted).size() > 1;
    }

    /** The other sites that look entirely dead to it while somebody says that they are not. */
    Set<SiteName> cutOffFrom(Sight sight) {
        Set<SiteName> cut = sites(sight, contradicted);
        cut.removeAll(sites(sight, up));
        cut.removeAll(sites(sight, agreed));
        cut.remove(site);
        return cut;
    }

    static Set<SiteName> sites(Sight sight, Set<ComponentId> components) {
        Set<SiteName> sites = new TreeSet<>();
        components.forEach(c -> sight.estate().siteOf(c).ifPresent(sites::add));
        return sites;
    }
}
