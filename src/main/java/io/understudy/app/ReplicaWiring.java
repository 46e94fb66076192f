package io.understudy.app;

import io.agroal.api.AgroalDataSource;
import io.understudy.control.LiveDocument;
import io.understudy.control.Replica;
import io.understudy.control.Replicas;
import io.understudy.control.Vantage;
import io.understudy.estate.Estate;
import io.understudy.metrics.Meters;
import io.understudy.run.RunHands;
import io.understudy.run.RunStore;
import io.understudy.run.Runner;
import io.understudy.store.Database;
import io.understudy.store.PgReplicas;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what makes this process one of several on a database. */
@Singleton
class ReplicaWiring {

    /** The library cuts names off there, and they would no longer be one process's own. */
    private static final int LONGEST_NAME = 50;

    private static final int SUFFIX = 9;

    @Produces
    @Singleton
    @Typed(DatabaseClock.class)
    DatabaseClock databaseClock(AgroalDataSource source, Settings settings, Meters meters) {
        DatabaseClock clock =
                new DatabaseClock(
                        new ClockReading(source),
                        System::nanoTime,
                        Clock.systemUTC(),
                        settings.clock().warnOffset());
        meters.clockOffset(clock::offset);
        return clock;
    }

    @Produces
    @Singleton
    InstantSource clock(DatabaseClock clock) {
        return clock::instant;
    }

    @Produces
    @Singleton
    Replicas replicas(Database database) {
        return new PgReplicas(database);
    }

    @Produces
    @Singleton
    Replica self(
            Settings settings,
            Vantage vantage,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "0") int port,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown")
                    String version) {
        return new Replica(
                name(settings.replica().name().orElseGet(ReplicaWiring::host)),
                host(),
                port > 0 ? OptionalInt.of(port) : OptionalInt.empty(),
                version,
                vantage.played(),
                clock.instant(),
                clock.instant(),
                true);
    }

    /** A process that starts again is another replica: what the one before held is not its own. */
    private static String name(String base) {
        String begin = base.substring(0, Math.min(base.length(), LONGEST_NAME - SUFFIX));
        return begin + "-" + UUID.randomUUID().toString().substring(0, SUFFIX - 1);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Produces
    @Singleton
    Presence presence(Replicas replicas, Replica self, Settings settings, Meters meters) {
        Presence presence = new Presence(replicas, self, settings.replica());
        meters.replicas(presence::alive);
        return presence;
    }

    @Produces
    @Singleton
    Holdings holdings(Meters meters) {
        Holdings holdings = new Holdings();
        meters.held(Sharing.EVALUATION, () -> holdings.count(Sharing.EVALUATION));
        meters.held(Sharing.PROBING, () -> holdings.count(Sharing.PROBING));
        return holdings;
    }

    @Produces
    @Singleton
    Sharing sharing(
            Holdings holdings,
            LiveDocument<Estate> estate,
            Vantage vantage,
            Presence presence,
            Settings settings) {
        return new Sharing(holdings, estate, vantage, presence, settings.replica().slices());
    }

    @Produces
    @Singleton
    Schedulers schedulers(
            AgroalDataSource source,
            Replica self,
            Settings settings,
            InstantSource clock,
            Meters meters) {
        return new Schedulers(source, self.name(), settings.replica(), clock, meters::takenOver);
    }

    @Produces
    @Singleton
    Duties duties(
            Sharing sharing,
            Schedulers schedulers,
            Settings settings,
            Holdings holdings,
            InstantSource clock,
            Wakeup wakeup) {
        return new Duties(
                sharing.rosters(), schedulers, settings.replica(), holdings, clock, wakeup::ring);
    }

    @Produces
    @Singleton
    RunDuties runDuties(
            Schedulers schedulers,
            Settings settings,
            Runner runner,
            RunStore runs,
            Replicas replicas,
            InstantSource clock,
            Meters meters) {
        Settings.Run run = settings.run();
        RunHands hands =
                new RunHands(
                        runner::tick,
                        runner::giveBack,
                        clock,
                        run.patience(),
                        run.longestSleep(),
                        run.farewell());
        RunDuties duties =
                new RunDuties(
                        schedulers, run.threads(), run.farewell(), hands, runs, replicas, clock);
        meters.held("run", duties::held);
        return duties;
    }
}
