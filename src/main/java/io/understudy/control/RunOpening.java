package io.understudy.control;

import io.understudy.decision.Decision;
import io.understudy.decision.Locks;
import io.understudy.estate.Estate;
import io.understudy.run.ExecutorRouting;
import io.understudy.run.Fence;
import io.understudy.run.Receipt;
import io.understudy.run.Run;
import io.understudy.run.RunRefusal;
import io.understudy.run.RunStore;
import io.understudy.runbook.Runbook;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens runs: the decision becomes a runbook, somebody must be able to carry it out, locks are
 * taken.
 */
public final class RunOpening {

    private final BiFunction<Decision, Estate, Runbook> runbooks;
    private final ExecutorRouting executors;
    private final RunStore runs;
    private final InstantSource clock;
    private final Supplier<String> ids;

    public RunOpening(
            BiFunction<Decision, Estate, Runbook> runbooks,
            ExecutorRouting executors,
            RunStore runs,
            InstantSource clock,
            Supplier<String> ids) {
        this.runbooks = runbooks;
        this.executors = executors;
        this.runs = runs;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Opens a run for somebody who asks.
     *
     * @param receipt what his request is answered, which is kept with the run
     * @throws RunRefusal LOCKED when another run holds what it needs; NO_EXECUTOR when a step
     *     cannot be carried out
     */
    Run open(
            Decision decision,
            Estate estate,
            String actor,
            Optional<String> incident,
            Function<Run, Optional<Receipt>> receipt) {
        return open(decision, estate, actor, incident, Optional.empty(), receipt);
    }

    /**
     * The same for who evaluates on behalf of all replicas.
     *
     * @throws io.understudy.run.FenceRefusal when it is no longer the one that does
     */
    Run open(
            Decision decision,
            Estate estate,
            String actor,
            Optional<String> incident,
            Optional<Fence> shift) {
        return open(decision, estate, actor, incident, shift, _ -> Optional.empty());
    }

    private Run open(
            Decision decision,
            Estate estate,
            String actor,
            Optional<String> incident,
            Optional<Fence> shift,
            Function<Run, Optional<Receipt>> receipt) {
        Runbook runbook = runbook(decision, estate);
        RunStore.Change opened =
                Run.open(ids.get(), decision, runbook, actor, clock.instant(), incident);
        runs.open(
                opened.run(),
                locks(decision, estate),
                opened.journal(),
                shift,
                receipt.apply(opened.run()));
        return opened.run();
    }

    /**
     * The runbook of a decision, all of whose steps can be carried out but optional ones.
     *
     * @throws RunRefusal NO_EXECUTOR when one cannot
     */
    private Runbook runbook(Decision decision, Estate estate) {
        Runbook runbook = drafted(decision, estate);
        executors.require(runbook);
        return runbook;
    }

    /** The runbook of a decision, be there somebody to carry its steps out or not. */
    Runbook drafted(Decision decision, Estate estate) {
        return runbooks.apply(decision, estate);
    }

    static Set<String> locks(Decision decision, Estate estate) {
        return Locks.of(estate, decision.remediation(), decision.target());
    }
}
