package io.understudy.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.understudy.api.ContractPaths;
import io.understudy.control.Composites;
import io.understudy.control.ControlListener;
import io.understudy.control.ControlLoop;
import io.understudy.control.DryRuns;
import io.understudy.control.EvaluationLog;
import io.understudy.control.FreshReassessment;
import io.understudy.control.HealthMemory;
import io.understudy.control.IncidentReports;
import io.understudy.control.Judgement;
import io.understudy.control.LiveDocument;
import io.understudy.control.LocalSight;
import io.understudy.control.ObservationLog;
import io.understudy.control.Onward;
import io.understudy.control.Reception;
import io.understudy.control.RecordingSettings;
import io.understudy.control.Recordings;
import io.understudy.control.Replica;
import io.understudy.control.RunOpening;
import io.understudy.control.Runs;
import io.understudy.control.Vantage;
import io.understudy.control.Watch;
import io.understudy.control.WatchSettings;
import io.understudy.decision.Decider;
import io.understudy.decision.Policy;
import io.understudy.estate.Estate;
import io.understudy.metrics.Meters;
import io.understudy.metrics.RequestPaths;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.RunStore;
import io.understudy.run.Runner;
import io.understudy.run.RunnerSettings;
import io.understudy.run.StepRehearsals;
import io.understudy.runbook.Runbooks;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Puts the shell together: the loop, the watch, the runs. */
@Singleton
class Wiring {

    private static final Duration SIMULATED_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REAL_INTERVAL = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Wakeup wakeup() {
        return new Wakeup();
    }

    /** Everybody who listens, but not as one of them. */
    @Produces
    @Singleton
    @Typed(Listeners.class)
    Listeners listeners(Instance<ControlListener> listening) {
        Listeners listeners = new Listeners();
        listening.forEach(listeners::add);
        return listeners;
    }

    @Produces
    @Singleton
    Meters meters(MeterRegistry registry) {
        return new Meters(registry);
    }

    @Produces
    @Singleton
    MeterFilter requestPaths() {
        return new RequestPaths(ContractPaths::template);
    }

    /** Threads for looks that may block. */
    @Produces
    @Singleton
    LookThreads looks(Settings settings, LoadConfiguration load) {
        return new LookThreads(load.looks(), settings.probe().farewell());
    }

    @Produces
    @Singleton
    Judgement judgement(
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            RunStore runs,
            InstantSource clock) {
        return new Judgement(
                estate, policy, new HealthMemory(), runs, Decider::decide, new Onward(), clock);
    }

    @Produces
    @Singleton
    RunOpening opening(ExecutorRouting executors, RunStore runs, InstantSource clock) {
        return new RunOpening(Runbooks::of, executors, runs, clock, Wiring::id);
    }

    @Produces
    @Singleton
    ControlLoop loop(
            Judgement judgement,
            EvaluationLog evaluations,
            RunOpening opening,
            RunStore runs,
            Listeners listeners,
            InstantSource clock,
            Settings settings) {
        return new ControlLoop(
                judgement,
                evaluations,
                opening,
                runs,
                listeners,
                clock,
                Wiring::id,
                settings.loop().withdrawAfter());
    }

    @Produces
    @Singleton
    Reception reception(
            ObservationLog log,
            ControlLoop loop,
            Listeners listeners,
            InstantSource clock,
            Wakeup wakeup) {
        return new Reception(log, loop, listeners, clock, wakeup::ring);
    }

    @Produces
    @Singleton
    FreshReassessment reassessment(
            LiveDocument<Estate> estate, Vantage vantage, Judgement judgement, LookThreads looks) {
        return new FreshReassessment(estate, vantage, judgement, looks::execute);
    }

    @Produces
    @Singleton
    Runs runs(
            ControlLoop loop,
            RunOpening opening,
            RunStore store,
            InstantSource clock,
            FreshReassessment reassessment,
            ExecutorRouting executors,
            LookThreads looks,
            Settings settings) {
        DryRuns dryRuns =
                new DryRuns(
                        reassessment,
                        new StepRehearsals(
                                executors,
                                Wiring::id,
                                looks::execute,
                                settings.run().rehearsalLimit()));
        return new Runs(loop, opening, store, clock, dryRuns);
    }

    @Produces
    @Singleton
    Composites composites(ControlLoop loop) {
        return new Composites(loop);
    }

    @Produces
    @Singleton
    IncidentReports reports(EvaluationLog evaluations, RunStore runs) {
        return new IncidentReports(evaluations, runs);
    }

    @Produces
    @Singleton
    Recordings recordings(
            EvaluationLog evaluations,
            ObservationLog observations,
            RunStore runs,
            LiveDocument<Estate> estate,
            LiveDocument<Policy> policy,
            InstantSource clock,
            Settings settings) {
        Settings.Replay limits = settings.replay();
        return new Recordings(
                evaluations,
                observations,
                runs,
                estate,
                policy,
                clock,
                new RecordingSettings(limits.margin(), limits.mostObservations()));
    }

    @Produces
    @Singleton
    Watch watch(
            LiveDocument<Estate> estate,
            Vantage vantage,
            ObservationLog log,
            ControlLoop loop,
            LookThreads looks,
            Wakeup wakeup,
            Settings settings) {
        Duration interval =
                settings.probe()
                        .interval()
                        .orElse(settings.simulated() ? SIMULATED_INTERVAL : REAL_INTERVAL);
        return new Watch(
                estate,
                vantage,
                log,
                loop,
                looks::execute,
                wakeup::ring,
                new WatchSettings(
                        interval, settings.probe().heartbeat(), settings.probe().confirmations()));
    }

    @Produces
    @Singleton
    Runner runner(
            RunStore runs,
            ExecutorRouting executors,
            FreshReassessment reassessment,
            LiveDocument<Estate> estate,
            Vantage vantage,
            ObservationLog log,
            InstantSource clock,
            Replica self,
            Settings settings) {
        Settings.Run run = settings.run();
        return new Runner(
                self.name(),
                runs,
                executors,
                reassessment,
                new LocalSight(estate, vantage, log),
                new ThreadRenewal(),
                clock,
                System::nanoTime,
                new RunnerSettings(
                        run.leaseTime(),
                        run.verifyInterval(),
                        run.settleTime(),
                        run.mostAttempts(),
                        run.firstBackOff(),
                        run.longestBackOff(),
                        run.progressLines(),
                        run.progressLength()));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
