package io.understudy.api;

import io.understudy.access.Role;
import io.understudy.access.Scope;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * How far somebody may see or act in one role. The only place that decides what is inside.
 *
 * @param estate the one in force; without one only who has everything has anything
 */
record Reach(Role role, Scope scope, Optional<Estate> estate) {

    boolean everywhere() {
        return scope.equals(Scope.EVERYWHERE);
    }

    boolean covers(ComponentId component) {
        return everywhere() || estate.filter(e -> scope.covers(e, component)).isPresent();
    }

    /** Every component inside, to be looked for; empty when there is nothing to be left out. */
    Optional<Set<ComponentId>> within() {
        return everywhere()
                ? Optional.empty()
                : Optional.of(
                        estate.map(Estate::components).orElse(Set.of()).stream()
                                .filter(this::covers)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Refuses what touches anything outside: 403 with the names of what is inside. */
    void require(List<ComponentId> touched) {
        require(touched, i -> "");
    }

    /**
     * Refuses what touches anything outside.
     *
     * @param pointer where in the request the component of an index stands
     */
    void require(List<ComponentId> touched, IntFunction<String> pointer) {
        List<Problem.Field> outside = new ArrayList<>();
        for (int i = 0; i < touched.size(); i++) {
            if (!covers(touched.get(i))) {
                outside.add(
                        new Problem.Field(
                                pointer.apply(i),
                                touched.get(i) + " is outside",
                                Optional.of("OUT_OF_SCOPE")));
            }
        }
        if (!outside.isEmpty()) {
            throw refused(outside.getFirst().message(), outside).exception();
        }
    }

    /** Refuses who does not have everything. */
    void requireEverywhere(String why) {
        if (!everywhere()) {
            throw refused(why, List.of()).exception();
        }
    }

    private Problem refused(String why, List<Problem.Field> outside) {
        String holds = "The role " + Roles.name(role) + " holds here for " + scope + " only: ";
        return Problem.of(ProblemType.OUT_OF_SCOPE, holds + why + ".", outside);
    }
}
