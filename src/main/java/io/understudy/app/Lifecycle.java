package io.understudy.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.understudy.access.KeyStore;
import io.understudy.control.ControlListener;
import io.understudy.control.ControlLoop;
import io.understudy.control.DocumentStore;
import io.understudy.control.LiveDocument;
import io.understudy.control.ObservationLog;
import io.understudy.control.Replicas;
import io.understudy.control.Watch;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.intake.Mapping;
import io.understudy.metrics.Meters;
import io.understudy.routing.Routing;
import io.understudy.run.Fence;
import io.understudy.run.FenceRefusal;
import io.understudy.run.JournalEntry;
import io.understudy.run.Run;
import io.understudy.run.RunStore;
import io.understudy.store.ObservationCare;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts what goes on by itself, and stops it: what is known is restored before anybody looks, and
 * it is looked before anything is decided. What is shared out is taken last, and given back first.
 */
@Singleton
class Lifecycle {

    private static final System.Logger LOGGER = System.getLogger(Lifecycle.class.getName());

    private final Settings settings;
    private final String host;
    private final String insecureRequests;
    private final DatabaseClock clock;
    private final Replicas replicas;
    private final Presence presence;
    private final Sharing sharing;
    private final Duties duties;
    private final RunDuties runDuties;
    private final Wakeup wakeup;
    private final Listeners listeners;
    private final Meters meters;
    private final RunStore runs;
    private final ControlLoop loop;
    private final Watch watch;
    private final LookThreads looks;
    private final ObservationLog observations;
    private final ObservationCare care;
    private final KeyStore keys;
    private final Adapters adapters;
    private final Newsroom newsroom;
    private final LiveDocument<Estate> estate;
    private final List<LiveDocument<?>> documents;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int followed;

    Lifecycle(
            Settings settings,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled")
                    String insecureRequests,
            DatabaseClock clock,
            Replicas replicas,
            Presence presence,
            Sharing sharing,
            Duties duties,
            RunDuties runDuties,
            Wakeup wakeup,
            Listeners listeners,
            Meters meters,
            RunStore runs,
            ControlLoop loop,
            Watch watch,
            LookThreads looks,
            ObservationLog observations,
            ObservationCare care,
            KeyStore keys,
            Adapters adapters,
            Newsroom newsroom,
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            LiveDocument<Mapping> mapping,
            LiveDocument<Routing> routing) {
        this.settings = settings;
        this.host = host;
        this.insecureRequests = insecureRequests;
        this.clock = clock;
        this.replicas = replicas;
        this.presence = presence;
        this.sharing = sharing;
        this.duties = duties;
        this.runDuties = runDuties;
        this.wakeup = wakeup;
        this.listeners = listeners;
        this.meters = meters;
        this.runs = runs;
        this.loop = loop;
        this.watch = watch;
        this.looks = looks;
        this.observations = observations;
        this.care = care;
        this.keys = keys;
        this.adapters = adapters;
        this.newsroom = newsroom;
        this.estate = estate;
        this.documents = List.of(estate, policy, mapping, routing);
    }

    void start(@Observes StartupEvent event) {
        StartupChecks.check(settings, host, insecureRequests);
        AdminKey.ensure(keys, settings.adminKey(), Secrets::next, clock);
        listeners.add(new Waking());
        meters.seed(runs.open());
        if (settings.embedded()) {
            // alone on this database by its lock: who holds anything is dead
            runs.endLeases();
            replicas.clear();
        }
        care.makeRoom(clock.instant());
        presence.beat();
        followed = estate.current().map(DocumentStore.Version::version).orElse(0);
        newsroom.begin();
        loop.restore(observations, settings.loop().horizon());
        open.add(newsroom.open(runDuties::wake));
        Settings.Loop times = settings.loop();
        open.add(looks);
        open.add(every("watch", watch.interval(), () -> watch.tick(sharing::looks)));
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
        open.add(
                every(
                        "care of observations",
                        settings.retention().interval(),
                        () -> care.tend(clock.instant())));
        open.add(every("reading of the time", settings.clock().refresh(), clock::refresh));
        share();
    }

    private void share() {
        Settings.Replica times = settings.replica();
        open.add(presence::leave);
        open.add(every("presence", times.heartbeat(), presence::beat));
        open.add(
                every(
                        "putting up of tasks",
                        settings.loop().documentRefresh(),
                        () -> {
                            // first, since it says so when there is no database
                            replicas.forget(times.forgetAfter());
                            duties.ensure();
                        }));
        duties.start();
        open.add(duties);
        runDuties.start();
        open.add(runDuties);
        open.add(every("search for runs", settings.run().patience(), runDuties::search));
    }

    void stop(@Observes ShutdownEvent event) {
        open.reversed().forEach(Lifecycle::end);
        open.clear();
    }

    /** What cannot be ended in order, as without a database, must not keep the others from it. */
    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.log(Level.INFO, "not ended in order: {0}", e.getMessage());
        }
    }

    private void evaluate() {
        estate.current()
                .filter(version -> version.version() != followed)
                .ifPresent(version -> {
                    adapters.follow(version.body());
                    duties.ensure();
                    followed = version.version();
                });
        sharing.evaluating().ifPresentOrElse(this::act, loop::judge);
    }

    private void act(Fence shift) {
        try {
            loop.tick(
                    Optional.of(shift.until(clock.instant().plus(settings.replica().actWithin()))));
        } catch (FenceRefusal refusal) {
            LOGGER.log(Level.INFO, "{0}; whoever evaluates now goes on", refusal.getMessage());
            meters.staleWrite();
            sharing.lost(shift);
        }
    }

    private static RepeatedTask every(String name, Duration pause, Runnable turn) {
        return new RepeatedTask(name, pause, () -> {}, turn);
    }

    /** What happens to a run is news to those that carry runs out, and to the loop. */
    private final class Waking implements ControlListener {
        @Override
        public void runChanged(Run run, List<JournalEntry> lines) {
            runDuties.changed(run);
            wakeup.ring();
        }
    }
}
