package io.understudy.decision.rules;

import io.understudy.decision.Snapshot;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ComponentKind;
import io.understudy.estate.Part;
import io.understudy.health.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the rows propose for a snapshot, kept so that the next one costs only what has changed. */
public final class Proposals {

    private final Sight sight;
    private final CentralManagementPlace cms;
    private final Set<ComponentId> tellersOfCms;
    private final Map<Integer, List<Proposal>> byPart;
    private final Set<ComponentId> doubted;
    private final Set<ComponentId> sitesDown;

    private Proposals(
            Sight sight,
            CentralManagementPlace cms,
            Set<ComponentId> tellersOfCms,
            Map<Integer, List<Proposal>> byPart,
            Set<ComponentId> doubted,
            Set<ComponentId> sitesDown) {
        this.sight = sight;
        this.cms = cms;
        this.tellersOfCms = tellersOfCms;
        this.byPart = byPart;
        this.doubted = doubted;
        this.sitesDown = sitesDown;
    }

    /** Looks at everything. */
    public static Proposals of(Snapshot snapshot) {
        Sight sight = new Sight(snapshot);
        Set<ComponentId> tellers = new TreeSet<>();
        snapshot.estate().pools().forEach(pool -> sortTeller(sight, pool.id(), tellers));
        CentralManagementPlace cms = CentralManagementPlace.of(sight, tellers);
        Map<Integer, List<Proposal>> byPart = new TreeMap<>();
        for (Part part : snapshot.estate().parts()) {
            look(sight, part, cms, byPart);
        }
        Set<ComponentId> doubted = new TreeSet<>();
        Set<ComponentId> sitesDown = new TreeSet<>();
        for (int place = 0; place < snapshot.estate().size(); place++) {
            Condition condition = snapshot.conditions().at(place);
            if (condition instanceof Condition.Down || condition instanceof Condition.Unknown) {
                sort(snapshot.estate().component(place), condition, doubted, sitesDown);
            }
        }
        return new Proposals(sight, cms, tellers, byPart, doubted, sitesDown);
    }

    /** Looks at what has changed, and at what was wrong already. */
    public Proposals after(Snapshot next, Set<ComponentId> changed) {
        Sight later = new Sight(next);
        Set<Integer> again = new TreeSet<>(byPart.keySet());
        Set<ComponentId> stillDoubted = copyWithout(doubted, changed);
        Set<ComponentId> stillDown = copyWithout(sitesDown, changed);
        Set<ComponentId> tellers = copyWithout(tellersOfCms, changed);
        for (ComponentId component : changed) {
            addParts(later, component, again);
            sort(component, later.condition(component), stillDoubted, stillDown);
            sortTeller(later, component, tellers);
        }
        CentralManagementPlace place = CentralManagementPlace.of(later, tellers);
        if (!place.equals(cms)) {
            place.host().ifPresent(host -> addParts(later, ComponentId.of(host), again));
        }
        Map<Integer, List<Proposal>> parts = new TreeMap<>();
        for (int number : again) {
            look(later, next.estate().parts().get(number), place, parts);
        }
        return new Proposals(later, place, tellers, parts, stillDoubted, stillDown);
    }

    private static void addParts(Sight sight, ComponentId component, Set<Integer> again) {
        sight.estate().partsOf(component).forEach(part -> again.add(part.number()));
    }

    private static void sortTeller(Sight sight, ComponentId component, Set<ComponentId> tellers) {
        if (component.kind() == ComponentKind.POOL
                && CentralManagementPlace.toldBy(sight, component).isPresent()) {
            tellers.add(component);
        }
    }

    private static Set<ComponentId> copyWithout(Set<ComponentId> all, Set<ComponentId> changed) {
        if (all.isEmpty()) {
            return new TreeSet<>();
        }
        Set<ComponentId> kept = new TreeSet<>(all);
        kept.removeAll(changed);
        return kept;
    }

    private static void look(
            Sight sight,
            Part part,
            CentralManagementPlace cms,
            Map<Integer, List<Proposal>> byPart) {
        PartRules.Outcome outcome = PartRules.propose(sight, part, cms);
        if (outcome.restless() || !outcome.proposals().isEmpty()) {
            byPart.put(part.number(), outcome.proposals());
        }
    }

    private static void sort(
            ComponentId component,
            Condition condition,
            Set<ComponentId> doubted,
            Set<ComponentId> sitesDown) {
        switch (condition) {
            case Condition.Unknown unknown -> {
                if (unknown.doubt() == Condition.Doubt.TOO_FEW_SITES
                        || unknown.doubt() == Condition.Doubt.DISAGREEMENT) {
                    doubted.add(component);
                }
            }
            case Condition.Down _ -> {
                if (component.kind() == ComponentKind.SITE) {
                    sitesDown.add(component);
                }
            }
            case Condition.Up _, Condition.Degraded _ -> {}
        }
    }

    /** Everything: parts in document order, sites, then what is not agreed upon. */
    public List<Proposal> all() {
        List<Proposal> all = new ArrayList<>();
        byPart.values().forEach(all::addAll);
        sitesDown.forEach(site -> all.add(SiteRules.down(sight, site)));
        all.addAll(ObserverRules.propose(sight, Collections.unmodifiableSet(doubted)));
        return all;
    }
}
