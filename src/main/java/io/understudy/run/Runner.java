package io.understudy.run;

import io.understudy.decision.RunState;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Carries runs out, one small thing per tick, so that it can be stopped and killed between and
 * within any two of them (product.md S9, S10).
 *
 * <p>Safe on any thread; one run is to be ticked by one thread at a time.
 */
public final class Runner {

    private final String holder;
    private final RunStore store;
    private final ExecutorRouting executors;
    private final Reassessment reassessment;
    private final Sight sight;
    private final Renewal renewal;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RunnerSettings pace;
    private final Attempts attempts = new Attempts();

    /**
     * @param holder names this process, and no other that ever was
     * @param clock the database's time
     * @param nanoTime what passes here, as {@link System#nanoTime} tells
     */
    public Runner(
            String holder,
            RunStore store,
            ExecutorRouting executors,
            Reassessment reassessment,
            Sight sight,
            Renewal renewal,
            InstantSource clock,
            LongSupplier nanoTime,
            RunnerSettings pace) {
        this.holder = holder;
        this.store = store;
        this.executors = executors;
        this.reassessment = reassessment;
        this.sight = sight;
        this.renewal = renewal;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.pace = pace;
    }

    /**
     * Does the next thing for a run. May block as long as its step's time limit; what executors and
     * components do wrong is no exception. While its store is away it throws what the store throws,
     * and is to be called again: a step that was being carried out has ended by then, and how is
     * written as soon as it can be.
     */
    public Tick tick(String runId) {
        Tick tick = once(runId);
        if (tick instanceof Tick.Ended || tick instanceof Tick.NotOurs) {
            attempts.forget(runId);
        }
        return tick;
    }

    private Tick once(String runId) {
        Optional<Run> found = store.find(runId);
        if (found.isEmpty() || found.get().state().ended()) {
            return new Tick.Ended();
        }
        if (found.get().state() != RunState.RUNNING) {
            return new Tick.AwaitsPerson();
        }
        return store.acquire(runId, holder, pace.leaseTime())
                .map(this::owned)
                .orElseGet(Tick.NotOurs::new);
    }

    /** Lets another process take a run at once that this one has ticked. */
    public void giveBack(String runId) {
        store.acquire(runId, holder, pace.leaseTime()).ifPresent(store::release);
    }

    private Tick owned(Lease lease) {
        try (Renewal.Ticket renewing = renewal.every(pace.renewal(), () -> renew(lease))) {
            return carryOn(lease);
        } catch (RunRefusal refusal) {
            return switch (refusal.reason()) {
                case LEASE_LOST -> new Tick.NotOurs();
                case NOT_FOUND -> new Tick.Ended();
                // a person has changed the run meanwhile: nothing was written, and it is read again
                case WRONG_STATE -> new Tick.WaitUntil(clock.instant().plus(pace.verifyInterval()));
                case NOT_ALLOWED, LOCKED, NOT_PROPOSED, NO_EXECUTOR -> throw refusal;
            };
        }
    }

    private void renew(Lease lease) {
        store.acquire(lease.runId(), holder, pace.leaseTime());
    }

    private Tick carryOn(Lease lease) {
        // read again: until the lease was ours, somebody else may have gone on with it
        Optional<Run> run = store.find(lease.runId());
        if (run.isEmpty() || run.get().state() != RunState.RUNNING) {
            store.release(lease);
            return new Tick.Continue();
        }
        Tick tick = work(run.get(), lease).tick();
        if (tick instanceof Tick.Ended || tick instanceof Tick.AwaitsPerson) {
            store.release(lease);
        }
        return tick;
    }

    private StepWork work(Run run, Lease lease) {
        return new StepWork(
                new StepContext(
                        run,
                        new OwnedStore(store, lease, holder, pace, clock, nanoTime),
                        executors,
                        reassessment,
                        sight,
                        attempts,
                        clock,
                        pace));
    }
}
