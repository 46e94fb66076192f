package io.understudy.run;

import io.understudy.adapter.spi.Rehearsal;
import io.understudy.adapter.spi.StepCall;
import io.understudy.adapter.spi.StepExecutor;
import io.understudy.runbook.Action;
import io.understudy.runbook.Rehearsed;
import io.understudy.runbook.Rehearsed.Verdict;
import io.understudy.runbook.Runbook;
import io.understudy.runbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Rehearses every step of a runbook with whoever would carry it out. Safe on any thread. */
public final class StepRehearsals {

    private static final System.Logger LOGGER = System.getLogger(StepRehearsals.class.getName());

    /** Older than every owner's, and never one that a run has. */
    private static final long NO_TOKEN = 0;

    private final ExecutorRouting executors;
    private final Supplier<String> ids;
    private final Executor threads;
    private final Duration limit;

    /**
     * @param ids a new id at every call, so that a rehearsal is taken for no run's step
     * @param threads carries out rehearsals, each of which may block as long as the limit
     * @param limit how long one may take; more than nothing
     */
    public StepRehearsals(
            ExecutorRouting executors, Supplier<String> ids, Executor threads, Duration limit) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("a rehearsal takes more than no time");
        }
        this.executors = executors;
        this.ids = ids;
        this.threads = threads;
        this.limit = limit;
    }

    /**
     * What every step would come to, in their order; changes nothing.
     *
     * @param reassessment how the evidence came out when it was read afresh
     */
    public List<Rehearsed> of(Runbook runbook, Reassessment.Verdict reassessment) {
        String id = ids.get();
        List<CompletableFuture<Rehearsed>> pending =
                runbook.steps().stream()
                        .map(step ->
                                CompletableFuture.supplyAsync(
                                        () -> rehearse(id, step, reassessment), threads))
                        .toList();
        List<Rehearsed> rehearsed = new ArrayList<>();
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            Rehearsed one = pending.get(i).join().after(before);
            rehearsed.add(one);
            if (one.changes() && !(runbook.steps().get(i).action() instanceof Action.Reassess)) {
                before.add(one.step());
            }
        }
        return rehearsed;
    }

    private Rehearsed rehearse(String id, Step step, Reassessment.Verdict reassessment) {
        return switch (step.action()) {
            case Action.Reassess _ -> reassessed(step, reassessment);
            case Action.ByHand _ ->
                    step.optional()
                            ? said(step, Verdict.LEFT_OUT, "it is left to people")
                            : said(step, Verdict.BY_HAND, "the run stops and asks a person");
            case Action action when action.needsExecutor() -> asked(id, step);
            case Action _ -> said(step, Verdict.CANNOT_TELL, "nobody carries it out");
        };
    }

    private static Rehearsed reassessed(Step step, Reassessment.Verdict reassessment) {
        return switch (reassessment) {
            case Reassessment.Verdict.StillRight right ->
                    said(step, Verdict.ALREADY_DONE, right.why());
            case Reassessment.Verdict.Changed changed ->
                    said(step, Verdict.WOULD_BE_REFUSED, changed.why());
        };
    }

    private Rehearsed asked(String id, Step step) {
        Routed routed;
        try {
            routed = executors.of(step.action());
        } catch (RunRefusal refusal) {
            return said(
                    step,
                    step.optional() ? Verdict.LEFT_OUT : Verdict.WOULD_BE_REFUSED,
                    refusal.getMessage() + "; " + refusal.whatToDo());
        }
        StepCall call =
                new StepCall(
                        id,
                        step.number(),
                        1,
                        NO_TOKEN,
                        step.action(),
                        routed.managementServer(),
                        step.timeLimit().compareTo(limit) < 0 ? step.timeLimit() : limit);
        Rehearsal answer = answer(routed.executor(), call);
        return new Rehearsed(
                step.number(),
                verdict(answer.verdict()),
                answer.message(),
                answer.command(),
                Optional.of(routed.executor().name()),
                List.of());
    }

    /** An executor must not throw; one that does has told nothing. */
    private static Rehearsal answer(StepExecutor executor, StepCall call) {
        try {
            return executor.rehearse(call);
        } catch (RuntimeException | LinkageError e) {
            String broken = "executor " + executor.name() + " broke in its rehearsal";
            LOGGER.log(System.Logger.Level.WARNING, broken, e);
            return new Rehearsal(
                    Rehearsal.Verdict.CANNOT_TELL, broken + ": " + e, Optional.empty());
        }
    }

    private static Verdict verdict(Rehearsal.Verdict verdict) {
        return switch (verdict) {
            case WOULD_ACT -> Verdict.WOULD_ACT;
            case ALREADY_DONE -> Verdict.ALREADY_DONE;
            case WOULD_BE_REFUSED -> Verdict.WOULD_BE_REFUSED;
            case CANNOT_TELL -> Verdict.CANNOT_TELL;
        };
    }

    private static Rehearsed said(Step step, Verdict verdict, String message) {
        return new Rehearsed(
                step.number(), verdict, message, Optional.empty(), Optional.empty(), List.of());
    }
}
