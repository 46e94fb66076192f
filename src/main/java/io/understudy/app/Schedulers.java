package io.understudy.app;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Makes schedulers of the library that shares work out through the database, all alike: they go by
 * the database's time, run on threads that no request's computing can hold up, and take work under
 * the name of this replica.
 */
final class Schedulers {

    private static final System.Logger LOGGER = System.getLogger(Schedulers.class.getName());

    /** Work of a newer release, while releases change: it is never thrown away. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private static final Duration QUIET = Duration.ofMinutes(1);

    private final DataSource source;
    private final String name;
    private final Settings.Replica settings;
    private final InstantSource clock;
    private final Consumer<String> takenOver;

    /**
     * @param name of this replica
     * @param takenOver hears the name of each task that is taken from a dead replica
     */
    Schedulers(
            DataSource source,
            String name,
            Settings.Replica settings,
            InstantSource clock,
            Consumer<String> takenOver) {
        this.source = source;
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.takenOver = takenOver;
    }

    /**
     * A scheduler that has not begun.
     *
     * @param most how much it takes at a time
     * @param farewell how long stopping waits for what is under way
     */
    Scheduler on(
            String table,
            List<Task<?>> tasks,
            int most,
            ExecutorService threads,
            Duration farewell) {
        return Scheduler.create(source, tasks)
                .tableName(table)
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(clock::instant)
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
                .threads(most)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(settings.polling())
                .enableImmediateExecution()
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(settings.missedHeartbeats())
                .deleteUnresolvedAfter(FOREVER)
                .shutdownMaxWait(farewell.dividedBy(2))
                .executorService(threads)
                .dueExecutor(Executors.newSingleThreadExecutor(threads(table + " poll ")))
                .housekeeperExecutor(
                        Executors.newScheduledThreadPool(3, threads(table + " heartbeat ")))
                .addSchedulerListener(new Troubles())
                .build();
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    /** Gives the work back to whoever is free first, not before this time. */
    static <T> CompletionHandler<T> again(Instant at) {
        return (complete, work) -> unlessTaken(() -> work.reschedule(complete, at));
    }

    /** The work is done. */
    static <T> CompletionHandler<T> done() {
        return (_, work) -> unlessTaken(work::remove);
    }

    /** What went wrong is tried again by whoever is free first. */
    <T> FailureHandler<T> afterFailure() {
        return (complete, work) ->
                unlessTaken(
                        () -> work.reschedule(complete, clock.instant().plus(settings.polling())));
    }

    /** Whoever held it is dead or cut off: it is taken up by whoever is free first. */
    <T> DeadExecutionHandler<T> afterDeath() {
        return (complete, work) ->
                unlessTaken(() -> {
                    work.reschedule(complete, clock.instant());
                    String task = complete.getExecution().getTaskName();
                    LOGGER.log(
                            Level.WARNING,
                            "replica {0} was not heard of for too long: its {1} {2} is given to"
                                    + " others",
                            complete.getExecution().pickedBy,
                            task,
                            complete.getExecution().getId());
                    takenOver.accept(task);
                });
    }

    /** Somebody else may have been faster, or this replica was taken for dead meanwhile. */
    private static void unlessTaken(Runnable change) {
        try {
            change.run();
        } catch (DbSchedulerException e) {
            LOGGER.log(Level.DEBUG, "somebody else holds it now", e);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.INFO,
                    "work could not be given back ({0}); it is taken up again once its holder is"
                            + " missed",
                    e.toString());
        }
    }

    /** Says now and then that work cannot be taken; the library would say so at every turn. */
    private final class Troubles extends AbstractSchedulerListener {
        private volatile Instant next = Instant.MIN;

        @Override
        public void onSchedulerEvent(SchedulerEventType type) {
            if (type == SchedulerEventType.UNEXPECTED_ERROR && !clock.instant().isBefore(next)) {
                next = clock.instant().plus(QUIET);
                LOGGER.log(
                        Level.WARNING,
                        "work cannot be taken from the database or given back; it is tried again"
                                + " every {0}, and said again in a minute at the soonest",
                        settings.polling());
            }
        }
    }
}
