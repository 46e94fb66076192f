package io.understudy.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.understudy.access.KeyStore;
import io.understudy.control.ControlListener;
import io.understudy.control.ControlLoop;
import io.understudy.control.DocumentStore;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.control.Watch;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.intake.Mapping;
import io.understudy.metrics.Meters;
import io.understudy.routing.Routing;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.run.RunThreads;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts what goes on by itself, and stops it: what is known is restored before anybody looks, and
 * it is looked before anything is decided; runs stop before the loop, so that none is opened that
 * nobody carries out.
 */
@Singleton
class Lifecycle {

    private final Settings settings;
    private final String host;
    private final String insecureRequests;
    private final InstantSource clock;
    private final Wakeup wakeup;
    private final Listeners listeners;
    private final Meters meters;
    private final RunStore runs;
    private final RunThreads runThreads;
    private final ControlLoop loop;
    private final Watch watch;
    private final LookThreads looks;
    private final ObservationLog observations;
    private final KeyStore keys;
    private final Adapters adapters;
    private final LiveDocument<Estate> estate;
    private final List<LiveDocument<?>> documents;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int followed;

    Lifecycle(
            Settings settings,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
                    String insecureRequests,
            InstantSource clock,
            Wakeup wakeup,
            Listeners listeners,
            Meters meters,
            RunStore runs,
            RunThreads runThreads,
            ControlLoop loop,
            Watch watch,
            LookThreads looks,
            ObservationLog observations,
            KeyStore keys,
            Adapters adapters,
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            LiveDocument<Mapping> mapping,
            LiveDocument<Routing> routing) {
        this.settings = settings;
        this.host = host;
        this.insecureRequests = insecureRequests;
        this.clock = clock;
        this.wakeup = wakeup;
        this.listeners = listeners;
        this.meters = meters;
        this.runs = runs;
        this.runThreads = runThreads;
        this.loop = loop;
        this.watch = watch;
        this.looks = looks;
        this.observations = observations;
        this.keys = keys;
        this.adapters = adapters;
        this.estate = estate;
        this.documents = List.of(estate, policy, mapping, routing);
    }

    void start(@Observes StartupEvent event) {
        StartupChecks.check(settings, host, insecureRequests);
        AdminKey.ensure(keys, settings.adminKey(), Secrets::next, clock);
        listeners.add(new Waking());
        meters.seed(runs.open());
        if (settings.embedded()) {
            // alone on this database by its lock: who holds a lease is dead
            runs.endLeases();
        }
        followed = estate.current().map(DocumentStore.Version::version).orElse(0);
        loop.restore(observations, settings.loop().horizon());
        Settings.Loop times = settings.loop();
        open.add(looks);
        open.add(every("watch", watch.interval(), watch::tick));
        open.add(
                new RepeatedTask(
                        "control loop",
                        times.pause(),
                        () -> wakeup.await(times.interval().minus(times.pause())),
                        this::evaluate));
        open.add(
                every(
                        "refresh of documents",
                        times.documentRefresh(),
                        () -> documents.forEach(LiveDocument::refresh)));
        open.add(every("search for runs", settings.run().patience(), runThreads::takeUp));
        open.add(runThreads);
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
        open.clear();
    }

    private void evaluate() {
        estate.current()
                .filter(version -> version.version() != followed)
                .ifPresent(version -> {
                    adapters.follow(version.body());
                    followed = version.version();
                });
        loop.tick();
    }

    private static RepeatedTask every(String name, Duration pause, Runnable turn) {
        return new RepeatedTask(name, pause, () -> {}, turn);
    }

    /** What happens to a run is news to those that carry runs out, and to the loop. */
    private final class Waking implements ControlListener {
        @Override
        public void runChanged(Run run, List<JournalEntry> lines) {
            if (!run.state().ended()) {
                runThreads.wake(run.id());
            }
            wakeup.ring();
        }
    }
}
