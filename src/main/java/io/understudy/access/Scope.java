package io.understudy.access;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.PoolFqdn;
import io.understudy.estate.SiteName;
import io.understudy.estate.StoreName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a role holds. */
public sealed interface Scope {

    /** The whole estate, and all that belongs to no place in it. */
    Scope EVERYWHERE = new Everywhere();

    /** Nothing at all. */
    Scope NOWHERE = new Within(Set.of(), Set.of());

    /**
     * Whether a component belongs to it in this estate. What the estate does not have belongs only
     * to who has everything.
     */
    boolean covers(Estate estate, ComponentId component);

    /** All that belongs to either. */
    Scope or(Scope other);

    /** The whole estate. */
    record Everywhere() implements Scope {
        @Override
        public boolean covers(Estate estate, ComponentId component) {
            return true;
        }

        @Override
        public Scope or(Scope other) {
            return this;
        }

        @Override
        public String toString() {
            return "everywhere";
        }
    }

    /**
     * Some sites and pools, with what belongs to them: to a site what stands there; to a pool its
     * servers and its file store. A store belongs to its site, and to whoever has all the pools
     * that keep something in it: what is done to a shared store is done to each of them. A SQL
     * instance belongs to its site, and to whoever has all its stores.
     */
    record Within(Set<SiteName> sites, Set<PoolFqdn> pools) implements Scope {

        public Within {
            sites = Set.copyOf(sites);
            pools = Set.copyOf(pools);
        }

        @Override
        public boolean covers(Estate estate, ComponentId component) {
            if (estate.siteOf(component).filter(sites::contains).isPresent()) {
                return true;
            }
            return switch (component.kind()) {
                case SITE, OBSERVER -> false;
                case POOL, FILE_STORE ->
                        estate.siteOf(component).isPresent()
                                && pools.contains(new PoolFqdn(component.name()));
                case SERVER ->
                        estate.poolOf(component).filter(p -> covers(estate, p.id())).isPresent();
                case STORE ->
                        all(
                                estate.poolsUsing(new StoreName(component.name())),
                                pool -> covers(estate, pool.id()));
                case SQL ->
                        all(
                                estate.stores().stream()
                                        .filter(s -> s.instances().contains(component))
                                        .toList(),
                                store -> covers(estate, store.id()));
            };
        }

        private static <T> boolean all(List<T> owners, Predicate<T> covered) {
            return !owners.isEmpty() && owners.stream().allMatch(covered);
        }

        @Override
        public Scope or(Scope other) {
            return switch (other) {
                case Everywhere everywhere -> everywhere;
                case Within more -> new Within(both(sites, more.sites), both(pools, more.pools));
            };
        }

        private static <T> Set<T> both(Collection<T> some, Collection<T> more) {
            return Stream.concat(some.stream(), more.stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** As component ids: {@code pool:pool1.contoso.com, site:dublin}. */
        @Override
        public String toString() {
            Set<String> names = new TreeSet<>();
            sites.forEach(site -> names.add(ComponentId.of(site).toString()));
            pools.forEach(pool -> names.add(ComponentId.of(pool).toString()));
            return names.isEmpty() ? "nowhere" : String.join(", ", names);
        }
    }
}
