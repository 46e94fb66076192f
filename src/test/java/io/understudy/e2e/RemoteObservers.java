package io.understudy.e2e;

import io.understudy.adapter.simulator.SimulatorProbe;
import io.understudy.adapter.simulator.Twin;
import io.understudy.adapter.spi.Probe;
import io.understudy.document.ObservationDocument;
import io.understudy.estate.ComponentId;
import io.understudy.estate.Estate;
import io.understudy.estate.Observer;
import io.understudy.health.Observation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The observers of an estate, each at its site, who look at a twin that the service knows nothing
 * of, and post what they see to it, or to each of its replicas.
 */
final class RemoteObservers implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Estate estate;
    private final SimulatorProbe probe;
    private final List<Service> services;
    private final AtomicLong number = new AtomicLong();
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();

    RemoteObservers(Estate estate, Twin twin, List<Service> services) {
        this.estate = estate;
        this.probe = new SimulatorProbe(twin);
        this.services = List.copyOf(services);
        turns.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        services.forEach(this::post);
    }

    private void post(Service service) {
        StringJoiner batch = new StringJoiner(",", "{\"observations\":[", "]}");
        for (Observer observer : estate.observers()) {
            if (probe.speaks(observer.name())) {
                estate.components().forEach(c -> batch.add(seen(observer, c)));
            }
        }
        try {
            service.post("/api/v1/observations", batch.toString(), 202);
        } catch (RuntimeException | AssertionError e) {
            // the service is away, killed by the test perhaps: what is seen later is posted later
            System.getLogger("observers").log(System.Logger.Level.DEBUG, "not posted", e);
        }
    }

    private String seen(Observer observer, ComponentId component) {
        Probe.Reading reading = probe.read(observer.name(), component);
        return ObservationDocument.write(
                        new Observation(
                                observer.name() + "-" + number.incrementAndGet(),
                                component,
                                reading.status(),
                                observer.name(),
                                Clock.systemUTC().instant(),
                                reading.facts()))
                .toString();
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }
}
