package io.understudy.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.understudy.control.Replicas;
import io.understudy.decision.RunState;
import io.understudy.run.Run;
import io.understudy.run.RunHands;
import io.understudy.run.RunStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Shares out the carrying out of runs: one task per run that has something to do. Who picks it only
 * tries; whether it may act is for the lease of the run, whose token only grows.
 */
final class RunDuties implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(RunDuties.class.getName());

    private final Scheduler scheduler;
    private final Task<Void> task;
    private final RunHands hands;
    private final RunStore runs;
    private final Replicas replicas;
    private final InstantSource clock;

    /**
     * @param most how many runs are carried on at a time
     * @param farewell how long closing waits for steps that are under way
     */
    RunDuties(
            Schedulers schedulers,
            int most,
            Duration farewell,
            RunHands hands,
            RunStore runs,
            Replicas replicas,
            InstantSource clock) {
        this.runs = runs;
        this.replicas = replicas;
        this.clock = clock;
        this.hands = hands;
        this.task =
                Tasks.custom("run", Void.class)
                        .onFailure(schedulers.afterFailure())
                        .onDeadExecution(schedulers.afterDeath())
                        .execute((instance, _) -> carryOn(instance.getId()));
        this.scheduler =
                schedulers.on(
                        "scheduled_runs",
                        List.of(task),
                        most,
                        new UnhurriedThreads("run "),
                        farewell);
    }

    void start() {
        search();
        scheduler.start();
    }

    /** Has every running run carried on that nobody is to carry on yet. */
    void search() {
        replicas.forsakenRuns().forEach(this::putUp);
    }

    /** Something has happened to a run, here or elsewhere. */
    void changed(Run run) {
        boolean inHand = hands.wake(run.id());
        if (!inHand && run.state() == RunState.RUNNING) {
            Thread.ofPlatform()
                    .daemon()
                    .name("put up run " + run.id())
                    .start(() -> putUp(run.id()));
        }
    }

    /** Something has happened to a run elsewhere: it is looked at now, if it is in hand here. */
    void wake(String runId) {
        hands.wake(runId);
    }

    int held() {
        return hands.held();
    }

    private void putUp(String runId) {
        try {
            scheduler.schedule(
                    task.instance(runId), clock.instant(), ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException e) {
            LOGGER.log(Level.DEBUG, "somebody carries it on, or has just done so", e);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "run " + runId + " could not be put up to be carried on; the search finds it",
                    e);
        }
    }

    private CompletionHandler<Void> carryOn(String runId) {
        return switch (hands.carryOn(runId)) {
            case RunHands.Next.Again again -> Schedulers.again(again.at());
            case RunHands.Next.Rest _ -> rest(runId);
        };
    }

    /** Whoever has spoken since it was looked at last has found the task still there. */
    private CompletionHandler<Void> rest(String runId) {
        CompletionHandler<Void> done = Schedulers.done();
        return (complete, work) -> {
            done.complete(complete, work);
            if (runs.find(runId).filter(run -> run.state() == RunState.RUNNING).isPresent()) {
                putUp(runId);
            }
        };
    }

    /** Lets no run begin another step, waits a while for those under way, and gives all back. */
    @Override
    public void close() {
        // what it would still take would only be given back
        scheduler.pause();
        hands.close();
        scheduler.stop();
    }
}
