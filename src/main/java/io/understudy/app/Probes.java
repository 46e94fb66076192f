package io.understudy.app;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.ObserverName;
import io.understudy.health.Facts;
import io.understudy.health.Status;
import java.util.List;

/** Several probes as one: the first that sees a component looks at it. */
record Probes(List<Probe> probes) implements Probe {

    Probes {
        probes = List.copyOf(probes);
    }

    @Override
    public boolean sees(ComponentId component) {
        return probes.stream().anyMatch(probe -> probe.sees(component));
    }

    @Override
    public Reading read(ObserverName observer, ComponentId component) {
        return probes.stream()
                .filter(probe -> probe.sees(component))
                .findFirst()
                .map(probe -> probe.read(observer, component))
                .orElseGet(() ->
                        new Reading(
                                Status.UNKNOWN, new Facts.None(), "no probe sees " + component));
    }
}
