package io.understudy.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.understudy.run.Fence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes tasks that are shared out, each for a shift, holds them, and gives them back, again and
 * again. What is done meanwhile is for those who ask {@link Holdings}.
 */
final class Duties implements AutoCloseable {

    /** Whose an instance of a task is. */
    enum Fit {
        OURS,
        THEIRS,
        /** There is no such thing any more. */
        NOBODYS
    }

    /** What there is of one task, and who is to have it. */
    interface Roster {

        /** The instances that there are to be. */
        List<String> instances();

        Fit fit(String instance);

        /** How many of them this replica should hold; those beyond are held until others come. */
        int fair();
    }

    /** How many tasks one replica takes; far beyond what an estate's observers come to. */
    private static final int MOST = 1_000;

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Due for whoever looks next, and not for a look that begins here at once. */
    private static final Duration PASSED_ON = Duration.ofMillis(50);

    private final List<Part> parts;
    private final Scheduler scheduler;
    private final Settings.Replica settings;
    private final Holdings holdings;
    private final InstantSource clock;
    private final Runnable taken;
    private final Set<Semaphore> bells = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private record Part(Task<Void> task, Roster roster) {}

    /**
     * @param rosters by the names of tasks
     * @param taken told whenever something was taken
     */
    Duties(
            Map<String, Roster> rosters,
            Schedulers schedulers,
            Settings.Replica settings,
            Holdings holdings,
            InstantSource clock,
            Runnable taken) {
        this.settings = settings;
        this.holdings = holdings;
        this.clock = clock;
        this.taken = taken;
        this.parts =
                rosters.entrySet().stream()
                        .map(e ->
                                new Part(task(e.getKey(), e.getValue(), schedulers), e.getValue()))
                        .toList();
        this.scheduler =
                schedulers.on(
                        "scheduled_tasks",
                        List.copyOf(parts.stream().map(Part::task).toList()),
                        MOST,
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofPlatform().daemon().name("duty ", 0).factory()),
                        FAREWELL);
    }

    private Task<Void> task(String name, Roster roster, Schedulers schedulers) {
        return Tasks.custom(name, Void.class)
                .onFailure(schedulers.afterFailure())
                .onDeadExecution(schedulers.afterDeath())
                .execute((_, context) -> turn(context, roster));
    }

    void start() {
        ensure();
        scheduler.start();
    }

    /** Puts up for taking what there is to be and nobody has put up yet. */
    void ensure() {
        Instant now = clock.instant();
        for (Part part : parts) {
            part.roster()
                    .instances()
                    .forEach(i -> scheduler.scheduleIfNotExists(part.task().instance(i), now));
        }
    }

    private CompletionHandler<Void> turn(ExecutionContext context, Roster roster) {
        return switch (roster.fit(context.getExecution().getId())) {
            case OURS -> shift(context, roster);
            case THEIRS -> Schedulers.again(clock.instant().plus(PASSED_ON));
            case NOBODYS -> Schedulers.done();
        };
    }

    private CompletionHandler<Void> shift(ExecutionContext context, Roster roster) {
        Fence fence = fence(context.getExecution());
        Semaphore bell = new Semaphore(0);
        bells.add(bell);
        holdings.take(fence);
        try {
            taken.run();
            return Schedulers.again(held(fence, context, roster, bell));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Schedulers.again(clock.instant());
        } finally {
            holdings.drop(fence);
            bells.remove(bell);
        }
    }

    /** Holds it until the shift is over; returns when it is due again. */
    private Instant held(Fence fence, ExecutionContext context, Roster roster, Semaphore bell)
            throws InterruptedException {
        Instant begin = clock.instant();
        Instant othersCame = begin.plus(settings.polling().multipliedBy(2));
        while (!closed && !cutOff(context) && holdings.holds(fence)) {
            Instant now = clock.instant();
            if (!now.isBefore(othersCame) && holdings.surplus(fence, roster.fair())) {
                return now.plus(PASSED_ON);
            }
            if (!now.isBefore(begin.plus(settings.shift()))) {
                return now;
            }
            bell.tryAcquire(settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
        }
        return clock.instant();
    }

    /** Whether others must take this replica for dead by now. */
    private static boolean cutOff(ExecutionContext context) {
        return context.getCurrentlyExecuting().getHeartbeatState().getFractionDead() >= 1;
    }

    private Fence fence(Execution picked) {
        return new Fence(
                picked.getTaskName(),
                picked.getId(),
                picked.pickedBy,
                picked.version,
                clock.instant());
    }

    /** Gives everything back at once. */
    @Override
    public void close() {
        closed = true;
        bells.forEach(Semaphore::release);
        scheduler.stop();
    }
}
