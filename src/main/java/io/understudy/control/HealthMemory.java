package io.understudy.control;

import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.health.ComponentHealth;
import io.understudy.health.Conditions;
import io.understudy.health.Observation;
import io.understudy.health.Thresholds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that was observed, summed up per component. Safe on any thread. */
public final class HealthMemory {

    private final Map<ComponentId, ComponentHealth> health = new HashMap<>();

    /** Takes statements in; those about components that {@code known} has not are left out. */
    synchronized void accept(
            List<Observation> observations, Set<ComponentId> known, Thresholds thresholds) {
        for (Observation observation : observations) {
            if (known.contains(observation.component())) {
                ComponentHealth before =
                        health.getOrDefault(observation.component(), ComponentHealth.NONE);
                health.put(observation.component(), before.next(observation, thresholds));
            }
        }
    }

    /** What is remembered now, to suppose more on top of it. */
    synchronized HealthMemory copy() {
        HealthMemory copy = new HealthMemory();
        copy.health.putAll(health);
        return copy;
    }

    /** What is believed at {@code now} of the components that the estate still has. */
    synchronized Conditions conditions(Estate estate, Thresholds thresholds, Instant now) {
        health.keySet().retainAll(estate.components());
        return Conditions.of(estate, health, thresholds, now);
    }
}
