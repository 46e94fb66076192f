package io.understudy.control;

import io.understudy.adapter.spi.Probe;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.run.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees through the probe of this process, and through what others have reported since. */
public final class LocalSight implements Sight {

    /**
     * The newest reports that are looked through; each observer of a component sends few in one
     * step.
     */
    private static final int REPORTS = 50;

    private final LiveDocument<Estate> estate;
    private final Vantage vantage;
    private final ObservationLog log;

    public LocalSight(LiveDocument<Estate> estate, Vantage vantage, ObservationLog log) {
        this.estate = estate;
        this.vantage = vantage;
        this.log = log;
    }

    @Override
    public List<Probe.Reading> of(ComponentId component, Instant since) {
        List<Probe.Reading> readings = new ArrayList<>();
        if (vantage.probe().sees(component)) {
            estate.current().stream()
                    .flatMap(version -> vantage.observers(version.body()).stream())
                    .map(observer -> vantage.probe().read(observer, component))
                    .forEach(readings::add);
        }
        log.newest(Optional.of(component), REPORTS).stream()
                .filter(report -> !report.observedAt().isBefore(since))
                .map(report ->
                        new Probe.Reading(
                                report.status(),
                                report.facts(),
                                report.observer() + " said so at " + report.observedAt()))
                .forEach(readings::add);
        return readings;
    }
}
